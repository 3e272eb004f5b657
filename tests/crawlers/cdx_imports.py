"""Imports out of fake archives, and what came of them."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from fake_archives import FakeArchive
from small_sites import registry_of

from crawlers.archives.cdx_import import CdxImport, import_cdx
from crawlers.captures import Capture
from crawlers.captures_io import read_body, read_captures
from crawlers.reports import SiteReport
from crawlers.storing.shelf import site_folder

ROUND = "2019-05"
INDEX = "/cdx/search/cdx"
Fake = Callable[[FakeArchive], FakeArchive]


@pytest.fixture
def serving() -> Iterator[Fake]:
    """Close fake archives at the end of a test."""
    made: list[FakeArchive] = []

    def keep(archive: FakeArchive) -> FakeArchive:
        made.append(archive)
        return archive

    yield keep
    for archive in made:
        archive.close()


def take(
    address: str, data: Path, hosts: dict[str, str] | None = None, **more: Any
) -> tuple[SiteReport, ...]:
    """Import a round of the sites at `hosts` (id -> host)."""
    registry = registry_of(hosts or {"tt-a": "a.kg"}, allow=())
    job = CdxImport(
        addresses=[address], registry=registry, country_id="tt", round_id=ROUND, data=data, **more
    )
    return import_cdx(job)


def captures(data: Path, site_id: str = "tt-a") -> tuple[Capture, ...]:
    """Return the captures of a site."""
    return read_captures(site_folder(data, ROUND, site_id))


def bodies(data: Path, site_id: str = "tt-a") -> dict[str, bytes]:
    """Return the bodies of a site's captures by address."""
    folder = site_folder(data, ROUND, site_id)
    return {one.url: read_body(folder, one) for one in captures(data, site_id) if one.warc_file}
