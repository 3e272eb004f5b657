"""Get a page to look at from a web archive, or from the web by the crawler's own rules.

An archive is imported and an address is crawled into a folder that is thrown away afterwards: so robots.txt,
limits and the guard against private addresses hold for one page as they do for a round.
"""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from crawlers import harvest
from crawlers.archive import import_warcs
from crawlers.captures import Capture
from crawlers.captures_io import read_body, read_captures
from crawlers.errors import CaptureError
from crawlers.network.addresses import parse_address
from crawlers.sites import Registry, Site
from pipelines.inspecting.sources import InspectError, Material

_ROUND = "2000-01"  # of the folder that is thrown away
_NO_COUNTRY = "zz"


def from_archive(path: Path, url: str | None) -> Iterator[Material]:
    """Yield the pages in a WARC file, or those of them that came from `url`.

    Raises:
        ArchiveError: the file is damaged, or holds no page.
    """
    with _thrown_away() as data:
        import_warcs([path], None, _NO_COUNTRY, _ROUND, data)
        for material in _captured(data):
            if url is None or material.capture.url == url:
                yield material


def from_web(url: str, registry: Registry) -> Material:
    """Fetch one page as a crawl would, and return it with what came of it.

    Raises:
        InspectError: `url` is no web address.
    """
    address = parse_address(url)
    if address is None:
        raise InspectError(f"{url}: expected a web address (http or https)")
    known = registry.site_of(address)
    site = Site(
        id=f"{registry.country.id}-inspected",
        institution=registry.institutions[0].id if registry.institutions else None,
        seeds=(address.url,),
        stay_under=known.stay_under if known else (address.host_port,),
        delay_seconds=known.delay_seconds if known else None,
        max_pages=1,
        source="asked for by name",
    )
    with _thrown_away() as data:
        one = registry.model_copy(update={"sites": (site,), "sample": registry.sample if known else None})
        harvest.crawl(one, round_id=_ROUND, data=data, max_pages=1)
        seen = list(_captured(data))
    if not seen:
        raise InspectError(f"{url}: the crawler left no trace of it; expected one capture")
    return next((one for one in reversed(seen) if one.capture.outcome.is_observation), seen[-1])


@contextmanager
def _thrown_away() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="baskych-inspect-") as folder:
        yield Path(folder)


def _captured(data: Path) -> Iterator[Material]:
    """The captured pages under `data`, site by site; one without a readable body has none."""
    for folder in sorted((data / "captures" / _ROUND).iterdir()):
        for capture in read_captures(folder):
            if capture.depth >= 0:
                yield Material(capture=capture, body=_body(folder, capture))


def _body(folder: Path, capture: Capture) -> bytes:
    """The body, if there is one that can be read: an outcome without a body says why itself."""
    if not capture.byte_count:
        return b""
    try:
        return read_body(folder, capture)
    except CaptureError:
        return b""
