"""A list of WARC files is understood file by file; what comes of it is what an import would have come to."""

import gzip
import hashlib
import shutil
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest
from small_archive import FIRST, HALVES, ROUND, listed, registry_in, written
from typer.testing import CliRunner

from crawlers.archive import import_warcs
from crawlers.errors import ArchiveError
from pipelines.archive_scopes import listed_scope
from pipelines.cli import app, load_commands
from pipelines.operating.exits import Exit
from pipelines.operating.failures import UsageError
from pipelines.operating.progress import Lines, Quiet
from pipelines.scope import Scope
from pipelines.steps import understanding
from pipelines.steps.understanding_warcs import WarcsRead, understand_warcs
from pipelines.warcs import file_reading
from pipelines.warcs.pace import Pace


def scope_in(folder: Path) -> Scope:
    """Return the office's round in the data folder below `folder`."""
    folder.mkdir(exist_ok=True)
    return Scope(registry=registry_in(folder), registry_file=None, data=folder / "data", round_id=ROUND)


def understood(scope: Scope, listing: Path, say: Callable[[str], None] | None = None) -> WarcsRead:
    """Understand the list in this process."""
    return understand_warcs(scope, listing, None, Lines(say) if say else Quiet(), jobs=1)


def contents(data: Path, *folders: str) -> dict[str, str]:
    """Return the digest of every file below `folders`, by its name."""
    return {
        str(path.relative_to(data)): hashlib.sha256(path.read_bytes()).hexdigest()
        for folder in folders or ("captures", "core", "readings/warcs")
        for path in sorted((data / folder).rglob("*"))
        if path.is_file()
    }


