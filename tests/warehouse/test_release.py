"""A release is whole, is the same for the same data, and is never half there."""

import csv
import hashlib
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from frictionless import Package

from pipelines.checking.file_check import rows_of
from warehouse import switch
from warehouse.build import build
from warehouse.engine import connect
from warehouse.errors import ChecksFailedError, ReleaseError, StorageError
from warehouse.formats import FORMATS, Format
from warehouse.release import Release, publish


def listing(folder: Path) -> dict[str, str]:
    """Return the SHA-256 of every file of a release, by path."""
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def promised(folder: Path) -> dict[str, str]:
    """Return the same without the database: DuckDB leaves chance bytes in the gaps of its files."""
    return {path: digest for path, digest in listing(folder).items() if "duckdb" not in path}


def test_a_release_is_named_after_its_newest_round_and_its_data(released: Release):
    """The name says how new it is, and changes when a single value does."""
    assert released.version.startswith("2026-11-")
    assert len("2026-11-") + 8 == len(released.version)
    assert released.folder.name == released.version


def test_latest_points_at_the_newest_release(released: Release):
    """A link beside it, so that the folder can be moved as a whole."""
    latest = released.folder.parent / "latest"

    assert released.version == str(latest.readlink())


@pytest.mark.parametrize("kind", FORMATS, ids=lambda kind: kind.kind)
def test_every_published_table_comes_in_every_format(released: Release, kind: Format):
    """Each with all rows, as `baskych verify` counts them."""
    counts = {table: rows_of(released.folder / kind.path(table)) for table, _ in released.rows}

    assert dict(released.rows) == counts


def test_the_checksums_are_those_of_the_files(released: Release):
    """`sha256sum --check` finds nothing wrong, and nothing is missing from the lists."""
    lines = [
        line.split("  ", 1)
        for name in ("SHA256SUMS", "SHA256SUMS-duckdb")
        for line in (released.folder / name).read_text().splitlines()
    ]
    found = listing(released.folder)

    assert {path: digest for digest, path in lines} == {
        path: digest for path, digest in found.items() if not path.startswith("SHA256SUMS")
    }


def test_f7_the_data_package_is_valid_for_others(released: Release):
    """Frictionless reads every CSV file against the names, types and keys that we declare."""
    report = Package(str(released.folder / "datapackage.json")).validate()

    assert report.valid, report.flatten(["title", "message"])
    assert len(released.rows) == len(report.tasks)


def test_the_papers_name_the_release_and_its_licence(released: Release):
    """README, licence and data package agree on which release this is."""
    package = json.loads((released.folder / "datapackage.json").read_text(encoding="utf-8"))

    assert released.version == package["version"]
    assert released.version in (released.folder / "README.txt").read_text(encoding="utf-8")
    assert "CC BY 4.0" in (released.folder / "LICENSE-DATA.txt").read_text(encoding="utf-8")


def test_the_dictionary_is_a_file_too(released: Release):
    """One row a column, in three languages."""
    with (released.folder / "dictionary.csv").open(encoding="utf-8", newline="") as stream:
        rows = {(row["table"], row["column"]): row for row in csv.DictReader(stream)}

    assert rows["out_services", "stage"]["meaning_ky"].startswith("Ал онлайн")
    assert rows["out_services", ""]["meaning_ru"].startswith("Каждая найденная")


@pytest.mark.parametrize(
    ("column", "said"),
    [
        ("stage", {"allowed": "1 to 4", "unit": "", "since": "1.0.0", "made_by": "out/40_services.sql"}),
        ("fee_amount", {"allowed": "0 or more", "unit": "{fee_currency}"}),
        ("processing_days", {"allowed": "0 or more", "unit": "d"}),
        ("confidence", {"allowed": "0 to 1", "unit": "1"}),
        ("evidence_warc_offset", {"allowed": "", "unit": "By"}),
        ("country_id", {"example": "sample"}),
    ],
)
def test_the_dictionary_says_what_may_stand_in_a_column(released: Release, column: str, said: dict[str, str]):
    """Unit, allowed values, an example, where it is made and since when it is there."""
    with (released.folder / "dictionary.csv").open(encoding="utf-8", newline="") as stream:
        [row] = [
            row for row in csv.DictReader(stream) if (row["table"], row["column"]) == ("out_services", column)
        ]

    assert said == {key: row[key] for key in said}


