"""What readers rely on changes only with its version, and what is removed can be asked for a while longer."""

import copy
from pathlib import Path
from typing import Any

import duckdb
import pytest

from warehouse.contract import Contract, contracts, current, promised, read, write
from warehouse.contracting import changes, next_version, owed
from warehouse.engine import connect
from warehouse.errors import ContractError
from warehouse.published import published
from warehouse.release import Release

OLD_QUERIES = sorted((Path(__file__).parent / "old_queries").glob("*.sql"))
TABLES: dict[str, Any] = {
    "out_x": {
        "meaning": "X.",
        "grain": ["id"],
        "columns": {
            "id": {"type": "VARCHAR", "may_be_empty": False, "meaning": "Id."},
            "region": {"type": "VARCHAR", "may_be_empty": True, "meaning": "Region."},
        },
    }
}
COLUMN = {"type": "VARCHAR", "may_be_empty": True, "meaning": "New."}


def with_change(change: str) -> dict[str, Any]:  # noqa: C901 - a list, not a decision
    """Return `TABLES` after one change."""
    tables = copy.deepcopy(TABLES)
    columns = tables["out_x"]["columns"]
    match change:
        case "table removed":
            tables.clear()
        case "table added":
            tables["out_y"] = tables["out_x"]
        case "grain":
            tables["out_x"]["grain"] = ["id", "region"]
        case "table reworded":
            tables["out_x"]["meaning"] = "Another X."
        case "column renamed":
            columns["region_id"] = columns.pop("region")
        case "column added":
            columns["new"] = COLUMN
        case "type":
            columns["id"]["type"] = "BIGINT"
        case "may be empty":
            columns["id"]["may_be_empty"] = True
        case "never empty":
            columns["region"]["may_be_empty"] = False
        case "column reworded":
            columns["id"]["meaning"] = "The id."
    return tables


STEPS = {
    "table removed": "2.0.0",
    "grain": "2.0.0",
    "column renamed": "2.0.0",
    "type": "2.0.0",
    "may be empty": "2.0.0",
    "table added": "1.5.0",
    "column added": "1.5.0",
    "never empty": "1.5.0",
    "table reworded": "1.4.3",
    "column reworded": "1.4.3",
    "nothing": "1.4.2",
}


@pytest.mark.parametrize(("change", "version"), STEPS.items())
def test_e9_each_change_asks_for_its_step(change: str, version: str):
    """Major may break a reader's query, minor adds, patch says the same better."""
    made, _ = next_version([Contract(version=(1, 4, 2), tables=TABLES)], with_change(change))

    assert version == made.number


def test_e9_the_tables_are_what_the_newest_contract_says(warehouse: duckdb.DuckDBPyConnection):
    """No change is silent: `python -m warehouse.contracting` writes the next version and says why."""
    assert [] == list(changes(current().tables, promised(published(warehouse))))


def test_e9_each_version_is_the_step_that_its_changes_ask_for():
    """A column that went away under a minor number would be a lie to whoever relies on it."""
    versions = contracts()

    for place, made in enumerate(versions[1:], 1):
        assert next_version(versions[:place], made.tables)[0].version == made.version


def test_e9_a_release_names_its_contract(released: Release):
    """In the data package, for programs that refuse what they do not know."""
    package = duckdb.execute("from read_json(?)", [str(released.folder / "datapackage.json")])
    names = [column[0] for column in package.description or ()]
    (row,) = package.fetchall()

    assert current().number == dict(zip(names, row, strict=True))["contract"]["version"]


def test_e9_what_two_versions_removed_is_owed_and_no_more():
    """The third version after may forget it."""
    renamed = with_change("column renamed")
    versions = [Contract(version=(1, 0, 0), tables=TABLES)]
    versions += [Contract(version=(number, 0, 0), tables=renamed) for number in (2, 3, 4)]

    assert [{("out_x", "region")}, {("out_x", "region")}, set()] == [owed(versions[:n]) for n in (2, 3, 4)]


def test_e9_what_is_owed_can_be_asked_for(warehouse: duckdb.DuckDBPyConnection):
    """Under its old name, in the schema `before`."""
    there = warehouse.execute(
        "select table_name, column_name from duckdb_columns() where schema_name = 'before'"
    ).fetchall()

    assert owed(contracts()) <= set(there)


@pytest.mark.parametrize("query", OLD_QUERIES, ids=[path.stem for path in OLD_QUERIES])
def test_e9_queries_of_earlier_versions_still_run(released: Release, query: Path):
    """On the published database, with one line in front."""
    path = released.folder / "data" / "baskych.duckdb"
    with connect(path, read_only=True) as connection:
        connection.execute("set search_path = 'before,main'")

        assert connection.execute(query.read_text(encoding="utf-8")).fetchall()


def test_e9_a_contract_is_read_as_it_was_written(tmp_path: Path):
    """The file is the contract."""
    contract = Contract(version=(1, 2, 3), tables=TABLES)

    assert contract == read(write(contract, tmp_path))


@pytest.mark.parametrize(
    ("name", "text"), [("newest.yml", "{}"), ("1.0.0.yml", "version: 2.0.0\ntables: {}")]
)
def test_e9_a_contract_that_is_none_is_refused(tmp_path: Path, name: str, text: str):
    """Its name and what it says of itself must agree."""
    (tmp_path / name).write_text(text)

    with pytest.raises(ContractError, match=f"{name}: expected"):
        read(tmp_path / name)
