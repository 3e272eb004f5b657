"""Our archives in another's software, and another's software as our source: a real pywb on loopback."""

import gzip
import hashlib
import re
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from pywb_server import COMMANDS, Pywb, needs_pywb
from small_sites import ROUND, Reply, SmallSite, page, registry_of

from crawlers.archives.cdx_import import CdxImport, import_cdx
from crawlers.archives.reader import read_archive
from crawlers.archives.surt import surt_key
from crawlers.captures import Capture
from crawlers.captures_io import read_body, read_captures
from crawlers.errors import ArchiveError
from crawlers.harvest import crawl
from crawlers.outcomes import Outcome
from crawlers.reports import SiteReport
from crawlers.sample import generate
from crawlers.sample.registry_file import registry_text
from crawlers.sample.serving import serving
from crawlers.sites import Registry, load_registry
from crawlers.storing.evidence_records import Kept
from crawlers.storing.shelf import site_folder
from crawlers.storing.wacz import write_wacz

pytestmark = [needs_pywb, pytest.mark.soak]  # half a minute; the CDX tests of every run need no pywb
PORT = 25100  # of the first of the republic's sites, in this test alone
SITES = ("sample-tax", "sample-health")
SPRING, SUMMER = "2021-05", "2021-08"
PACKED = gzip.compress("<!doctype html><title>Кызмат</title>".encode())


def redated(warc: Path, to: Path, month: str) -> Path:
    """Copy a WARC file as if it had been made on the tenth day of `month`."""
    date = f"WARC-Date: {month}-10T01:02:03.000000Z".encode()
    records = (re.sub(rb"WARC-Date: [^\r]+", date, archived.raw, count=1) for archived in read_archive(warc))
    to.write_bytes(b"".join(map(gzip.compress, records)))
    return to


@dataclass
class Republic:
    """Two direct crawls of some sites, five years apart, and a pywb that has both."""

    registry: Registry
    pywb: Pywb
    crawls: dict[str, Path]  # round -> data folder of the direct crawl
    folder: Path

    def take(self, round_id: str, name: str, tolerance_days: int | None = None) -> tuple[SiteReport, ...]:
        """Import a round from pywb into a data folder of that name."""
        job = CdxImport(
            addresses=[f"{self.pywb.address}/cdx"],
            registry=self.registry,
            country_id="sample",
            round_id=round_id,
            data=self.folder / name,
            site_ids=SITES,
            tolerance_days=tolerance_days,
        )
        return import_cdx(job)

    def imported(self, round_id: str, name: str) -> dict[str, str]:
        """Address -> digest of the body, of what was imported."""
        return digests(self.folder / name, round_id)

    def crawled(self, round_id: str) -> dict[str, str]:
        """The same of what was crawled directly."""
        return digests(self.crawls[round_id], round_id)


def rows(data: Path, round_id: str) -> Iterator[tuple[Path, Capture]]:
    """All captures that hold an answer, with their folders."""
    for site_id in SITES:
        folder = site_folder(data, round_id, site_id)
        yield from ((folder, row) for row in read_captures(folder) if row.warc_file)


def digests(data: Path, round_id: str) -> dict[str, str]:
    """Address -> digest of the body, read from the WARC files."""
    return {
        row.url: hashlib.sha256(read_body(folder, row)).hexdigest() for folder, row in rows(data, round_id)
    }


@pytest.fixture(scope="module")
def republic(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Republic]:
    """Crawl two sites of the republic as they were in two years, and give the WARC files to pywb."""
    folder = tmp_path_factory.mktemp("republic")
    (folder / "sample.yml").write_text(registry_text(generate(port=PORT)), encoding="utf-8")
    registry = load_registry(folder / "sample.yml").model_copy(update={"sample": None})
    crawls, archives = {}, []
    for round_id, year in ((SPRING, 2021), (SUMMER, 2026)):
        crawls[round_id] = folder / f"crawl-{year}"
        with serving(generate(year=year, port=PORT)):
            crawl(registry, round_id=round_id, data=crawls[round_id], site_ids=SITES, max_pages=15)
        archives += [
            redated(path, folder / f"{year}-{path.name}", round_id)
            for path in sorted(crawls[round_id].glob("captures/*/*/*.warc.gz"))
        ]
    (folder / "pywb").mkdir()
    with Pywb(folder / "pywb", archives) as pywb:
        yield Republic(registry, pywb, crawls, folder)


@pytest.mark.parametrize("round_id", [SPRING, SUMMER])
def test_a_round_out_of_pywb_is_the_round_that_was_crawled(republic: Republic, round_id: str):
    """The same addresses, the same bytes, the same outcomes."""
    republic.take(round_id, f"same-{round_id}", tolerance_days=0)
    crawled = {row.url: row.outcome for _, row in rows(republic.crawls[round_id], round_id)}
    imported = {row.url: row.outcome for _, row in rows(republic.folder / f"same-{round_id}", round_id)}

    assert len(crawled) >= 25
    assert republic.crawled(round_id) == republic.imported(round_id, f"same-{round_id}")
    assert {url: outcome for url, outcome in crawled.items() if outcome is Outcome.OK} == {
        url: outcome for url, outcome in imported.items() if outcome is Outcome.OK
    }


def test_captures_have_the_archives_own_time(republic: Republic):
    """Not that of the import."""
    republic.take(SPRING, "times", tolerance_days=0)
    times = {row.captured_at.isoformat() for _, row in rows(republic.folder / "times", SPRING)}

    assert {"2021-05-10T01:02:03+00:00"} == times


