"""Ten years out of a web archive: each round has the figures of a harvest of that year's republic.

Each year of the story is harvested by itself, and what came is put into an archive: a real pywb where one is
installed, else one that answers as the Internet Archive documents it. Of the last five years it lacks
one page in twenty.
"""

import gzip
import hashlib
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import played
import pytest
from fake_archives import Copy, internet_archive
from pywb_server import COMMANDS, Pywb

from crawlers.archives.archived_capture import target_of
from crawlers.archives.cdx_import import CdxImport, import_cdx
from crawlers.archives.reader import read_archive
from crawlers.captures_io import read_body, read_captures
from crawlers.storing.shelf import site_folder
from pipelines.understand import understand_round

pytestmark = pytest.mark.soak
PORT = 26201  # of the first of its sites, in this test alone
YEARS = {number: f"{2016 + number}-05" for number in range(1, 11)}
WHOLE = range(1, 6)  # years of which the archive has all
LACKING = 20  # one page in so many is not in the archive, of the other years
FIGURES = """service_count, stage_1_count, stage_2_count, stage_3_count, stage_4_count, undetermined_count,
    stale_count, mean_stage, index, stage_3_share_low, stage_3_share_high, seen_institution_count"""


@dataclass(frozen=True, kw_only=True)
class Both:
    """The same ten years, harvested and imported."""

    harvested: duckdb.DuckDBPyConnection
    imported: duckdb.DuckDBPyConnection
    withheld: frozenset[tuple[str, str]]  # round, address
    archived: frozenset[tuple[str, str]]

    def rows(self, question: str, *values: Any) -> tuple[list[Any], list[Any]]:
        """Return the answer of the harvested and of the imported warehouse."""
        asked = (self.harvested, self.imported)
        return tuple(one.execute(question, values).fetchall() for one in asked)  # type: ignore[return-value]


def is_withheld(number: int, url: str) -> bool:
    """Whether the archive lacks a page of a year: chance that is always the same; first pages are there."""
    digest = hashlib.sha256(f"{number} {url}".encode()).digest()
    return number not in WHOLE and url.count("/") > len("///") and digest[0] % LACKING == 0


def copies_of(rounds: played.Played, number: int, round_id: str) -> Iterator[Copy]:
    """Yield all that a year's harvest saw, as copies of the tenth of the month."""
    for site in rounds.registry.sites:
        folder = site_folder(rounds.data, round_id, site.id)
        for row in read_captures(folder):
            if row.depth < 0 or not row.warc_file or row.http_status is None:
                continue
            yield Copy(
                row.url,
                f"{round_id.replace('-', '')}10010203",
                read_body(folder, row),
                row.http_status,
                (("Location", row.redirect_url),) if row.redirect_url else (),
                row.content_type or "application/octet-stream",
            )


def warc_of(rounds: played.Played, number: int, round_id: str, to: Path) -> Path:
    """Write what a year's harvest saw into one WARC file, as if made on the tenth of the month."""
    date = f"WARC-Date: {round_id}-10T01:02:03.000000Z".encode()
    with to.open("wb") as file:
        for path in sorted((rounds.data / "captures" / round_id).glob("*/*.warc.gz")):
            for archived in read_archive(path):
                url = target_of(archived.record())
                if url is None or not is_withheld(number, url):
                    file.write(gzip.compress(re.sub(rb"WARC-Date: [^\r]+", date, archived.raw, count=1)))
    return to


@contextmanager
def archive(rounds: played.Played, folder: Path) -> Iterator[str]:
    """Serve the ten years, but for what is withheld; yield the address of the index."""
    if (COMMANDS / "wayback").exists():
        warcs = [warc_of(rounds, number, one, folder / f"{one}.warc.gz") for number, one in YEARS.items()]
        (folder / "pywb").mkdir()
        with Pywb(folder / "pywb", warcs) as pywb:
            yield f"{pywb.address}/cdx"
        return
    copies = [
        copy
        for number, one in YEARS.items()
        for copy in copies_of(rounds, number, one)
        if not is_withheld(number, copy.url)
    ]
    fake = internet_archive(copies)
    yield f"{fake.origin}/cdx/search/cdx"
    fake.close()


