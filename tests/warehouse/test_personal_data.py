"""Case D14: what names a person stays in the captures; what reaches an office is published."""

import duckdb
import pytest

from warehouse.checks import checks, run
from warehouse.release import Release

PIN = "ПИН 21503199012345"


def test_d14_no_capture_and_no_page_s_text_is_published(released: Release):
    """Captures hold whatever a ministry put on a page: a release has none of their tables, files or texts."""
    files = [path.name for path in released.folder.rglob("*") if path.is_file()]
    with duckdb.connect(str(released.folder / "data" / "baskych.duckdb"), read_only=True) as connection:
        columns = connection.execute("select table_name, column_name from duckdb_columns()").fetchall()

    assert [] == [name for name in files if "warc" in name or name.startswith(("raw_", "core_"))]
    assert [] == [
        pair for pair in columns if pair[0].startswith(("raw_", "core_")) or pair[1] in {"text", "body"}
    ]
    assert len(columns) > 100


@pytest.mark.parametrize(
    "breach",
    [
        "update out_services set name = ?",
        "update out_services set quote = ?",
        "update out_service_facts set quote = ?",
    ],
)
def test_d14_a_release_with_a_personal_number_is_refused(changed: duckdb.DuckDBPyConnection, breach: str):
    """Whatever let it through, the gate looks at every published text once more."""
    (gate,) = [check for check in checks() if check.name == "no_personal_numbers"]
    before = run(changed, gate)
    changed.execute(breach, [PIN])

    assert (0, True, "error") == (len(before.rows), len(run(changed, gate).rows) > 0, gate.severity)


def test_d14_the_telephone_of_an_office_stays(warehouse: duckdb.DuckDBPyConnection):
    """Contacts of an office are what citizens look for; only a PIN is blacked out."""
    words = (
        "Телефон приёмной: +996 312 62-03-85, office@agency.example, 14-значный номер счёта 12345678901234"
    )

    assert (words,) == warehouse.execute("select masked(?)", [words]).fetchone()