def test_programs_are_told_what_may_stand_in_a_column(released: Release):
    """Every value of the tables keeps to it: Frictionless says so in another test."""
    package = json.loads((released.folder / "datapackage.json").read_text(encoding="utf-8"))
    fields = {
        (table["name"], field["name"]): field
        for table in package["resources"]
        for field in table["schema"]["fields"]
    }

    assert {"minimum": 1, "maximum": 4} == fields["out-services", "stage"]["constraints"]
    assert ["met", "missing", "not_observed"] == fields["out-service-criteria", "state"]["constraints"][
        "enum"
    ]


def test_the_portal_lies_at_the_root_of_the_release(released: Release):
    """It opens from disk, beside the data that it offers."""
    assert (released.folder / "index.html").is_file()


def test_warnings_are_told_and_published(released: Release):
    """A site that is down is no reason to publish nothing."""
    assert ["sites_are_as_expected"] == [each.name for each in released.warnings]


@pytest.mark.soak
def test_e7_the_same_data_give_the_same_bytes_elsewhere(released: Release, tmp_path: Path):
    """Another folder, another number of threads, another locale and time zone: the same files."""
    data = released.folder.parents[1]
    elsewhere = tmp_path / "somewhere else"
    for name in ("captures", "core"):
        shutil.copytree(data / name, elsewhere / name)
    code = (
        "import sys; from pathlib import Path\n"
        "from warehouse.build import build; from warehouse.release import publish\n"
        "build(Path(sys.argv[1]), threads=4); publish(Path(sys.argv[1]), threads=4)"
    )
    environment = {**os.environ, "TZ": "Asia/Bishkek", "LC_ALL": "tr_TR.UTF-8", "PYTHONHASHSEED": "7"}
    subprocess.run(
        [sys.executable, "-c", code, str(elsewhere)], check=True, env=environment, capture_output=True
    )

    assert promised(released.folder) == promised(elsewhere / "publish" / "latest")


@pytest.mark.soak
@pytest.mark.usefixtures("small_release")
def test_publishing_twice_changes_nothing(own: Path):
    """The same data, the same version, the same bytes."""
    first = publish(own, threads=1)
    before = promised(first.folder)
    second = publish(own, threads=2)

    assert first.version == second.version
    assert before == promised(second.folder)
    assert {".publish.lock", "latest", first.version} == {path.name for path in (own / "publish").iterdir()}


@pytest.mark.soak
@pytest.mark.usefixtures("small_release")
def test_other_data_are_another_version_and_the_old_one_stays(own: Path):
    """Who cited a release finds it again."""
    first = publish(own, threads=1)
    with connect(own / "warehouse.duckdb") as connection:
        connection.execute("update out_services set name = 'Another' where service_id = 'lunch'")
    second = publish(own, threads=1)

    assert first.version != second.version
    assert first.folder.is_dir()
    assert second.version == str((own / "publish" / "latest").readlink())


@pytest.mark.soak
@pytest.mark.usefixtures("small_release")
def test_a_release_after_another_is_what_it_would_be_alone(own: Path, tmp_path: Path):
    """What it takes over from the release before is what a machine without one writes."""
    publish(own, threads=1)
    with connect(own / "warehouse.duckdb") as connection:
        connection.execute("update out_services set name = 'Another' where service_id = 'lunch'")
    second = publish(own, threads=1)
    alone = tmp_path / "alone"
    shutil.copytree(own, alone, ignore=shutil.ignore_patterns("publish", "released.json"))
    third = publish(alone, threads=2)

    assert second.version == third.version
    assert promised(second.folder) == promised(third.folder)


