"""Small sites as different as they come, and what one crawl of them leaves."""

import gzip
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from small_sites import ROUND, Reply, SmallSite, page, registry_of, robots

from crawlers.captures import Capture
from crawlers.captures_io import read_captures
from crawlers.crawling.jobs import Progress
from crawlers.harvest import crawl
from crawlers.reports import SiteReport
from crawlers.storing.shelf import site_folder

HOME = "<!doctype html><title>Башкы бет</title>".encode()
HOME_LINKS = (
    "/service",
    "/secret/x",
    "/moved",
    "/away",
    "/inside",
    "/form.pdf",
    "/none",
    "mailto:a@example.org",
)


@dataclass
class Round:
    """What one crawl left."""

    data: Path
    reports: dict[str, SiteReport]
    sites: dict[str, SmallSite]
    events: list[Progress]

    def captures(self, site_id: str) -> list[Capture]:
        """The captures of a site, without robots.txt."""
        rows = read_captures(site_folder(self.data, ROUND, site_id))
        return [row for row in rows if row.depth >= 0]

    def capture(self, site_id: str, path: str) -> Capture:
        """The one capture of a path."""
        (found,) = (
            row for row in self.captures(site_id) if row.url.partition("//")[2].partition("/")[2] == path
        )
        return found


@pytest.fixture(scope="module")
def crawled(tmp_path_factory: pytest.TempPathFactory, small_site: Callable[..., SmallSite]) -> Round:
    """One round of sites as different as they come."""
    canary = small_site({"/": page()})
    bomb = zlib.compressobj(9, zlib.DEFLATED, 31)
    packed = b"".join(bomb.compress(bytes(1 << 20)) for _ in range(70)) + bomb.flush()
    sites = {
        "tt-plain": small_site(
            {
                "/robots.txt": robots("User-agent: *\nDisallow: /secret\n"),
                "/": Reply(
                    gzip.compress(HOME + "".join(f"<a href='{link}'>x</a>" for link in HOME_LINKS).encode()),
                    headers={
                        "Content-Type": "text/html; charset=utf-8",
                        "Content-Encoding": "gzip",
                        "ETag": '"1"',
                    },
                ),
                "/service": page(words="Кызматтар"),
                "/moved": Reply(status=302, headers={"Location": "/new"}),
                "/new": page(),
                "/away": Reply(status=302, headers={"Location": f"http://{canary.host}/"}),
                "/inside": Reply(
                    status=302, headers={"Location": "http://169.254.169.254/latest/meta-data/"}
                ),
                "/form.pdf": Reply(b"%PDF-1.4 blank", headers={"Content-Type": "application/octet-stream"}),
            }
        ),
        "tt-broken-robots": small_site({"/robots.txt": Reply(status=503), "/": page()}),
        "tt-no-robots": small_site({"/": page()}),
        "tt-slow": small_site(
            {"/robots.txt": robots("User-agent: *\nCrawl-delay: 0.4"), "/": page("/a", "/b"), "/a": page()}
        ),
        "tt-cut": small_site({"/": Reply(b"<p>half", length=1000)}),
        "tt-bomb": small_site(
            {"/": Reply(packed, headers={"Content-Type": "text/html", "Content-Encoding": "gzip"})}
        ),
        "tt-busy": small_site({"/": Reply(status=429, headers={"Retry-After": "999999"})}),
        "tt-loop": small_site(
            {"/": Reply(status=302, headers={"Location": "/?again"})}
            | {
                f"/?{'again' * n}": Reply(status=302, headers={"Location": f"/?{'again' * (n + 1)}"})
                for n in range(1, 20)
            }
        ),
    }
    hosts = {site_id: site.host for site_id, site in sites.items()}
    registry = registry_of(
        hosts | {"tt-down": "127.0.0.1:9", "tt-private": canary.host, "tt-nowhere": "nowhere.invalid"},
        allow=(*hosts.values(), "127.0.0.1:9"),
    )
    data = tmp_path_factory.mktemp("data")
    events: list[Progress] = []
    reports = crawl(registry, round_id=ROUND, data=data, on_progress=events.append)
    return Round(data, {report.site_id: report for report in reports}, sites | {"canary": canary}, events)
