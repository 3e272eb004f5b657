"""Put together what the verdicts of a round rest on: the captures of all pages that published words stand on.

They go into one WACZ file beside the releases, not into them: captures hold pages as they were, with whatever
names and numbers of people stand on them. What of that is published is decided at the release's gate.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from crawlers.captures import ROBOTS_DEPTH, Capture
from crawlers.captures_io import CAPTURES_FILE, read_captures
from crawlers.errors import CaptureError
from crawlers.network.addresses import parse_address
from crawlers.storing.evidence_records import Kept
from crawlers.storing.wacz import write_wacz
from pipelines.operating.failures import NothingThereError
from pipelines.records import Finding, PageRow, Service, ServiceFact, Verdict
from pipelines.records_io import read_rows
from pipelines.rounds.core_files import core_file

Row = TypeVar("Row")
_TABLES = ("verdicts", "findings", "services", "service_facts", "pages")


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """What was written."""

    path: Path
    pages: int  # that a person may look at
    records: int  # of WARC


def evidence_file(data: Path, country_id: str, round_id: str) -> Path:
    """Return where the evidence of a country's round lies."""
    return data / "evidence" / f"{country_id}-{round_id}.wacz"


def cited_files(country_id: str, round_id: str) -> Iterator[str]:
    """Yield the files that say what verdicts rest on, as paths below the data folder; `*` is any part of one.

    Beside these the lists of captures are needed, and the records that are cited.
    """
    for table in _TABLES:
        yield f"core/{table}/round={round_id}/{country_id}.parquet"
        yield f"core/{table}/round={round_id}/{country_id}-*.parquet"


def write_evidence(data: Path, country_id: str, round_id: str) -> Evidence:
    """Write the evidence of a round; return what was written.

    Raises:
        NothingThereError: no verdict of the round rests on a page. CaptureError: a record is not there.
    """
    titles = dict(_cited(data, country_id, round_id))
    kept = _kept(data, country_id, round_id, titles)
    pages = sum(one.title is not None for one in kept)
    path = evidence_file(data, country_id, round_id)
    if not pages:
        raise NothingThereError(
            f"{data}: no verdict of {country_id} in round {round_id} rests on a page;"
            f" `baskych understand --round {round_id}` makes them"
        )
    records = write_wacz(path, kept, f"Baskych: what the verdicts of {country_id}, round {round_id}, rest on")
    return Evidence(path=path, pages=pages, records=records)


def _cited(data: Path, country_id: str, round_id: str) -> Iterator[tuple[str, str]]:
    """The captures that verdicts, facts and descriptions of services rest on, with their pages' titles."""

    def rows(table: str, row_type: type[Row]) -> Iterator[Row]:
        for path in _files(data, table, country_id, round_id):
            yield from read_rows(path, row_type)

    proving = {finding_id for verdict in rows("verdicts", Verdict) for finding_id in verdict.finding_ids}
    captures = {found.capture_id for found in rows("findings", Finding) if found.finding_id in proving}
    pages = {service.page_id for service in rows("services", Service)}
    pages |= {fact.page_id for fact in rows("service_facts", ServiceFact)}
    for page in rows("pages", PageRow):
        if page.capture_id in captures or page.page_id in pages:
            yield page.capture_id, page.title


def _files(data: Path, table: str, country_id: str, round_id: str) -> Iterable[Path]:
    """The files of a table that are the country's: one for all its sites, or one for each."""
    folder = core_file(data, table, round_id, country_id).parent
    return sorted([*folder.glob(f"{country_id}.parquet"), *folder.glob(f"{country_id}-*.parquet")])


def _kept(data: Path, country_id: str, round_id: str, titles: dict[str, str]) -> list[Kept]:
    """The captures that are evidence, from this round, and from earlier ones where a page rests on those.

    Raises:
        CaptureError: a page rests on a capture that is nowhere.
    """
    kept: list[Kept] = []
    missing = dict(titles)
    rounds = sorted(path.name for path in (data / "captures").glob("*") if path.name <= round_id)
    for earlier in reversed(rounds if missing else []):
        for path in sorted((data / "captures" / earlier).glob(f"{country_id}-*/{CAPTURES_FILE}")):
            kept += _of_site(path, missing)
        found = {one.capture.capture_id for one in kept}
        missing = {key: title for key, title in missing.items() if key not in found}
        if not missing:
            break
    if missing:
        raise CaptureError(
            f"{data / 'captures'}: no capture {', '.join(sorted(missing))}, which pages rest on"
        )
    return kept


def _of_site(path: Path, titles: dict[str, str]) -> Iterator[Kept]:
    """What is evidence of one site: cited pages, what led to them, the robots.txt that let us ask."""
    captures = read_captures(path.parent)
    cited = [capture for capture in captures if capture.capture_id in titles]
    wanted = {capture.capture_id for capture in cited}
    wanted |= {capture.capture_id for capture in _leading_to(cited, captures)}
    wanted |= {capture.capture_id for capture in _permitting(cited, captures)}
    for capture in captures if cited else ():
        if capture.capture_id in wanted and (capture.warc_file or capture.revisit_of):
            yield Kept(folder=path.parent, capture=capture, title=titles.get(capture.capture_id))


def _leading_to(cited: Iterable[Capture], captures: Iterable[Capture]) -> Iterator[Capture]:
    """The redirects through which the cited pages were reached."""
    redirects = {capture.redirect_url: capture for capture in captures if capture.redirect_url}
    for page in cited:
        url, seen = page.url, {page.url}
        while (hop := redirects.get(url)) is not None and hop.url not in seen:
            yield hop
            url = hop.url
            seen.add(url)


def _permitting(cited: Iterable[Capture], captures: Iterable[Capture]) -> Iterator[Capture]:
    """The robots.txt of the hosts that the cited pages are of."""
    hosts = {_host(capture.url) for capture in cited}
    return (capture for capture in captures if capture.depth == ROBOTS_DEPTH and _host(capture.url) in hosts)


def _host(url: str) -> str:
    address = parse_address(url)
    return address.host_port if address else ""
