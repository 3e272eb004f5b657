"""The frozen rows of the code tables: what the ids in all other tables stand for.

Every class here begins with "Row of codes_<table>" and is written by `codes.write_codes` to
`data/core/codes/<table>/<country_id>.parquet`, or to `…/<table>/all.parquet` where the codes are the same
for every country; its fields are that file's columns, in order.
`name_ky`, `name_ru`, `name_en` and their like may be empty text, never missing: an empty one means that
nobody has written that name down yet.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class CountryRow:
    """Row of codes_countries: a country whose sites are looked at. Key: country_id. File: by country."""

    country_id: str  # lower-case ISO 3166-1 alpha-2; sample; zz
    iso3: str | None  # ISO 3166-1 alpha-3; None for the sample republic and for no country
    name_ky: str
    name_ru: str
    name_en: str
    time_zone: str  # IANA name
    currency: str | None  # ISO 4217
    languages: tuple[str, ...]  # ISO 639-1, the country's own order


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexWeightRow:
    """Row of codes_index_weights: one of the eight shares of the index. Key: part, stage."""

    part: str  # services, indicators
    stage: int
    weight: float  # 0 to 1; the eight add up to 1


@dataclass(frozen=True, slots=True, kw_only=True)
class RubricRow:
    """Row of codes_rubrics: the rubric by which all verdicts were judged. Key: rubric_version."""

    rubric_version: str
    by_name: str  # who answers for the rubric and the weights of the index
    by_url: str | None
    is_ours: bool  # whether both are those that ship with Baskych


@dataclass(frozen=True, slots=True, kw_only=True)
class RegionRow:
    """Row of codes_regions: a first-level part of a country. Key: country_id, region_id. File: by country."""

    region_id: str  # lower-case ISO 3166-2, where it has a code
    country_id: str
    name_ky: str
    name_ru: str
    name_en: str
    tile_column: int  # of its square on a map, from the west, 0 first
    tile_row: int  # from the north, 0 first
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class InstitutionRow:
    """Row of codes_institutions: a public body. Key: country_id, institution_id. File: by country."""

    institution_id: str
    country_id: str
    kind: str  # ministry, agency, region…; host: known only by an unlisted site's host
    name_ky: str
    name_ru: str
    name_en: str
    region_id: str | None  # None: of the whole country
    source: str  # where the name was found


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteRow:
    """Row of codes_sites: a host, or one path of one, of one institution. Key: site_id. File: by country."""

    site_id: str
    country_id: str
    institution_id: str
    state: str  # live | lapsed | merged | historical | unlisted
    is_joint_portal: bool
    host: str  # with its port where it has one
    seed_url: str
    languages: tuple[str, ...]
    min_pages: int | None  # expectations of the registry; None: none
    max_pages: int | None
    min_services: int | None
    max_services: int | None
    source: str
    is_listed: bool  # False: met in an archive, not in the registry


@dataclass(frozen=True, slots=True, kw_only=True)
class StageRow:
    """Row of codes_stages: a stage of the UN model. Key: stage. File: all."""

    stage: int  # 1 to 4
    name_ky: str
    name_ru: str
    name_en: str
    definition_ky: str
    definition_ru: str
    definition_en: str
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class IndicatorRow:
    """Row of codes_indicators: an observable feature of online service. Key: indicator_id. File: all."""

    indicator_id: str
    stage: int  # the stage it evidences
    level: str  # of what it is asked: page | site | country
    name_ky: str
    name_ru: str
    name_en: str
    definition_ky: str
    definition_ru: str
    definition_en: str
    advice_ky: str  # what a site's owner can do to have it
    advice_ru: str
    advice_en: str
    how_seen_ky: str
    how_seen_ru: str
    how_seen_en: str
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OutcomeRow:
    """Row of codes_outcomes: a way in which a request can end. Key: outcome. File: all."""

    outcome: str
    fault: str  # nobody | site | network | us
    can_retry: bool
    is_observation: bool  # only these can prove or disprove anything
    label_ky: str
    label_ru: str
    label_en: str
    advice_ky: str
    advice_ru: str
    advice_en: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EgdiRow:
    """Row of codes_egdi: the UN's figures for a country and year. Key: survey_year, iso3. File: all."""

    survey_year: int
    iso3: str
    egdi_rank: int | None
    egdi: float | None  # 0 to 1, as all the indices here
    osi: float | None
    tii: float | None
    hci: float | None
    epi: float | None
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LifeEventRow:
    """Row of codes_life_events: an event for which people and businesses need services. Key: life_event_id.

    File: all.
    """

    life_event_id: str
    audience: str  # citizen | business
    name_ky: str
    name_ru: str
    name_en: str
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CofogRow:
    """Row of codes_cofog: a function of government (UN COFOG division). Key: cofog_division. File: all."""

    cofog_division: str  # 01 to 10
    name_ky: str
    name_ru: str
    name_en: str
    source: str