@pytest.mark.usefixtures("small_release")
def test_a_broken_promise_keeps_latest_where_it_was(own: Path):
    """What would have been published is kept apart, with the reasons."""
    good = publish(own, threads=1)
    with connect(own / "warehouse.duckdb") as connection:
        connection.execute("update out_services set quote = null where service_id = 'lunch'")
    with pytest.raises(ChecksFailedError, match=r"evidence_is_complete: .*service_id=lunch"):
        publish(own, threads=1)
    kept = next((own / "publish-failed").iterdir())

    assert good.version == str((own / "publish" / "latest").readlink())
    assert "evidence_is_complete" in (kept / "REASONS.txt").read_text(encoding="utf-8")
    assert (kept / "data" / "out_services.parquet").is_file()
    assert [] == list((own / "publish").glob("*.part"))


@pytest.mark.soak
@pytest.mark.usefixtures("small_release")
def test_a_person_can_approve_what_a_check_refuses(own: Path):
    """Half a country's services may really be gone: someone looked, and says so."""
    with connect(own / "warehouse.duckdb") as connection:
        connection.execute("update out_services set quote = null where service_id = 'lunch'")
    found = publish(own, threads=1, approved={"evidence_is_complete"})

    assert {"evidence_is_complete", "sites_are_as_expected"} == {each.name for each in found.warnings}


def test_there_must_be_a_warehouse(tmp_path: Path):
    """The message says what to do first."""
    with pytest.raises(ReleaseError, match="build the warehouse first"):
        publish(tmp_path)


def test_a_warehouse_without_rounds_is_not_published(tmp_path: Path):
    """An empty release would look like a country without services."""
    build(tmp_path, threads=1)

    with pytest.raises(ReleaseError, match="holds no round"):
        publish(tmp_path, threads=1)
    assert [".publish.lock"] == [path.name for path in (tmp_path / "publish").iterdir()]


def test_e14_a_folder_that_cannot_be_written_to_is_named(own: Path):
    """The message says which, and what to do."""
    (own / "publish").write_text("I am a file")

    with pytest.raises(StorageError, match=r"publish: cannot be written to"):
        publish(own, threads=1)


def test_e2_a_full_disk_leaves_the_old_release_whole(own: Path, released: Release):
    """The limit on file sizes stands in for a full disk: an error, and nothing half-written."""
    shutil.copytree(released.folder, own / "publish" / released.version)
    (own / "publish" / "latest").symlink_to(released.version)
    code = (
        "import resource, signal, sys; from pathlib import Path\n"
        "from warehouse.errors import StorageError; from warehouse.release import publish\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (3000, 3000))\n"
        "try: publish(Path(sys.argv[1]), threads=1)\n"
        "except StorageError as error: sys.exit(0 if 'free some space' in str(error) else 5)\n"
        "sys.exit(4)"
    )
    done = subprocess.run([sys.executable, "-c", code, str(own)], capture_output=True, check=False)

    assert 0 == done.returncode, done.stderr.decode()
    assert listing(released.folder) == listing(own / "publish" / "latest")
    assert [] == list((own / "publish").glob("*.part"))


@pytest.mark.soak
def test_what_a_killed_run_left_is_removed(own: Path, small_release: None):
    """The next run starts afresh."""
    (own / "publish" / "new.part" / "data").mkdir(parents=True)
    found = publish(own, threads=1)

    assert {".publish.lock", "latest", found.version} == {path.name for path in (own / "publish").iterdir()}


def test_a_killed_switch_is_not_cleaned_away(tmp_path: Path):
    """Whatever `latest` points at stays, even a folder that an earlier version of ours left."""
    (tmp_path / "new.part").mkdir()
    switch.point(tmp_path / "latest", "new.part")
    switch.clean(tmp_path)

    assert (tmp_path / "latest").is_dir()
    assert "new-2.part" == switch.new_part(tmp_path).name
