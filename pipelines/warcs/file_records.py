"""Find, in one WARC file, the records of a registry's sites, in the order in which they are to be read."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from fastwarc.warc import WarcRecord

from crawlers.archives.archived_capture import KINDS, archived_capture, kind_of, refuse_unnamed, target_of
from crawlers.archives.places import placed_records, record_bytes, refuse_packed_together
from crawlers.archives.unlisted import unlisted_site
from crawlers.captures import Capture
from crawlers.network.addresses import parse_address
from crawlers.sites import Registry
from crawlers.storing.recorder import Whose, capture_id
from crawlers.storing.warc import Place
from pipelines.clean import page_id


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class SiteRecord:
    """A record of a site; sorted by site and page."""

    site_id: str
    page_id: str
    offset: int
    length: int
    record_id: str
    url: str


def site_records(path: Path, registry: Registry, round_id: str) -> list[SiteRecord]:
    """Return the records of the registry's sites in a WARC file, sorted; of all hosts where it has no sites.

    A record that stands there twice counts once, as it does when it is imported.

    Raises:
        ArchiveError: the file is not there, damaged or cut; or packed so that no record can be read alone; or
            a record of a site has no id or no date.
    """
    first: dict[str, SiteRecord] = {}
    for one in _found(path, registry, round_id):
        first.setdefault(one.page_id, one)
    found = sorted(first.values())
    refuse_packed_together(path, [one.offset for one in found])
    return found


def capture_of_record(path: Path, one: SiteRecord, country_id: str, round_id: str) -> tuple[Capture, str]:
    """Return the capture that a record is, and the record's type.

    Raises:
        ArchiveError: the record is not there any more.
    """
    record = WarcRecord.from_bytes(record_bytes(path, one.offset, one.length))
    whose = Whose(country_id=country_id, round_id=round_id, site_id=one.site_id)
    place = Place(
        warc_file=path.name, warc_offset=one.offset, warc_length=one.length, warc_record_id=one.record_id
    )
    return archived_capture(whose, record, one.url, place, 0), kind_of(record)


def _found(path: Path, registry: Registry, round_id: str) -> Iterator[SiteRecord]:
    country_id = registry.country.id
    for archived, place in placed_records(path):
        record = archived.record()
        url = target_of(record)
        site_id = _site_id(url, registry) if url and kind_of(record) in KINDS else None
        if url and site_id:
            refuse_unnamed(record, f"{path}, byte {archived.offset}")
            whose = Whose(country_id=country_id, round_id=round_id, site_id=site_id)
            yield SiteRecord(
                site_id=site_id,
                page_id=page_id(capture_id(whose, place.warc_record_id)),
                offset=place.warc_offset,
                length=place.warc_length,
                record_id=place.warc_record_id,
                url=url,
            )


def _site_id(url: str, registry: Registry) -> str | None:
    """The site that an address is of; of a host that the registry lacks none, unless it lacks all."""
    address = parse_address(url)
    if address is None:
        return None
    if not registry.sites:
        return unlisted_site(address.host_port, registry.country.id).id
    site = registry.site_of(address)
    return site.id if site else None
