"""What did not change since the last release is taken over from it, and is what would have been written."""

import json
import shutil
from dataclasses import replace
from pathlib import Path

import duckdb
import pytest

from warehouse import exports, reuse
from warehouse.engine import connect
from warehouse.errors import ChecksFailedError
from warehouse.formats import CSV, FORMATS, PARQUET
from warehouse.published import PublishedTable, published
from warehouse.release import Release, publish
from warehouse.reuse import Earlier, earlier
from warehouse.sum_lists import each_listed
from warehouse.table_files import write_table

PIN = "ПИН 21503199012345"


@pytest.fixture
def before(released: Release) -> Earlier:
    """The release of the tiny data folder, as the next one finds it."""
    found = earlier(released.folder.parents[1])
    assert found is not None
    return found


@pytest.fixture
def part(tmp_path: Path) -> Path:
    """A release that is being written."""
    for kind in FORMATS:
        (tmp_path / "part" / kind.folder).mkdir(parents=True, exist_ok=True)
    return tmp_path / "part"


def _table(connection: duckdb.DuckDBPyConnection, name: str = "out_services") -> PublishedTable:
    return next(table for table in published(connection) if table.name == name)


def _files(folder: Path, table: str = "out_services") -> dict[str, bytes]:
    return {path: (folder / path).read_bytes() for path in (kind.path(table) for kind in FORMATS)}


def test_files_of_a_table_that_did_not_change_are_not_written_again(
    warehouse: duckdb.DuckDBPyConnection, before: Earlier, part: Path, monkeypatch: pytest.MonkeyPatch
):
    """Only its Parquet is, which tells that its rows are the same; the others come from the last release."""
    copies: list[Path] = []
    copy = exports.copy
    monkeypatch.setattr(exports, "copy", lambda *given: (copies.append(given[3]), copy(*given)))
    write_table(warehouse, _table(warehouse), part, before)

    assert [part / PARQUET.path("out_services")] == copies
    assert _files(before.folder) == _files(part)


def test_files_of_a_table_that_changed_are_written(
    changed: duckdb.DuckDBPyConnection, before: Earlier, part: Path, tmp_path: Path
):
    """Byte for byte what a first release would have of these rows."""
    changed.execute("update out_services set name = 'Another' where service_id = 'lunch'")
    write_table(changed, _table(changed), part, before)
    fresh = tmp_path / "fresh"
    shutil.copytree(part, fresh)
    write_table(changed, _table(changed), fresh, None)

    assert _files(fresh) == _files(part)
    assert all(_files(part)[path] != words for path, words in _files(before.folder).items())


def test_a_damaged_file_of_the_last_release_is_not_taken_over(
    warehouse: duckdb.DuckDBPyConnection, before: Earlier, part: Path, tmp_path: Path
):
    """Its sum tells; the file is written anew."""
    damaged = Path(shutil.copytree(before.folder / "data", tmp_path / "old" / "data")).parent
    (damaged / CSV.path("out_services")).write_bytes(b"not what was published")
    write_table(warehouse, _table(warehouse), part, replace(before, folder=damaged))

    assert _files(before.folder) == _files(part)


@pytest.mark.parametrize(
    "words",
    [None, "no JSON", "[]", '{"version": "2020-01-00000000"}', "rules", "version"],
    ids=["none", "no JSON", "no note", "half a note", "other rules", "another release"],
)
def test_nothing_is_taken_over_from_what_other_code_wrote(
    released: Release, tmp_path: Path, words: str | None
):
    """Nor where the note is missing, cannot be read, or tells of another release."""
    data = released.folder.parents[1]
    (tmp_path / "publish").symlink_to(data / "publish")
    note = json.loads((data / reuse.NOTE).read_text(encoding="utf-8"))
    if words in note:
        words = json.dumps(note | {words: "another"})
    if words is not None:
        (tmp_path / reuse.NOTE).write_text(words, encoding="utf-8")

    assert earlier(tmp_path) is None


def test_the_rules_change_with_the_code(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """A single letter in a file that says how tables are written is enough."""
    (tmp_path / "exports.py").write_text("one")
    monkeypatch.setattr(reuse, "_HERE", tmp_path)
    first = reuse.rules_mark()
    (tmp_path / "exports.py").write_text("two")

    assert first != reuse.rules_mark()


def test_words_that_were_looked_through_are_those_of_the_same_files(before: Earlier, part: Path):
    """By the lists of sums; none at all, where the gate found somebody and a person approved it."""
    same, other = "README.txt", "dictionary.csv"
    sha256 = dict(each_listed(before.folder))[same]
    sums = f"{sha256}  {same}\n{sha256}  {other}\n"
    (part / "SHA256SUMS").write_text(sums, encoding="utf-8")

    assert [same] == list(before.looked_through(part))
    assert [] == list(replace(before, names_nobody=False).looked_through(part))


@pytest.mark.usefixtures("small_release")
def test_what_one_person_approved_is_found_again(own: Path):
    """A number of somebody that was published once does not count as looked through."""
    with connect(own / "warehouse.duckdb") as connection:
        connection.execute("update out_services set name = ? where service_id = 'lunch'", [PIN])
    names = {"no_personal_numbers", "tables_name_no_person", "files_name_no_person"}
    publish(own, threads=1, approved=names)

    with pytest.raises(ChecksFailedError, match="tables_name_no_person"):
        publish(own, threads=1, approved={"no_personal_numbers"})