@pytest.fixture(scope="module")
def listing(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A list of two WARC files; to read, never to change."""
    return listed(tmp_path_factory.mktemp("archive"))


@pytest.fixture(scope="module")
def done(tmp_path_factory: pytest.TempPathFactory, listing: Path) -> Scope:
    """A round that was understood from the list; to read, never to change."""
    scope = scope_in(tmp_path_factory.mktemp("done"))
    understood(scope, listing)
    return scope


@pytest.fixture
def again(done: Scope, tmp_path: Path) -> Scope:
    """A copy of that round, to change."""
    scope = scope_in(tmp_path)
    shutil.copytree(done.data, scope.data)
    return scope


def test_files_come_out_as_an_import_and_its_understanding_would_make_them(
    done: Scope, listing: Path, tmp_path: Path
):
    """Captures and core, byte for byte: so all that follows works, from the build to the proof of a quote."""
    scope = scope_in(tmp_path)
    only = tmp_path / "only.warc.gz"
    written(only, HALVES[0])
    files = [only, listing.parent / "two.warc.gz"]
    import_warcs(files, scope.registry, "xy", ROUND, scope.data)
    understanding.understand(scope, Quiet(), jobs=1)

    assert contents(scope.data, "captures", "core") == contents(done.data, "captures", "core")


def test_what_repeats_a_record_of_another_file_is_read(done: Scope):
    """A web archive keeps a body once, wherever."""
    found = duckdb.sql(f"from '{done.data}/core/pages/*/*.parquet' where outcome = 'unchanged'")

    assert [FIRST] == [row[0] for row in found.select("url").fetchall()]


def test_any_program_that_reads_parquet_can_ask_what_pages_show(done: Scope):
    """Each page's stage by itself, its words, and the record in the WARC file that proves them."""
    rows = duckdb.sql(f"from '{done.data}/readings/warcs/{ROUND}/xy/*.parquet'")
    quotes = rows.select("url, stage, warc_file, unnest(sights).quote").fetchall()

    assert (FIRST, 2, "one.warc.gz", "Керектүү документтер") in quotes


def test_what_was_read_is_not_read_again(again: Scope, listing: Path, monkeypatch: pytest.MonkeyPatch):
    """A job that was stopped goes on where it was."""
    before = contents(again.data)
    monkeypatch.setattr(file_reading, "site_records", lambda *_: 1 / 0)
    read = understood(again, listing)

    assert [True, True] == [one.was_done for one in read.files]
    assert before == contents(again.data)


def test_a_file_whose_bytes_are_the_same_at_another_hour_is_not_read_again(again: Scope, tmp_path: Path):
    """An archive that was copied has new times."""
    copied = listed(tmp_path / "copied")

    assert [True, True] == [one.was_done for one in understood(again, copied).files]


def test_a_file_that_changed_is_read_again_and_no_other(again: Scope, tmp_path: Path):
    """Its size or its digest tells."""
    changed = listed(tmp_path / "changed")
    written(
        changed.parent / "two.warc.gz", {"https://registry.example.org/ru/new": "<title>Новое</title>"}, 20
    )
    read = understood(again, changed)

    assert [True, False] == [one.was_done for one in read.files]
    assert duckdb.sql(f"from '{again.data}/core/pages/*/*.parquet' where url like '%/new'").fetchall()


def test_other_code_reads_all_files_again(again: Scope, listing: Path, monkeypatch: pytest.MonkeyPatch):
    """What older rules made must not stand beside what newer ones make."""
    monkeypatch.setattr(file_reading, "reading_version", lambda *_: "another")

    assert [False, False] == [one.was_done for one in understood(again, listing).files]


def test_of_a_file_that_was_cut_nothing_is_taken_and_the_others_are_understood(tmp_path: Path):
    """The failure is kept as what came of it, and told at the end; the next run tries again."""
    listing = listed(tmp_path / "cut")
    two = listing.parent / "two.warc.gz"
    whole = two.read_bytes()
    two.write_bytes(whole[:-40])
    scope = scope_in(tmp_path / "round")
    read = understood(scope, listing)

    with pytest.raises(ArchiveError, match=r"of 2 files 1 could not be read.*\n.*two.warc.gz, byte"):
        read.refuse_failures()
    assert [3, 0] == [
        one.note.pages + bool(one.note.failure) - 1 * bool(one.note.failure) for one in read.files
    ]

    two.write_bytes(whole)

    assert [None, None] == [one.note.failure for one in understood(scope, listing).files]


def test_a_file_that_is_not_there_is_such_a_failure(tmp_path: Path):
    """A list may be longer than what was fetched of it."""
    listing = listed(tmp_path / "archive")
    (listing.parent / "two.warc.gz").unlink()
    read = understood(scope_in(tmp_path / "round"), listing)

    assert [True, False] == [one.note.failure is None for one in read.files]


def test_records_that_cannot_be_read_alone_are_such_a_failure(tmp_path: Path):
    """Packed as one piece, as by gzip itself; the import, which reads from the beginning, is named."""
    listing = listed(tmp_path / "archive")
    one = listing.parent / "one.warc.gz"
    one.write_bytes(gzip.compress(gzip.decompress(one.read_bytes())))
    read = understood(scope_in(tmp_path / "round"), listing)

    assert "baskych import" in (read.files[0].note.failure or "")


def test_a_list_without_a_page_of_the_country_is_an_error(tmp_path: Path):
    """It is the wrong list, or the wrong country."""
    (tmp_path / "list").write_text("other.warc.gz", "utf-8")
    written(tmp_path / "other.warc.gz", {"https://other.example.org/": "<title>Other</title>"})

    with pytest.raises(ArchiveError, match="no record of a site of xy"):
        understood(scope_in(tmp_path / "round"), tmp_path / "list")


def test_sites_that_came_from_elsewhere_stay_in_the_round(listing: Path, tmp_path: Path):
    """A list adds to what was captured, as an import does; nothing that was there goes unread."""
    scope = scope_in(tmp_path)
    import_warcs([listing.parent / "one.warc.gz"], None, "xy", ROUND, scope.data)
    understood(scope, listing)
    read = {path.stem for path in scope.data.glob("core/pages/*/*.parquet")}

    assert {"xy-registry", "xy-registry.example.org", "xy-other.example.org"} == read


def test_without_a_registry_all_hosts_are_taken(listing: Path, tmp_path: Path):
    """As sites that no registry lists."""
    scope = listed_scope(None, None, tmp_path / "data", ROUND)
    read = understood(scope, listing)

    assert {"zz-registry.example.org", "zz-other.example.org"} == {
        site for one in read.files for site in one.note.sites
    }


def test_how_far_and_how_fast_is_told_file_by_file(listing: Path, tmp_path: Path):
    """With what is left, while something is."""
    told: list[str] = []
    understood(scope_in(tmp_path), listing, told.append)
    files = [line for line in told if line.startswith("read  ") and " of 2 " in line]

    assert [True, False] == [line.endswith(" left") for line in files]
    assert all(" pages/s, " in line and " MB/s" in line for line in files)


def test_what_is_left_is_reckoned_from_bytes_that_were_read_now():
    """A file that an earlier run read says nothing of this machine's speed."""
    hours = iter([0.0, 3600.0])
    pace = Pace(4_000_000, clock=lambda: next(hours))
    pace.passed_by(1_000_000)

    assert "1.0 pages/s, 0.0 MB/s, 2.0 h left" == pace.read(1_000_000, 3600)


def test_the_command_line_takes_a_list(listing: Path, tmp_path: Path):
    """And ends with the number for a broken archive where a file was broken, all else being understood."""
    load_commands()
    registry_in(tmp_path)
    shutil.copytree(listing.parent, tmp_path / "archive")
    (tmp_path / "archive" / "two.warc.gz").write_bytes(b"none")
    said = ["--registry", str(tmp_path / "xy.yml"), "--round", ROUND, "--data", str(tmp_path / "data")]
    ended = CliRunner().invoke(
        app,
        ["understand", "--warcs", str(listing), "--prefix", str(tmp_path / "archive"), "--jobs", "1", *said],
    )

    assert Exit.BROKEN_ARCHIVE == ended.exit_code
    assert "1 of 2 WARC files read (0 by earlier runs): 3 pages" in ended.stdout
    assert "two.warc.gz" in ended.stderr


@pytest.mark.parametrize(
    ("round_id", "sites", "said"),
    [
        (None, (), "--round is missing"),
        ("2010-05..2012-05", (), "--warcs is of one month"),
        (ROUND, ("xy-registry",), "--site xy-registry: --warcs takes the pages of all sites"),
    ],
)
def test_2_what_a_list_cannot_be_asked_for_is_refused(
    round_id: str | None, sites: tuple[str, ...], said: str, tmp_path: Path
):
    """Before anything is read."""
    with pytest.raises(UsageError, match=said):
        listed_scope(None, None, tmp_path, round_id, sites)
