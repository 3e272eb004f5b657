"""Each file keeps every letter, except that spreadsheets get no formulas."""

import csv
import json
import time
from hashlib import sha256
from pathlib import Path

import duckdb
import pyarrow.parquet as pq
import pytest
from openpyxl import load_workbook

from warehouse.engine import connect
from warehouse.errors import ReleaseError
from warehouse.exports import count_unique, write_csv, write_json_lines, write_parquet, write_spreadsheet
from warehouse.formats import Write
from warehouse.published import PublishedTable, published
from warehouse.release import Release
from warehouse.workbooks import write_workbook

NAUGHTY = [
    "",
    "NULL",
    "null",
    "a,b;c\td",
    'she said "no"',
    "two\nlines",
    "two\r\nlines",
    " leading and trailing ",
    "ү ө ң Ө Ү Ң ё ъ",
    "\u202eright to left\u202c",
    "zero\u200bwidth",
    "ﷺ 👩‍👩‍👧 \U0010ffff",
    "<script>alert(1)</script>",
    "'; drop table out_services; --",
    "\\N",
]
FORMULAS = [
    "=1+1",
    "+1",
    "-1",
    "@SUM(1)",
    "\t=cmd",
    "\r=cmd",
    " =1",
    "\ufeff=1",
    "\u00a0=1",
    "＝1",
    "=HYPERLINK(1)",
]


def table_of(connection: duckdb.DuckDBPyConnection, name: str) -> PublishedTable:
    """Return one published table."""
    return next(table for table in published(connection) if table.name == name)


def renamed(connection: duckdb.DuckDBPyConnection, names: list[str]) -> None:
    """Give the services as many new names, each its own service."""
    connection.execute("create temp table model as from out_services limit 1")
    connection.execute("delete from out_services")
    for number, name in enumerate(names):
        connection.execute(
            "insert into out_services by name select * replace (? as service_id, ? as name) from model",
            [f"s{number:03}", name],
        )


@pytest.mark.parametrize("names", [NAUGHTY, FORMULAS], ids=["naughty", "formulas"])
def test_parquet_and_csv_keep_every_letter(
    changed: duckdb.DuckDBPyConnection, tmp_path: Path, names: list[str]
):
    """What the page said is what the reader gets."""
    renamed(changed, names)
    table = table_of(changed, "out_services")
    write_parquet(changed, table, tmp_path / "a.parquet")
    write_csv(changed, table, tmp_path / "a.csv")
    with (tmp_path / "a.csv").open(encoding="utf-8", newline="") as stream:
        read = [row["name"] for row in csv.DictReader(stream)]

    assert names == pq.read_table(tmp_path / "a.parquet").column("name").to_pylist()
    assert names == read


@pytest.mark.parametrize("write", [write_csv, write_spreadsheet, write_json_lines, write_workbook])
def test_a_file_made_of_the_sorted_parquet_is_the_same(
    warehouse: duckdb.DuckDBPyConnection, tmp_path: Path, write: Write
):
    """Of every table, byte for byte: its rows are not sorted again."""
    for table in published(warehouse):
        write_parquet(warehouse, table, tmp_path / "rows.parquet")
        write(warehouse, table, tmp_path / "sorted", None)
        write(warehouse, table, tmp_path / "taken", tmp_path / "rows.parquet")

        assert (tmp_path / "sorted").read_bytes() == (tmp_path / "taken").read_bytes()


def test_f4_formulas_are_defused_in_the_spreadsheet_file_only(
    changed: duckdb.DuckDBPyConnection, tmp_path: Path
):
    """An apostrophe in front makes a formula text; harmless text stays as it is."""
    renamed(changed, [*FORMULAS, "fine", "1+1=2"])
    write_spreadsheet(changed, table_of(changed, "out_services"), tmp_path / "a.csv")
    with (tmp_path / "a.csv").open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.DictReader(stream, delimiter=";"))

    assert ["'" + name for name in FORMULAS] + ["fine", "1+1=2"] == [row["name"] for row in rows]


def test_fractions_in_the_spreadsheet_file_have_a_comma(changed: duckdb.DuckDBPyConnection, tmp_path: Path):
    """With a point, a spreadsheet in Bishkek takes them for dates; whole numbers need none."""
    changed.execute("update out_services set fee_amount = 5.5, page_count = 7, name = '5.5'")
    write_spreadsheet(changed, table_of(changed, "out_services"), tmp_path / "a.csv")
    with (tmp_path / "a.csv").open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.DictReader(stream, delimiter=";"))

    assert {("5,5", "7", "5.5")} == {(row["fee_amount"], row["page_count"], row["name"]) for row in rows}


def test_f4_a_workbook_has_no_formula(changed: duckdb.DuckDBPyConnection, tmp_path: Path):
    """Every text is a text, letter for letter, without an apostrophe."""
    renamed(changed, FORMULAS)
    write_workbook(changed, table_of(changed, "out_services"), tmp_path / "a.xlsx")
    sheet = load_workbook(tmp_path / "a.xlsx")["rows"]
    cells = [row[4] for row in sheet.iter_rows(min_row=2)]

    assert {"s"} == {cell.data_type for cell in cells}
    assert [text.replace("\r", "\n") for text in FORMULAS] == [
        str(cell.value).replace("_x000D_", "\n").replace("\r", "\n") for cell in cells
    ]


