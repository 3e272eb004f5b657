"""What readers carry away: zips that say what they hold, and one small file to begin with."""

import csv
import hashlib
import io
import zipfile
from pathlib import Path

import duckdb
import pytest

from warehouse.bundles import EVERYTHING, write_bundles
from warehouse.files import listed
from warehouse.release import Release
from warehouse.starter import MOST_ROWS, write_starter

LARGEST_STARTER = 5_000_000


def opened(released: Release, name: str) -> zipfile.ZipFile:
    """Return a zip of the release."""
    return zipfile.ZipFile(released.folder / name)


def test_a_table_s_zip_has_its_data_its_dictionary_its_licence_and_how_to_cite_it(released: Release):
    """Whoever gets only the zip knows what is in it and what may be done with it."""
    with opened(released, "zip/out_services.zip") as bundle:
        names = bundle.namelist()
        dictionary = list(csv.DictReader(io.StringIO(bundle.read("dictionary.csv").decode())))
        readme = bundle.read("README.txt").decode()

    assert {"LICENSE-DATA.txt", "data/out_services.csv", "data/out_services.parquet"} <= set(names)
    assert {"out_services"} == {row["table"] for row in dictionary}
    assert f"Baskych, release {released.version}" in readme.split("Cite as")[1]


def test_the_zip_of_everything_has_every_table_and_its_sums_are_right(released: Release):
    """It can be checked where there is no network."""
    with opened(released, EVERYTHING) as bundle:
        said = [line.split("  ") for line in bundle.read("SHA256SUMS").decode().splitlines()]
        wrong = [name for digest, name in said if hashlib.sha256(bundle.read(name)).hexdigest() != digest]

    assert [] == wrong
    assert {table for table, _ in released.rows} == {Path(name).stem for _, name in said}


def test_zips_of_the_same_files_have_the_same_bytes(released: Release, tmp_path: Path):
    """Whenever they are made."""
    with duckdb.connect(str(released.folder / "data/baskych.duckdb"), read_only=True) as connection:
        from warehouse.published import published  # noqa: PLC0415  # reads what the release holds

        tables = published(connection)
    made = []
    for turn in ("a", "b"):
        part = tmp_path / turn / "part"
        (part / "data").mkdir(parents=True)
        (part / "data" / "out_services.csv").write_text("service_id\n1\n")
        write_bundles(part, released.version, tables[:1], listed(part))
        made.append([(file.path, file.sha256) for file in listed(part)])

    assert made[0] == made[1]


def test_the_starter_says_how_many_of_how_many_and_has_names_for_ids(released: Release):
    """Opened in a spreadsheet it needs no second table."""
    [path] = (released.folder / "starter").glob("*.csv")
    text = path.read_text(encoding="utf-8")
    rows = list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff")), delimiter=";"))
    count = dict(released.rows)["out_services"]

    assert f"baskych-starter-{count}-of-{count}.csv" == path.name
    assert ("\ufeff", count) == (text[0], len(rows))
    assert "Ministry of tax (en)" in {row["institution"] for row in rows}


def test_the_starter_of_a_large_country_stays_small_and_has_every_stage(
    changed: duckdb.DuckDBPyConnection, tmp_path: Path
):
    """At most 5 MB, however long the words are: a sample, evenly over the stages."""
    changed.execute("create temporary table model as from out_services order by service_id limit 1")
    changed.execute("drop table out_services")
    changed.execute(
        "create table out_services as"
        " select model.* replace (repeat('ң', 500) as quote, repeat('ө', 250) as name,"
        " n::varchar as service_id, (n % 4 + 1)::utinyint as stage)"
        " from model, range(20000) as many(n)"
    )
    path = write_starter(changed, tmp_path)
    stages = [row["stage"] for row in csv.DictReader(io.StringIO(path.read_text("utf-8")), delimiter=";")]

    assert f"baskych-starter-{MOST_ROWS}-of-20000.csv" == path.name
    assert path.stat().st_size < LARGEST_STARTER
    assert {str(stage): MOST_ROWS // 4 for stage in range(1, 5)} == {
        stage: stages.count(stage) for stage in set(stages)
    }


@pytest.mark.parametrize("formula", ["=1+1", "+1", "-1", "@SUM(A1)", "＝1"])
def test_the_starter_runs_no_formula(changed: duckdb.DuckDBPyConnection, tmp_path: Path, formula: str):
    """As the files for spreadsheets do not (case F4)."""
    changed.execute("update out_services set quote = ?", [formula])

    assert f"'{formula}" in write_starter(changed, tmp_path).read_text("utf-8")