def test_a_round_between_takes_the_nearest_copy_of_each_page(republic: Republic):
    """June is nearer to May than to August; what only August has comes from there."""
    republic.take("2021-06", "between")
    spring, summer = republic.crawled(SPRING), republic.crawled(SUMMER)

    assert summer | spring == republic.imported("2021-06", "between")


def test_a_round_without_copies_says_so(republic: Republic):
    """A month outside of which no copy counts, and none within: nothing is taken for absent."""
    reports = republic.take("2021-06", "none", tolerance_days=0)

    assert [{"not_archived": 1}] * len(SITES) == [report.counts for report in reports]


def test_a_collection_that_is_not_there_is_no_empty_archive(republic: Republic, tmp_path: Path):
    """Pywb's index answers as if it were empty; we look whether it is there."""
    job = CdxImport(
        addresses=[republic.pywb.address.replace("/old", "/new") + "/cdx"],
        registry=republic.registry,
        country_id="sample",
        round_id=SPRING,
        data=tmp_path,
    )
    with pytest.raises(ArchiveError, match="no such collection"):
        import_cdx(job)


@pytest.fixture(scope="module")
def replayed(
    tmp_path_factory: pytest.TempPathFactory, small_site: Callable[..., SmallSite]
) -> Iterator[tuple[Pywb, Path]]:
    """A small site as awkward as they come, crawled, and its WARC files in pywb as they are."""
    folder = tmp_path_factory.mktemp("replayed")
    cyrillic = "/%D0%BA%D1%8B%D0%B7%D0%BC%D0%B0%D1%82?%D1%82=1"
    site = small_site(
        {
            "/": page("/packed", "/moved", "/кызмат?т=1", "/form.pdf", "/none"),
            "/packed": Reply(PACKED, headers={"Content-Type": "text/html", "Content-Encoding": "gzip"}),
            "/moved": Reply(status=302, headers={"Location": "/packed"}),
            cyrillic: page(words="Арыз берүү"),
            "/form.pdf": Reply(b"%PDF-1.4 blank", headers={"Content-Type": "application/pdf"}),
        }
    )
    registry = registry_of({"tt-a": site.host}, allow=(site.host,))
    crawl(registry, round_id=ROUND, data=folder / "data")
    (folder / "pywb").mkdir()
    with Pywb(folder / "pywb", sorted(folder.glob("data/captures/*/*/*.warc.gz"))) as pywb:
        yield pywb, site_folder(folder / "data", ROUND, "tt-a")


def test_pywb_replays_every_page_that_we_kept(replayed: tuple[Pywb, Path]):
    """Status and bytes, whatever the address and the encoding."""
    pywb, folder = replayed
    kept = {row.url: (row.http_status, read_body(folder, row)) for row in read_captures(folder)}
    given = {
        row.url: pywb.fetch(f"{pywb.address}/{row.captured_at:%Y%m%d%H%M%S}id_/{row.url}")
        for row in read_captures(folder)
    }

    assert {200, 302, 404} == {status for status, _ in kept.values()}
    assert any("%D0%BA" in url for url in kept)
    assert kept == given


def test_pywb_replays_the_evidence(replayed: tuple[Pywb, Path], tmp_path: Path):
    """A WACZ file of ours, unpacked by pywb with our own index: the same pages, the same bytes."""
    _, folder = replayed
    captures = [row for row in read_captures(folder) if row.warc_file]
    wacz = tmp_path / "evidence.wacz"
    write_wacz(wacz, [Kept(folder=folder, capture=row, title="t") for row in captures], "Evidence")
    (tmp_path / "pywb").mkdir()
    with Pywb(tmp_path / "pywb", [wacz]) as pywb:
        given = {
            row.url: pywb.fetch(f"{pywb.address}/{row.captured_at:%Y%m%d%H%M%S}id_/{row.url}")
            for row in captures
        }

    assert {row.url: (row.http_status, read_body(folder, row)) for row in captures} == given


def test_py_wacz_finds_the_evidence_valid(replayed: tuple[Pywb, Path], tmp_path: Path):
    """The validator of those who made the format."""
    _, folder = replayed
    kept = [Kept(folder=folder, capture=row, title="t") for row in read_captures(folder) if row.warc_file]
    write_wacz(tmp_path / "evidence.wacz", kept, "Evidence")
    done = subprocess.run(
        [COMMANDS / "wacz", "validate", "-f", tmp_path / "evidence.wacz"],
        capture_output=True,
        text=True,
        check=False,
    )

    assert 0 == done.returncode
    assert "the passed WACZ is valid" in done.stdout


@pytest.mark.parametrize(
    "url",
    [
        "http://www.a.example.kg:8080/",
        "https://a.kg/%D0%BA%D1%8B",
        "http://A.kg/X/Y.HTML?b=2&a=1&A=0",
        "http://127.0.0.1:18401/x/",
        "http://www2.a.kg/x/?",
        "http://xn--e1afmkfd.kg/q",
    ],
)
def test_our_keys_of_addresses_are_those_of_the_archives(url: str):
    """As the library makes them with which archives file addresses; it is asked as a program."""
    asked = [COMMANDS / "python", "-c", "import sys, surt; print(surt.surt(sys.argv[1]))", url]
    said = subprocess.run(asked, capture_output=True, text=True, check=True).stdout.strip()

    assert said == surt_key(url)