def crawl_years(rounds: played.Played, folder: Path) -> None:
    """Harvest each year by itself, as if nothing were known of the years before."""
    for number, round_id in YEARS.items():
        alone = folder / f"alone-{number}"
        played.crawl_round(rounds, number, round_id, alone)
        (rounds.data / "captures").mkdir(parents=True, exist_ok=True)
        (alone / "captures" / round_id).rename(rounds.data / "captures" / round_id)


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Both]:
    """Harvest ten years, put them into an archive, and import them into another folder."""
    folder = tmp_path_factory.mktemp("years")
    rounds, past = played.begin(folder, PORT), folder / "past"
    crawl_years(rounds, folder)
    with archive(rounds, folder) as index:
        for round_id in sorted(YEARS.values(), reverse=True):
            job = CdxImport(
                addresses=[index],
                registry=rounds.registry,
                country_id="sample",
                round_id=round_id,
                data=past,
            )
            import_cdx(job)
    for data in (rounds.data, past):
        for round_id in sorted(YEARS.values(), reverse=data == past):
            understand_round(data, round_id, rounds.registry, jobs=2)
    seen = [(n, one, copy.url) for n, one in YEARS.items() for copy in copies_of(rounds, n, one)]
    withheld = frozenset((round_id, url) for number, round_id, url in seen if is_withheld(number, url))
    archived = frozenset((round_id, url) for _, round_id, url in seen) - withheld
    with played.built(rounds, rounds.data) as harvested, played.built(rounds, past) as imported:
        yield Both(harvested=harvested, imported=imported, withheld=withheld, archived=archived)


@pytest.mark.parametrize("number", WHOLE)
def test_a_year_that_the_archive_has_whole_has_the_figures_of_its_harvest(both: Both, number: int):
    """Services by stage, the index, its bounds, the institutions seen."""
    asked = f"select {FIGURES} from out_country_rounds where round_id = ?"  # noqa: S608 - ours
    harvested, imported = both.rows(asked, YEARS[number])

    assert 1 == len(harvested)
    assert harvested == imported


@pytest.mark.parametrize("number", YEARS)
def test_a_service_of_which_the_archive_has_all_pages_is_what_its_harvest_says(both: Both, number: int):
    """Name, address, stage; where one differs, a page of it is among those that the archive lacks."""
    asked = """select services.url, services.name, verdicts.stage, list_sort(list(pages.url))
        from core_services as services
        inner join core_verdicts as verdicts using (service_id, round_id)
        inner join core_service_pages as pages using (service_id, round_id)
        where round_id = ? group by all order by all"""
    harvested, imported = both.rows(asked, YEARS[number])
    lacking = {url for round_id, url in both.withheld if round_id == YEARS[number]}
    differing = [row for row in harvested if row not in imported]

    assert all(lacking.intersection(row[3]) for row in differing), differing
    assert number not in WHOLE or harvested == imported


def test_what_the_archive_lacks_is_listed_and_no_page_that_it_has(both: Both):
    """Page by page, in `out_failures`."""
    listed = both.imported.execute(
        "select round_id, url from out_failures where outcome = 'not_archived'"
    ).fetchall()

    assert len(both.withheld) >= 50
    assert both.archived.intersection(listed) == set()
    assert len(both.withheld.difference(listed)) <= 0.1 * len(
        both.withheld
    )  # nothing leads to those any more


def test_every_round_says_that_it_is_out_of_an_archive_and_how_much_that_lacked(both: Both):
    """Beside EGDI and OSI of the same years."""
    rows = both.imported.execute(
        "select round_id, source, not_archived_count > 0 from out_country_rounds order by round_id"
    ).fetchall()

    assert {"archive"} == {source for _, source, _ in rows}
    assert all(lacks for round_id, _, lacks in rows if round_id > YEARS[5])
