"""The frozen rows of code tables that stand beside the services: openness, promises, sources, our accuracy.

As in `code_records`: every class begins with "Row of codes_<table>", and its fields are the columns of
`data/core/codes/<table>/all.parquet`, in order.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class OpennessSubjectRow:
    """Row of codes_openness_subjects: what openness and participation ask. Key: subject_id. File: all."""

    subject_id: str
    part: str  # participation | openness
    name_ky: str
    name_ru: str
    name_en: str
    definition_ky: str
    definition_ru: str
    definition_en: str
    advice_ky: str  # what a site's owner can do to have it
    advice_ru: str
    advice_en: str
    limit_ky: str  # what a page cannot show of it
    limit_ru: str
    limit_en: str
    indicator_ids: tuple[str, ...]  # any of which shows it, as well as findings under its own id
    how_seen_ky: str
    how_seen_ru: str
    how_seen_en: str
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OgpMemberRow:
    """Row of codes_ogp_members: a state that joined the Open Government Partnership. Key: iso3. File: all."""

    iso3: str
    joined: str  # YYYY-MM or YYYY, as far as the source says
    is_cohort_date: bool  # True: the month of its cohort; its letter of intent may be older
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OgpPlanRow:
    """Row of codes_ogp_plans: a national action plan of a member. Key: iso3, first_year. File: all."""

    iso3: str
    first_year: int
    last_year: int
    commitment_count: int
    note_ky: str
    note_ru: str
    note_en: str
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OgpCommitmentRow:
    """Row of codes_ogp_commitments: what a member promised. Key: commitment_id. File: all."""

    commitment_id: str  # the Partnership's own, as KG0001
    iso3: str
    first_year: int  # of its plan
    subject_id: str | None  # the subject of openness that it speaks of
    name_ky: str
    name_ru: str
    name_en: str
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AccuracyRow:
    """Row of codes_accuracy: how well labelled pages are judged. Key: judge, measure, scope, subject.

    File: all.
    """

    judge: str  # baskych | hand_set_points | keywords | bag_of_words | second_reader
    measure: str  # kind_accuracy, stage_kappa, f1, precision…
    scope: str  # all | language | script | country | indicator | confidence
    subject: str  # which language, indicator…; empty for all
    value: float
    low: float | None  # bootstrap 95 % interval
    high: float | None
    support: int | None  # pages that the figure rests on; of quotes, the quotes
    bar: float | None  # what the value must reach; None: nothing is asked
    is_met: bool | None
    rubric_version: str


@dataclass(frozen=True, slots=True, kw_only=True)
class IndicatorSourceRow:
    """Row of codes_indicator_sources: an indicator of the literature, and what shows it. Key: source_id.

    File: all.
    """

    source_id: str
    survey: str
    year: str  # or years, as the source has them
    place: str  # address or title
    wording: str
    shown_by: str | None  # indicator or subject; None where nothing shows it
    reason_id: str | None  # why nothing does
    reason_ky: str | None
    reason_ru: str | None
    reason_en: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfusionRow:
    """Row of codes_confusions: labelled pages of one label that were given one answer.

    Key: scope, subject, label, answer. File: all.
    """

    scope: str  # kind | stage | indicator
    subject: str  # which indicator; empty for kind and stage
    label: str  # a kind; 1 to 4 or none; of an indicator: present or absent
    answer: str  # in the same words
    page_count: int
    rubric_version: str
