"""One crawl of many faulty servers at once, and what it left of each."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from fastwarc.warc import ArchiveIterator, WarcRecord
from faults import Behaviour, FaultServer, not_found
from small_sites import ROUND, registry_of

from crawlers.captures import Capture
from crawlers.captures_io import read_captures
from crawlers.harvest import crawl
from crawlers.reports import SiteReport
from crawlers.storing.bodies import record_at
from crawlers.storing.shelf import site_folder


def server(home: Behaviour, more: Mapping[str, Behaviour] | None = None) -> FaultServer:
    """Return a server with a home page, some pages more, and no robots.txt."""
    return FaultServer({"/robots.txt": not_found, "/": home} | dict(more or {}))


@dataclass(frozen=True)
class OddRound:
    """What one crawl left."""

    data: Path
    servers: Mapping[str, FaultServer]
    reports: Mapping[str, SiteReport] = field(default_factory=dict)

    def captures(self, site_id: str) -> list[Capture]:
        """The captures of a site, without robots.txt."""
        return [row for row in read_captures(self.folder(site_id)) if row.depth >= 0]

    def capture(self, site_id: str, path: str = "/") -> Capture:
        """The first capture of a path of a site."""
        return next(row for row in self.captures(site_id) if _path(row.url) == path)

    def record(self, capture: Capture) -> WarcRecord:
        """The WARC record of a capture."""
        return record_at(self.folder(capture.site_id), capture)

    def blocks(self, site_id: str, kind: str) -> list[bytes]:
        """The blocks of a site's WARC records of one kind, in their order."""
        (path,) = self.folder(site_id).glob("*.warc.gz")
        with path.open("rb") as file:
            records = ArchiveIterator(file, parse_http=False)
            return [one.reader.read() for one in records if one.headers["WARC-Type"] == kind]

    def folder(self, site_id: str) -> Path:
        """Where the site's captures lie."""
        return site_folder(self.data, ROUND, site_id)


def crawl_all(
    data: Path, servers: Mapping[str, FaultServer], more: Mapping[str, str] | None = None
) -> OddRound:
    """Crawl the servers (site id -> server), and `more` sites by their hosts."""
    hosts = {site_id: one.host for site_id, one in servers.items()}
    registry = registry_of(hosts | dict(more or {}), allow=tuple(hosts.values()), concurrent_sites=64)
    reports = crawl(registry, round_id=ROUND, data=data)
    for one in servers.values():
        one.close()
    return OddRound(data, servers, {report.site_id: report for report in reports})


def _path(url: str) -> str:
    return "/" + url.partition("//")[2].partition("/")[2]
