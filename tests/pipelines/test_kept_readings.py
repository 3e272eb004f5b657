"""An unchanged page is not read and judged again, and no byte of what is published tells the difference."""

import shutil
import sqlite3
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

import pytest
from small_archive import PAGES, ROUND, archived, registry_in

from crawlers.captures import Capture
from crawlers.captures_io import read_captures, write_captures
from crawlers.outcomes import Outcome
from crawlers.sites import Registry
from pipelines.judging.site_shapes import dated_alike, dated_days
from pipelines.knowledge import load_knowledge
from pipelines.pages.documents import DocumentReader
from pipelines.rounds import site_reading
from pipelines.rounds.core_files import captures_folder
from pipelines.rounds.kept_readings import READINGS, KeptReadings
from pipelines.rounds.page_reading import read_capture
from pipelines.rounds.reading_version import reading_version
from pipelines.rounds.same_dates import date_spans
from pipelines.understand import understand_round

LATER = "2027-02"
SITE = "xy-registry"
NEWS = "https://registry.example.org/ru/news"
_DATED = "<html lang='ru'><title>Новости</title><main><h1>Новости</h1><p>Обновлено 20.10.2026.</p></main>"


@pytest.fixture(scope="module")
def registry(tmp_path_factory: pytest.TempPathFactory) -> Registry:
    """The office's registry."""
    return registry_in(tmp_path_factory.mktemp("registry"))


@pytest.fixture(scope="module")
def understood(tmp_path_factory: pytest.TempPathFactory, registry: Registry) -> Path:
    """Two rounds, the second with nothing new; the first was understood. To read, never to change."""
    data = archived(tmp_path_factory.mktemp("rounds") / "data", registry, PAGES | {NEWS: _DATED})
    for folder in sorted((data / "captures" / ROUND).iterdir()):
        later = captures_folder(data, LATER, folder.name)
        later.mkdir(parents=True)
        write_captures(later, [unchanged(row) for row in read_captures(folder)])
    understand_round(data, ROUND, registry)
    return data


@pytest.fixture
def data(understood: Path, tmp_path: Path) -> Path:
    """A copy of those, to change."""
    return shutil.copytree(understood, tmp_path / "data")


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The addresses that are read from now on."""
    asked: list[str] = []
    really = site_reading.read_capture

    def reading(folder: Path, capture: Capture, *others: object) -> object:
        asked.append(capture.url)
        return really(folder, capture, *others)  # type: ignore[arg-type] - handed on as they came

    monkeypatch.setattr(site_reading, "read_capture", reading)
    return asked


def unchanged(row: Capture) -> Capture:
    """The capture of the later round that repeats `row`: nothing of a body, but that it is the same."""
    return replace(
        row,
        capture_id=f"later-{row.capture_id}",
        round_id=LATER,
        captured_at=datetime(2027, 2, 3, 4, 5, 6, tzinfo=UTC),
        outcome=Outcome.UNCHANGED,
        http_status=304,
        revisit_of=row.capture_id,
        warc_file=None,
        warc_offset=None,
        warc_length=None,
    )


def digests(data: Path) -> Mapping[str, str]:
    """SHA-256 of every file that understanding the later round wrote."""
    return {
        str(path.relative_to(data)): sha256(path.read_bytes()).hexdigest()
        for path in sorted((data / "core").glob(f"*/round={LATER}/*.parquet"))
    }


def test_an_unchanged_page_is_not_read_again(data: Path, registry: Registry, read: list[str]):
    """But one whose reading depends on the day."""
    understand_round(data, LATER, registry)

    assert [NEWS] == read


@pytest.mark.parametrize("outcome", [Outcome.BAD_CONTENT, Outcome.CRAWLER_FAILED])
def test_what_we_could_not_read_is_tried_again(outcome: Outcome, data: Path, registry: Registry):
    """Its reader may have been out of time, or its archive out of reach."""
    capture = next(row for row in read_captures(captures_folder(data, LATER, SITE)) if row.url == NEWS)
    site = site_reading.site_context(registry, SITE)
    folder = captures_folder(data, LATER, SITE)
    with DocumentReader() as reader, KeptReadings(data, SITE, LATER, "another version", ()) as kept:
        given = read_capture(folder, capture, site, load_knowledge(), reader)
        assert given is not None
        kept.keep(capture, replace(given, row=replace(given.row, outcome=outcome.value)))

        assert kept.get(capture) is None


def test_files_are_byte_for_byte_those_of_a_full_reading(data: Path, registry: Registry):
    """With what was kept and without it, every file has the same SHA-256."""
    understand_round(data, LATER, registry)
    with_kept = digests(data)
    shutil.rmtree(data / READINGS)
    shutil.rmtree(data / "core" / "pages" / f"round={LATER}")
    understand_round(data, LATER, registry)

    assert len(with_kept) > 5
    assert with_kept == digests(data)


def test_a_changed_body_is_read(data: Path, registry: Registry, read: list[str]):
    """Another digest, another reading."""
    folder = captures_folder(data, LATER, SITE)
    rows = read_captures(folder)
    write_captures(folder, [replace(row, body_sha256=f"{row.seq:064}") for row in rows])
    understand_round(data, LATER, registry)

    assert {url for url in PAGES if "registry." in url and "robots" not in url} <= set(read)


def test_another_registry_is_another_reading(data: Path, registry: Registry, read: list[str]):
    """Whose a page is and who is named on it are the registry's to say."""
    body = registry.institutions[0].model_copy(update={"name": {"en": "Another Office"}})
    other = registry.model_copy(update={"institutions": (body,)})
    understand_round(data, LATER, other)

    assert reading_version(registry, load_knowledge()) != reading_version(other, load_knowledge())
    assert "https://registry.example.org/ru/birth" in read