def test_a_cell_that_is_too_long_for_a_workbook_says_so(changed: duckdb.DuckDBPyConnection, tmp_path: Path):
    """Nothing is cut in silence."""
    renamed(changed, ["x" * 40_000])
    write_workbook(changed, table_of(changed, "out_services"), tmp_path / "a.xlsx")
    cell = str(load_workbook(tmp_path / "a.xlsx")["rows"]["E2"].value)

    assert (32_767, True) == (len(cell), cell.endswith("[cut: see the CSV file]"))


@pytest.mark.parametrize("suffix", [".xlsx", ".jsonl"])
def test_the_same_rows_give_the_same_bytes(built: Path, tmp_path: Path, suffix: str):
    """Also in workbooks, whose makers like to write the time into them."""
    sums = set()
    for number in range(2):
        with connect(built / "warehouse.duckdb", read_only=True) as connection:
            table = table_of(connection, "out_services")
            path = tmp_path / f"{number}{suffix}"
            (write_workbook if suffix == ".xlsx" else write_json_lines)(connection, table, path)
            sums.add(sha256(path.read_bytes()).hexdigest())
            time.sleep(1.1 if suffix == ".xlsx" and not number else 0)

    assert len(sums) == 1


def test_f5_the_spreadsheet_file_opens_with_cyrillic_letters(released: Release):
    """A byte order mark and semicolons: what spreadsheets in Bishkek expect."""
    raw = (released.folder / "spreadsheet" / "out_services.csv").read_bytes()

    assert raw.startswith(b"\xef\xbb\xbfservice_id;country_id;")
    assert "Туулгандыгы тууралуу күбөлүк".encode() in raw


def test_no_value_and_empty_text_are_told_apart(changed: duckdb.DuckDBPyConnection, tmp_path: Path):
    """An empty cell is no value, a pair of quotes is an empty text."""
    changed.execute("update out_services set reason = '', kind = null")
    path = tmp_path / "a.csv"
    write_csv(changed, table_of(changed, "out_services"), path)
    read = changed.read_csv(str(path), all_varchar=True, allow_quoted_nulls=False)
    found = read.project("reason, kind").distinct().fetchall()

    assert [("", None)] == found


def test_parquet_says_what_its_columns_mean(released: Release):
    """The file explains itself: meaning in three languages, licence, source, order."""
    metadata = pq.read_metadata(released.folder / "data" / "out_services.parquet").metadata
    columns = json.loads(metadata[b"columns"])

    assert {"en", "ky", "ru"} == set(columns["stage"])
    assert b"https://creativecommons.org/licenses/by/4.0/" == metadata[b"licence"]
    assert b"service_id" == metadata[b"sort"]
    assert b"source" in metadata


def test_parquet_is_sorted_and_compressed(released: Release):
    """Readers of parts of a file need both."""
    path = released.folder / "data" / "out_services.parquet"
    ids = pq.read_table(path).column("service_id").to_pylist()

    assert sorted(ids) == ids
    assert "ZSTD" == pq.read_metadata(path).row_group(0).column(0).compression


def test_rows_that_share_their_grain_are_refused(changed: duckdb.DuckDBPyConnection):
    """Their order would be chance, and chance has no place in a published file."""
    changed.execute("insert into out_changes select * from out_changes limit 1")

    with pytest.raises(ReleaseError, match="out_changes: 1 rows share their service_id, round_id, change"):
        count_unique(changed, table_of(changed, "out_changes"))


def test_every_published_table_says_its_grain(warehouse: duckdb.DuckDBPyConnection):
    """The grain in the SQL file names columns of the table, and no two rows share it."""
    for table in published(warehouse):
        columns = {column.column for column in table.columns}

        assert set(table.grain) <= columns
        assert count_unique(warehouse, table) >= 0


def test_the_database_has_comments_constraints_views_and_macros(released: Release):
    """What the plain files cannot carry."""
    with connect(released.folder / "data" / "baskych.duckdb", read_only=True) as connection:
        comment = connection.execute(
            "select comment from duckdb_columns() where table_name = 'out_services' and column_name = 'stage'"
        ).fetchone()
        views = connection.execute("select count(*) from services_by_stage").fetchone()
        then = connection.execute("select count(*) from services_at('2026-10-30')").fetchone()
        checked = connection.execute(
            "select count(*) from duckdb_constraints()"
            " where table_name = 'out_services' and constraint_type = 'CHECK'"
        ).fetchone()

    assert comment is not None
    assert "UN stage 1 to 4" in comment[0]
    assert (7,) == views
    assert (6,) == then
    assert checked is not None
    assert checked[0] > 0


def test_the_database_is_written_in_a_format_that_duckdb_1_2_reads(released: Release):
    """The storage version stands in the file's header: 65 is that of DuckDB 1.2 (see STACK: v1.2.0)."""
    with connect(None) as connection:
        path = released.folder / "data" / "baskych.duckdb"
        connection.execute(f"attach '{path}' as release (read_only)")
        tags = connection.execute(
            "select tags['storage_version'] from duckdb_databases() where database_name = 'release'"
        ).fetchone()

    assert tags is not None
    assert "v1.2.0" in str(tags[0])
