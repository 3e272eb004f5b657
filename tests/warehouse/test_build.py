"""The warehouse is built whole or not at all, and takes only what its tables promise."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from tiny import tiny_data

from warehouse import sources
from warehouse.build import BuildReport, build
from warehouse.engine import connect
from warehouse.errors import BuildError
from warehouse.locks import only_writer
from warehouse.script import sql_files


def services_file(data: Path) -> Path:
    """Return the file with the services of the second round."""
    return data / "core" / "services" / "round=2026-11" / "sample.parquet"


@pytest.fixture(scope="module")
def rebuilt(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, BuildReport]:
    """A data folder in which a build and a writer were killed, and what the next build reports of it."""
    data = tiny_data(tmp_path_factory.mktemp("killed") / "data")
    (data / "warehouse.duckdb.new").write_bytes(b"half")
    (services_file(data).parent / "tmp_sample.parquet").touch()
    (services_file(data).parent / ".sample.parquet").touch()
    return data, build(data, threads=1)


def test_an_empty_folder_gives_empty_tables(tmp_path: Path):
    """Before the first harvest there is nothing to know, and that is no error."""
    report = build(tmp_path, threads=1)

    assert 0 == report.count("out_services")
    assert 0 == report.count("out_index_weights")


def test_the_report_counts_the_rows_of_every_table(rebuilt: tuple[Path, BuildReport]):
    """A person sees at once whether a build is as large as it should be."""
    data, report = rebuilt

    assert 7 == report.count("out_services")
    assert 14 == report.count("out_service_rounds")
    assert data / "warehouse.duckdb" == report.path


def test_a_missing_column_stops_the_build_and_is_named(data: Path):
    """A column that vanished upstream must not become an empty one here."""
    path = services_file(data)
    pq.write_table(pq.read_table(path).drop_columns(["name"]), path)
    other = data / "core" / "services" / "round=2026-10" / "sample.parquet"
    pq.write_table(pq.read_table(other).drop_columns(["name"]), other)

    with pytest.raises(BuildError, match="columns of core_services: missing name; unknown none"):
        build(data, threads=1)


def test_an_unknown_column_stops_the_build_and_is_named(data: Path):
    """What the tables do not know would be lost in silence."""
    for path in (data / "core" / "verdicts").glob("*/*.parquet"):
        table = pq.read_table(path)
        pq.write_table(table.append_column("mood", pa.array(["glad"] * len(table))), path)

    with pytest.raises(BuildError, match="columns of core_verdicts: missing none; unknown mood"):
        build(data, threads=1)


def test_a_value_that_cannot_be_stops_the_build_and_names_the_table(data: Path):
    """A stage of 7 is a fault upstream, not a very good service."""
    path = data / "core" / "verdicts" / "round=2026-11" / "sample.parquet"
    table = pq.read_table(path)
    place = table.schema.get_field_index("stage")
    pq.write_table(table.set_column(place, "stage", pa.array([7] * len(table), pa.int64())), path)

    with pytest.raises(BuildError, match=r"core/27_verdicts.sql: .*stage"):
        build(data, threads=1)


def test_a_failed_build_leaves_the_old_warehouse_as_it_was(data: Path, built: Path):
    """Readers keep what they had, and nothing half-made lies beside it."""
    shutil.copyfile(built / "warehouse.duckdb", data / "warehouse.duckdb")
    before = (data / "warehouse.duckdb").read_bytes()
    services_file(data).write_bytes(b"PAR1 not really PAR1")

    with pytest.raises(BuildError, match=r"services/round=2026-11/sample\.parquet"):
        build(data, threads=1)

    assert before == (data / "warehouse.duckdb").read_bytes()
    assert ["warehouse.duckdb"] == [path.name for path in data.glob("warehouse.*")]


def test_what_a_killed_writer_left_behind_is_not_read(rebuilt: tuple[Path, BuildReport]):
    """DuckDB leaves `tmp_…parquet` of no bytes when it is killed while writing."""
    data, report = rebuilt

    assert 7 == report.count("out_services")
    assert 2 == len(sources.files(data, "core_services"))


def test_a_half_made_database_of_a_killed_build_is_replaced(rebuilt: tuple[Path, BuildReport]):
    """The next build starts afresh."""
    data, report = rebuilt

    assert 7 == report.count("out_services")
    assert ["warehouse.duckdb"] == [path.name for path in data.glob("warehouse.*")]


def test_two_builds_at_once_do_not_mix(data: Path):
    """The second one is told so at once."""
    with only_writer(data, "build", BuildError), pytest.raises(BuildError, match="another build is running"):
        build(data, threads=1)


@pytest.mark.soak
def test_a_reader_is_not_disturbed_by_a_build(data: Path):
    """Who has the old warehouse open goes on reading it while the new one takes its place."""
    build(data, threads=1)
    with connect(data / "warehouse.duckdb", read_only=True) as reader:
        build(data, threads=1)

        assert (7,) == reader.execute("select count(*) from out_services").fetchone()


def test_a_folder_that_is_a_file_is_a_clear_error(tmp_path: Path):
    """The message names the folder and what to do."""
    folder = tmp_path / "data"
    folder.write_text("I am a file")

    with pytest.raises(BuildError, match="cannot be written to"):
        build(folder, threads=1)


@pytest.mark.soak
def test_memory_can_be_limited(data: Path):
    """A small machine says how much DuckDB may take."""
    assert 7 == build(data, threads=1, memory_limit="200MB").count("out_services")


def test_extensions_are_never_fetched():
    """A rebuild needs no network."""
    with connect(None) as connection:
        settings = connection.execute(
            "select value from duckdb_settings()"
            " where name in ('autoinstall_known_extensions', 'autoload_known_extensions')"
        ).fetchall()

        assert [("false",), ("false",)] == settings


@pytest.mark.parametrize(
    "statement", ["select * from duckdb_views() where not internal and schema_name = 'source'"]
)
def test_the_warehouse_needs_no_other_file(warehouse: duckdb.DuckDBPyConnection, statement: str):
    """Nothing in it points at the files that it was built from."""
    assert [] == warehouse.execute(statement).fetchall()


def test_a_round_whose_understanding_broke_off_takes_no_service_away(data: Path):
    """Pages were read, services not yet found: nothing is gone, all is kept and marked."""
    for table in ("services", "verdicts", "service_names", "service_pages", "service_facts"):
        (data / "core" / table / "round=2026-11" / "sample.parquet").unlink()
    build(data, threads=1)
    with connect(data / "warehouse.duckdb", read_only=True) as connection:
        states = connection.execute(
            "select state, count(*) from out_service_rounds where round_id = '2026-11' group by state"
        ).fetchall()

    assert [("kept", 6)] == states


def test_no_fractions_are_added_up_in_an_order_that_is_left_to_chance():
    """The last digit of such a sum depends on the threads; whole numbers and ordered sums do not."""
    whole = {"avg(stage)", "avg(verdicts.stage)", "sum(elapsed_milliseconds)"}
    sums = {
        call
        for file in sql_files()
        for call in re.findall(r"\b(?:avg|sum)\([^()]*\)", file.read_text(encoding="utf-8"))
        if " order by " not in call and not re.fullmatch(r"sum\((\w+\.)?\w+_count\)", call)
    }

    assert set() == sums - whole


@pytest.mark.soak
def test_times_are_kept_in_utc_whatever_the_machine_thinks(data: Path):
    """The clock of the machine that builds says nothing about when a page was asked for."""
    code = "import sys; from pathlib import Path; from warehouse.build import build; build(Path(sys.argv[1]))"
    environment = {**os.environ, "TZ": "Asia/Bishkek", "LC_ALL": "C"}
    subprocess.run([sys.executable, "-c", code, str(data)], check=True, env=environment, capture_output=True)
    with connect(data / "warehouse.duckdb", read_only=True) as connection:
        first = connection.execute("select min(first_captured_at)::text from core_rounds").fetchone()

        assert ("2026-10-05 04:00:00",) == first
