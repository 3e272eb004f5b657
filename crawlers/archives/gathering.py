"""Gather the records of one site, wherever they lie in web archives, as its captures of a round."""

from collections.abc import Iterable
from contextlib import closing
from functools import partial
from pathlib import Path

from crawlers.archives.captures import SiteArchive
from crawlers.network.addresses import Address, parse_address
from crawlers.reports import Finish, SiteReport, counted, report_on
from crawlers.storing.recorder import Whose
from crawlers.storing.shelf import discard, shelve

_MOST_MET = 200_000  # addresses of a site, on the way along its archived pages


def gather_site(
    folder: Path, whose: Whose, seeds: Iterable[str], records: Iterable[tuple[bytes, str]]
) -> SiteReport:
    """Put `records`, as bytes with their addresses, beside what `folder` holds of the site already.

    `seeds`: where the site begins. What was gathered takes its place whole, or not at all.

    Raises:
        OSError: the disk is full or broken; CaptureError: what is there already cannot be read.
    """
    try:
        with closing(SiteArchive(folder, whose)) as archive:
            for raw, url in records:
                archive.add(raw, url)
            return shelve_archive(archive, seeds)
    finally:
        discard(folder)


def shelve_archive(archive: SiteArchive, seeds: Iterable[str]) -> SiteReport:
    """Put a site's captures, all of which were added, into their place; return the report on them."""
    archive.close()
    archive.link_revisits()
    known = [parse_address(one.url) for one in archive.captures]
    hosts = frozenset(address.host_port for address in known if address)
    archive.walk(seeds, partial(_is_at, hosts), _MOST_MET)
    whose = archive.whose
    report = report_on(whose.site_id, whose.round_id, counted(archive.captures), Finish.FINISHED)
    return shelve(archive.folder, archive.captures, report, archive.sums)


def _is_at(hosts: frozenset[str], address: Address) -> bool:
    return address.host_port in hosts
