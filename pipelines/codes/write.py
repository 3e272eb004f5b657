"""Write the code tables: what the ids in all other tables stand for, for people and for the warehouse.

`data/core/codes/<table>/<country_id>.parquet` holds what belongs to a country, so that several countries
stand side by side; `…/<table>/all.parquet` what is the same for all.
"""

from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import TypeVar

import structlog
from pydantic import BaseModel, ConfigDict

from crawlers.sites import Registry, known_countries, load_registry
from pipelines.codes.common import common_tables
from pipelines.codes.politeness import CrawlerSettingRow, OptOutRow, opt_out_rows, setting_rows
from pipelines.codes.records import CountryRow, InstitutionRow, RegionRow, SiteRow
from pipelines.codes.site_rows import country_row, institution_row, region_row, site_row, unlisted_rows
from pipelines.judging.expertise import Knowledge
from pipelines.pages.html_rules import load_yaml
from pipelines.records_io import write_rows

ALL = "all"
_OfCountry = TypeVar("_OfCountry", CountryRow, InstitutionRow, SiteRow)
log = structlog.get_logger()


def write_codes(registry: Registry, knowledge: Knowledge, data: Path) -> dict[str, int]:
    """Write all code tables under `data`; return how many rows each got.

    The registry's country is written, and every other country of which `data` holds captures: from its own
    registry where one is shipped, else by its sites alone. A registry without sites stands for a country
    that has none.

    Raises:
        CaptureError: a site's captures cannot be read. OSError: a file cannot be written.
    """
    countries, institutions, sites, registries = _countries(registry, data)
    counts = {
        **_by_country(data, "countries", countries, CountryRow),
        **_by_country(data, "institutions", institutions, InstitutionRow),
        **_by_country(data, "sites", sites, SiteRow),
        **_beside(data, registries),
        **{
            table: write_rows(_path(data, table, ALL), rows, row_type)
            for table, row_type, rows in common_tables(knowledge)
        },
    }
    log.info("codes_written", **counts)
    return counts


def _countries(
    registry: Registry, data: Path
) -> tuple[list[CountryRow], list[InstitutionRow], list[SiteRow], list[Registry]]:
    """The rows of all countries that `data` speaks of, and those registries that are known."""
    words = _CountryWords.model_validate(load_yaml("countries.yml"))
    found = list(unlisted_rows(data, words.unlisted_source))
    registries = {registry.country.id: registry} if registry.sites else {}
    for country_id in sorted({site.country_id for _, site in found} - registries.keys()):
        if country_id in known_countries():
            registries[country_id] = load_registry(country_id)
    listed = {site.id for each in registries.values() for site in each.sites}
    unlisted = [(body, site) for body, site in found if site.site_id not in listed]
    nameless = sorted({site.country_id for _, site in unlisted} - registries.keys())
    return (
        [*map(country_row, registries.values()), *(words.nameless(one) for one in nameless)],
        [
            *(
                institution_row(one, each.country.id)
                for each in registries.values()
                for one in each.institutions
            ),
            *(body for body, _ in unlisted),
        ],
        [
            *(site_row(one, each.country.id) for each in registries.values() for one in each.sites),
            *(site for _, site in unlisted),
        ],
        list(registries.values()),
    )


class _NoCountry(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str
    name: dict[str, str]
    time_zone: str


class _CountryWords(BaseModel):
    """Everything in `countries.yml`."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    no_country: _NoCountry
    unlisted_source: str

    def nameless(self, country_id: str) -> CountryRow:
        """A country without a registry: `zz` is none at all, another goes by its code."""
        names = self.no_country.name if country_id == self.no_country.id else {}
        code = country_id.upper()
        return CountryRow(
            country_id=country_id,
            iso3=None,
            name_ky=names.get("ky", code),
            name_ru=names.get("ru", code),
            name_en=names.get("en", code),
            time_zone=self.no_country.time_zone,
            currency=None,
            languages=(),
        )


def _by_country(
    data: Path, table: str, rows: Iterable[_OfCountry], row_type: type[_OfCountry]
) -> dict[str, int]:
    groups: dict[str, list[_OfCountry]] = defaultdict(list)
    for row in rows:
        groups[row.country_id].append(row)
    written = (write_rows(_path(data, table, country), group, row_type) for country, group in groups.items())
    return {table: sum(written)}


def _beside(data: Path, registries: Iterable[Registry]) -> dict[str, int]:
    """Write each country's regions, and how its sites are visited; also that these are no more."""
    counts = {"crawler_settings": 0, "opt_outs": 0, "regions": 0}
    for each in registries:
        settings, letters, regions = (_path(data, table, each.country.id) for table in counts)
        counts["crawler_settings"] += write_rows(settings, setting_rows(each), CrawlerSettingRow)
        counts["opt_outs"] += write_rows(letters, opt_out_rows(each), OptOutRow)
        rows = [region_row(one, each.country.id) for one in each.regions]
        counts["regions"] += write_rows(regions, rows, RegionRow)
    return counts


def _path(data: Path, table: str, part: str) -> Path:
    return data / "core" / "codes" / table / f"{part}.parquet"
