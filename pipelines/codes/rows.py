"""Write what judging knows as rows: stages, indicators, outcomes, the UN's figures, life events, COFOG."""

import csv
from collections.abc import Iterator
from importlib.resources import files

from crawlers.outcomes import Outcome, about
from pipelines.codes.records import (
    CofogRow,
    EgdiRow,
    IndexWeightRow,
    IndicatorRow,
    LifeEventRow,
    OutcomeRow,
    RubricRow,
    StageRow,
)
from pipelines.judging.expertise import Knowledge
from pipelines.services.service_words import ServiceWords

_COMMENT = "#"


def stage_rows(knowledge: Knowledge) -> Iterator[StageRow]:
    """Yield the four stages."""
    for stage in knowledge.stages:
        yield StageRow(
            stage=stage.stage,
            name_ky=stage.name.ky,
            name_ru=stage.name.ru,
            name_en=stage.name.en,
            definition_ky=stage.definition.ky,
            definition_ru=stage.definition.ru,
            definition_en=stage.definition.en,
            source=stage.source,
        )


def index_weight_rows(knowledge: Knowledge) -> Iterator[IndexWeightRow]:
    """Yield the eight weights of the index."""
    for part, shares in sorted(knowledge.index.weights.items()):
        for stage, weight in sorted(shares.items()):
            yield IndexWeightRow(part=part, stage=stage, weight=weight)


def rubric_rows(knowledge: Knowledge) -> Iterator[RubricRow]:
    """Yield the rubric that judges, and whose it is."""
    by = knowledge.index.by
    yield RubricRow(
        rubric_version=knowledge.rubric.version, by_name=by.name, by_url=by.url, is_ours=by.is_ours
    )


def indicator_rows(knowledge: Knowledge) -> Iterator[IndicatorRow]:
    """Yield all indicators, those of pages first."""
    for indicator in (*knowledge.indicators, *knowledge.site_indicators):
        yield IndicatorRow(
            indicator_id=indicator.id,
            stage=indicator.stage,
            level=indicator.level,
            name_ky=indicator.name.ky,
            name_ru=indicator.name.ru,
            name_en=indicator.name.en,
            definition_ky=indicator.definition.ky,
            definition_ru=indicator.definition.ru,
            definition_en=indicator.definition.en,
            advice_ky=indicator.advice.ky,
            advice_ru=indicator.advice.ru,
            advice_en=indicator.advice.en,
            how_seen_ky=indicator.how_seen.ky,
            how_seen_ru=indicator.how_seen.ru,
            how_seen_en=indicator.how_seen.en,
            source=indicator.source,
        )


def outcome_rows() -> Iterator[OutcomeRow]:
    """Yield every way in which a request can end."""
    for outcome in Outcome:
        known = about(outcome)
        yield OutcomeRow(
            outcome=outcome.value,
            fault=known.fault.value,
            can_retry=known.can_retry,
            is_observation=outcome.is_observation,
            label_ky=known.label.ky,
            label_ru=known.label.ru,
            label_en=known.label.en,
            advice_ky=known.advice.ky,
            advice_ru=known.advice.ru,
            advice_en=known.advice.en,
        )


def egdi_rows() -> Iterator[EgdiRow]:
    """Yield the UN's figures, with the source that heads their file."""
    text = (files("pipelines") / "knowledge" / "egdi.csv").read_text(encoding="utf-8")
    lines = text.splitlines()
    source = lines[0].lstrip(f"{_COMMENT} ").removeprefix("Source: ")
    for row in csv.DictReader(line for line in lines if not line.startswith(_COMMENT)):
        yield EgdiRow(
            survey_year=int(row["survey_year"]),
            iso3=row["iso3"],
            egdi_rank=int(row["egdi_rank"]) if row["egdi_rank"] else None,
            egdi=_index(row["egdi"]),
            osi=_index(row["osi"]),
            tii=_index(row["tii"]),
            hci=_index(row["hci"]),
            epi=_index(row["epi"]),
            source=source,
        )


def _index(written: str) -> float | None:
    return float(written) if written else None


def life_event_rows(words: ServiceWords) -> Iterator[LifeEventRow]:
    """Yield the life events."""
    for event in words.life_events.life_events:
        yield LifeEventRow(
            life_event_id=event.id,
            audience=event.audience,
            name_ky=event.name["ky"],
            name_ru=event.name["ru"],
            name_en=event.name["en"],
            source=words.life_events.source,
        )


def cofog_rows(words: ServiceWords) -> Iterator[CofogRow]:
    """Yield the functions of government."""
    for division in words.cofog.divisions:
        yield CofogRow(
            cofog_division=division.id,
            name_ky=division.name["ky"],
            name_ru=division.name["ru"],
            name_en=division.name["en"],
            source=words.cofog.source,
        )
