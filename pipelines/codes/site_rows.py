"""Write a country's sites and institutions as rows: those of its registry, and those met in archives only."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from crawlers.captures_io import CAPTURES_FILE
from crawlers.errors import CaptureError
from crawlers.network.addresses import parse_address
from crawlers.sites import Institution, Region, Registry, Site, SiteState
from pipelines.codes.records import CountryRow, InstitutionRow, RegionRow, SiteRow

HOST_KIND = "host"


def institution_of(site: Site) -> str:
    """Return the institution of `site`; of an unlisted one its own id, which stands for its host."""
    return site.institution or site.id


def country_row(registry: Registry) -> CountryRow:
    """Return the registry's country."""
    country = registry.country
    return CountryRow(
        country_id=country.id,
        iso3=country.iso3,
        name_ky=country.name.get("ky", ""),
        name_ru=country.name.get("ru", ""),
        name_en=country.name.get("en", ""),
        time_zone=country.time_zone,
        currency=country.currency,
        languages=country.languages,
    )


def region_row(region: Region, country_id: str) -> RegionRow:
    """Return a region of the registry."""
    return RegionRow(
        region_id=region.id,
        country_id=country_id,
        name_ky=region.name.get("ky", ""),
        name_ru=region.name.get("ru", ""),
        name_en=region.name.get("en", ""),
        tile_column=region.tile.column,
        tile_row=region.tile.row,
        source=region.source,
    )


def institution_row(institution: Institution, country_id: str) -> InstitutionRow:
    """Return a public body of the registry."""
    return InstitutionRow(
        institution_id=institution.id,
        country_id=country_id,
        kind=institution.kind,
        name_ky=institution.name.get("ky", ""),
        name_ru=institution.name.get("ru", ""),
        name_en=institution.name.get("en", ""),
        region_id=institution.region,
        source=institution.source,
    )


def site_row(site: Site, country_id: str) -> SiteRow:
    """Return a site of the registry, with the host of its first seed, else of the first place it keeps to."""
    seed = site.seeds[0] if site.seeds else f"https://{site.stay_under[0]}"
    address = parse_address(seed)
    return SiteRow(
        site_id=site.id,
        country_id=country_id,
        institution_id=institution_of(site),
        state=site.state.value,
        is_joint_portal=site.is_joint_portal,
        host=address.host_port if address else site.stay_under[0],
        seed_url=seed,
        languages=site.languages,
        min_pages=site.expect.pages.min,
        max_pages=site.expect.pages.max,
        min_services=site.expect.services.min,
        max_services=site.expect.services.max,
        source=site.source,
        is_listed=site.state is not SiteState.UNLISTED,
    )


def unlisted_rows(data: Path, source: str) -> Iterator[tuple[InstitutionRow, SiteRow]]:
    """Yield every site that has captures under `data` as one that no registry lists: its host owns it.

    Raises:
        CaptureError: a site's captures cannot be read.
    """
    folders = {folder.name: folder for folder in sorted(data.glob("captures/*/*")) if folder.is_dir()}
    for site_id, folder in sorted(folders.items()):
        first = _first_capture(folder)
        if first:
            yield _host_rows(site_id, first["country_id"], first["url"], source)


def _host_rows(site_id: str, country_id: str, url: str, source: str) -> tuple[InstitutionRow, SiteRow]:
    address = parse_address(url)
    host = address.host_port if address else url
    institution = InstitutionRow(
        institution_id=site_id,
        country_id=country_id,
        kind=HOST_KIND,
        name_ky=host,
        name_ru=host,
        name_en=host,
        region_id=None,
        source=source,
    )
    site = SiteRow(
        site_id=site_id,
        country_id=country_id,
        institution_id=site_id,
        state=SiteState.UNLISTED.value,
        is_joint_portal=False,
        host=host,
        seed_url=f"{address.scheme}://{host}/" if address else url,
        languages=(),
        min_pages=None,
        max_pages=None,
        min_services=None,
        max_services=None,
        source=source,
        is_listed=False,
    )
    return institution, site


def _first_capture(folder: Path) -> dict[str, Any] | None:
    path = folder / CAPTURES_FILE
    if not path.exists():
        return None
    try:
        with pq.ParquetFile(path) as file:
            batch = next(file.iter_batches(batch_size=1, columns=["country_id", "url"]), None)
    except (OSError, ValueError) as failure:  # Arrow's own errors are ValueErrors
        raise CaptureError(f"{path}: cannot be read ({failure}); expected captures in Parquet") from failure
    return dict(batch.to_pylist()[0]) if batch is not None and batch.num_rows else None
