"""Take captures from web archives instead of the web: WARC files in, captures out, nothing is fetched.

Hosts that the registry has go to their sites; every other host becomes an unlisted site. Captures that
are there already stay, so importing the same file again changes nothing. An archive that cannot be read
to its end is not imported at all.
"""

from collections import OrderedDict
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Self

import structlog
from fastwarc.warc import WarcRecord

from crawlers.archives.archived_capture import KINDS, kind_of, refuse_unnamed, target_of
from crawlers.archives.captures import SiteArchive
from crawlers.archives.gathering import shelve_archive
from crawlers.archives.reader import Archived, archive_files, read_archive
from crawlers.archives.salvage import Damage, good_records
from crawlers.archives.unlisted import unlisted_site
from crawlers.errors import ArchiveError, UnknownSiteError
from crawlers.network.addresses import parse_address
from crawlers.reports import SiteReport
from crawlers.sites import Registry
from crawlers.storing.lock import only_one
from crawlers.storing.recorder import Whose
from crawlers.storing.shelf import discard, site_folder

_log = structlog.get_logger("crawlers")
_OPEN_FILES = 100  # at once: an archive may hold more hosts than a process may open files


def import_warcs(  # noqa: PLR0913, PLR0917 - the contract of ARCHITECTURE.md
    sources: Sequence[str | Path],
    registry: Registry | None,
    country_id: str,
    round_id: str,
    data: Path,
    site_id: str | None = None,
    on_damage: Callable[[Damage], None] | None = None,
) -> tuple[SiteReport, ...]:
    """Import the WARC files of `sources` as captures of a round; return a report for each site touched.

    `site_id` takes all records for that one site, whatever their hosts. With `on_damage` the whole records of
    a damaged file are imported too, and each damage is told to it.

    Raises:
        ArchiveError: a file is missing, damaged or holds nothing to import; then nothing is imported.
        UnknownSiteError: `site_id` is not in the registry.
        LockHeldError: another process works in `data`.
    """
    if site_id is not None and registry is not None:
        registry.site(site_id)
    if site_id is not None and not site_id.startswith(f"{country_id}-"):
        raise UnknownSiteError(
            f"site {site_id!r}: expected an id that begins with {country_id!r} and a hyphen"
        )
    with only_one(data), _Stage(data, country_id, round_id, registry) as stage:
        for raw, url in _pages(archive_files(tuple(sources)), on_damage):
            stage.site(site_id or _site_id(url, registry, country_id)).add(raw, url)
        if not stage.sites:
            names = ", ".join(map(str, sources))
            raise ArchiveError(f"{names}: no response or resource of a web address; expected at least one")
        return stage.shelve()


def _pages(files: list[Path], on_damage: Callable[[Damage], None] | None) -> Iterator[tuple[bytes, str]]:
    """The records that hold something a site sent, as bytes, with their addresses."""
    for path in files:
        count = 0
        for archived in _read(path, on_damage):
            record = archived.record()
            url = target_of(record)
            if kind_of(record) in KINDS and url is not None and _is_named(archived, record, on_damage):
                count += 1
                yield archived.raw, url
        _log.info("archive_read", path=str(path), records=count)


def _is_named(archived: Archived, record: WarcRecord, on_damage: Callable[[Damage], None] | None) -> bool:
    """Whether a record has its id and date; one that has not is damage, where somebody hears of that."""
    try:
        refuse_unnamed(record, f"{archived.path}, byte {archived.offset}")
    except ArchiveError as failure:
        if on_damage is None:
            raise
        on_damage(Damage(path=archived.path, offset=archived.offset, reason=str(failure)))
        return False
    return True


def _read(path: Path, on_damage: Callable[[Damage], None] | None) -> Iterator[Archived]:
    """The records of a file: all or none; or those that are whole, where somebody hears of the others."""
    if on_damage is None:
        yield from read_archive(path)
        return
    for found in good_records(path):
        if isinstance(found, Damage):
            on_damage(found)
        else:
            yield found


def _site_id(url: str, registry: Registry | None, country_id: str) -> str:
    """The id of the site that an address is of."""
    address = parse_address(url)
    if address is None:
        raise ArchiveError(f"{url}: expected a web address")
    site = registry.site_of(address) if registry else None
    return site.id if site else unlisted_site(address.host_port, country_id).id


class _Stage:
    """Sites' new captures, gathered beside their folders until all archives are read."""

    def __init__(self, data: Path, country_id: str, round_id: str, registry: Registry | None) -> None:
        self._seeds = {site.id: site.seeds for site in registry.sites} if registry else {}
        self._data, self._country_id, self._round_id = data, country_id, round_id
        self.sites: dict[str, SiteArchive] = {}
        self._open: OrderedDict[str, SiteArchive] = OrderedDict()  # least recently used first

    def site(self, site_id: str) -> SiteArchive:
        """The archive of one site, begun where this is its first record."""
        if site_id not in self.sites:
            whose = Whose(country_id=self._country_id, round_id=self._round_id, site_id=site_id)
            self.sites[site_id] = SiteArchive(site_folder(self._data, self._round_id, site_id), whose)
        self._open[site_id] = self.sites[site_id]
        self._open.move_to_end(site_id)
        if len(self._open) > _OPEN_FILES:
            self._open.popitem(last=False)[1].close()
        return self.sites[site_id]

    def __enter__(self) -> Self:
        """Return the stage, to be shelved within."""
        return self

    def __exit__(self, *_: object) -> None:
        """Leave no trace of what was not shelved."""
        for archive in self.sites.values():
            archive.close()
            discard(archive.folder)

    def shelve(self) -> tuple[SiteReport, ...]:
        """Put every site's captures into their place."""
        reports = []
        for site_id, archive in sorted(self.sites.items()):
            reports.append(shelve_archive(archive, self._seeds.get(site_id, ())))
        return tuple(reports)