def test_a_body_that_the_archive_lost_is_not_judged_from_memory(data: Path, registry: Registry):
    """A verdict rests on words that can be found again; without the body there are none."""
    for archive in captures_folder(data, ROUND, SITE).glob("*.warc.gz"):
        archive.unlink()
    counts = site_reading.understand_site(
        captures_folder(data, LATER, SITE), data, registry, load_knowledge()
    )

    assert {"crawler_failed"} == set(counts.outcomes)


def test_a_file_of_readings_that_is_broken_is_begun_anew(data: Path, registry: Registry, read: list[str]):
    """It is only a memory: everything is read again, and kept again."""
    (data / READINGS / f"{SITE}.sqlite").write_bytes(b"no database, but longer than a header of one" * 9)
    understand_round(data, LATER, registry)
    first = len(read)
    understand_round(data, LATER, registry)

    assert {url for url in PAGES if "registry." in url and "robots" not in url} <= set(read[:first])
    assert len(read) - first < first


def test_a_reading_whose_bytes_were_damaged_is_read_again(data: Path, registry: Registry, read: list[str]):
    """A memory that fails costs time, never a wrong word."""
    with sqlite3.connect(data / READINGS / f"{SITE}.sqlite") as kept:
        kept.execute("update reading set reading = cast(substr(reading, 1, length(reading) - 9) as blob)")
    understand_round(data, LATER, registry)

    assert {url for url in PAGES if "registry." in url and "robots" not in url} <= set(read)


def test_a_reading_that_three_rounds_did_not_use_is_forgotten(data: Path, registry: Registry):
    """What is kept grows with the site, not with the years."""
    path = data / READINGS / f"{SITE}.sqlite"
    for round_id in (LATER, "2027-03", "2027-04", "2027-05"):
        folder = captures_folder(data, round_id, SITE)
        folder.mkdir(parents=True, exist_ok=True)
        row = read_captures(captures_folder(data, ROUND, SITE))[0]
        kept = replace(
            unchanged(row),
            capture_id=round_id,
            round_id=round_id,
            url=f"https://registry.example.org/{round_id}",
        )
        write_captures(folder, [kept])
        site_reading.understand_site(folder, data, registry, load_knowledge())

    assert ["2027-03", "2027-04", "2027-05"] == rounds_in(path)


def rounds_in(path: Path) -> list[str]:
    """The rounds in which what is kept was last used."""
    with sqlite3.connect(path) as kept:
        return [row[0] for row in kept.execute("select distinct round_id from used order by 1")]


@pytest.mark.parametrize(
    ("text", "is_alike"),
    [
        ("no date", True),
        ("on 20.10.2026", False),  # recent on the first day only
        ("on 2020-01-01", True),  # recent on neither
        ("on 20.12.2026", False),  # still to come on the first day
        ("on 20.10.2026, then on 20.12.2026", False),  # another date is the recent one
        ("on 31.02.2026", True),  # no day at all
    ],
)
def test_what_is_recent_is_told_anew(text: str, is_alike: bool):  # noqa: FBT001 - a column of the table above
    """A date in figures counts for 90 days; the same text may show another on a later day."""
    days = (datetime(2026, 11, 2, tzinfo=UTC).date(), datetime(2027, 2, 3, tzinfo=UTC).date())

    assert is_alike == dated_alike(dated_days(text), days, [90])


def test_the_spans_of_dates_are_those_of_the_knowledge():
    """As `site_indicators/` asks for them."""
    assert {90} == date_spans(load_knowledge())
