"""The indicators of the literature: each is shown by one of ours, or it is said why nothing shows it."""

from collections.abc import Iterator
from typing import Self

from pydantic import model_validator

from pipelines.codes.openness import IndicatorSourceRow
from pipelines.judging.expertise import Wording
from pipelines.pages.html_rules import load_yaml
from pipelines.strict import Strict


class Survey(Strict):
    """Where rows come from; the rows' ids begin with its id."""

    id: str
    title: str
    year: str
    place: str


class Reason(Strict):
    """Why nothing shows a row."""

    id: str
    wording: Wording


class Source(Strict):
    """One indicator of the literature."""

    id: str
    asks: str
    seen_by: str | None = None  # id of an indicator or subject
    not_seen: str | None = None  # id of a reason

    @model_validator(mode="after")
    def _says_one_thing(self) -> Self:
        if (self.seen_by is None) == (self.not_seen is None):
            raise ValueError(f"{self.id}: expected either seen_by or not_seen")
        return self


class IndicatorSources(Strict):
    """Everything in `indicator_sources.yml`."""

    surveys: tuple[Survey, ...]
    reasons: tuple[Reason, ...]
    rows: tuple[Source, ...]


def load_indicator_sources() -> IndicatorSources:
    """Return the sources, which ship with the package.

    Raises:
        pydantic.ValidationError: a key is unknown, missing, or not what it should be.
    """
    return IndicatorSources.model_validate(load_yaml("indicator_sources.yml"))


def source_rows(sources: IndicatorSources) -> Iterator[IndicatorSourceRow]:
    """Yield the rows of the literature, in the order of the file.

    Raises:
        KeyError: a row names a survey or reason that the file does not have.
    """
    surveys = {survey.id: survey for survey in sources.surveys}
    reasons = {reason.id: reason.wording for reason in sources.reasons}
    for row in sources.rows:
        survey = surveys[row.id.partition("-")[0]]
        why = reasons[row.not_seen] if row.not_seen else None
        yield IndicatorSourceRow(
            source_id=row.id,
            survey=survey.title,
            year=survey.year,
            place=survey.place,
            wording=row.asks,
            shown_by=row.seen_by,
            reason_id=row.not_seen,
            reason_ky=why.ky if why else None,
            reason_ru=why.ru if why else None,
            reason_en=why.en if why else None,
        )
