"""Name the code tables that are the same for every country, each with its rows."""

from collections.abc import Iterable, Iterator
from typing import Any

from pipelines.codes.indicator_sources import load_indicator_sources, source_rows
from pipelines.codes.ogp import commitment_rows, member_rows, plan_rows
from pipelines.codes.openness import (
    AccuracyRow,
    ConfusionRow,
    IndicatorSourceRow,
    OgpCommitmentRow,
    OgpMemberRow,
    OgpPlanRow,
    OpennessSubjectRow,
)
from pipelines.codes.politeness import RuleRow, rule_rows
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
from pipelines.codes.rows import (
    cofog_rows,
    egdi_rows,
    index_weight_rows,
    indicator_rows,
    life_event_rows,
    outcome_rows,
    rubric_rows,
    stage_rows,
)
from pipelines.judging.expertise import Knowledge
from pipelines.measuring.accuracy_file import known_accuracy
from pipelines.services.service_words import service_words


def common_tables(knowledge: Knowledge) -> Iterator[tuple[str, type[Any], Iterable[Any]]]:
    """Yield (table, type of its rows, its rows) for each table of `data/core/codes/<table>/all.parquet`."""
    words = service_words()
    yield "stages", StageRow, stage_rows(knowledge)
    yield "indicators", IndicatorRow, indicator_rows(knowledge)
    yield "index_weights", IndexWeightRow, index_weight_rows(knowledge)
    yield "rubrics", RubricRow, rubric_rows(knowledge)
    yield "outcomes", OutcomeRow, outcome_rows()
    yield "rules", RuleRow, rule_rows()
    yield "egdi", EgdiRow, egdi_rows()
    yield "life_events", LifeEventRow, life_event_rows(words)
    yield "cofog", CofogRow, cofog_rows(words)
    yield "openness_subjects", OpennessSubjectRow, subject_rows(knowledge)
    yield "ogp_members", OgpMemberRow, member_rows()
    yield "ogp_plans", OgpPlanRow, plan_rows()
    yield "ogp_commitments", OgpCommitmentRow, commitment_rows()
    yield "accuracy", AccuracyRow, known_accuracy().rows
    yield "confusions", ConfusionRow, known_accuracy().confusions
    yield "indicator_sources", IndicatorSourceRow, source_rows(load_indicator_sources())


def subject_rows(knowledge: Knowledge) -> Iterator[OpennessSubjectRow]:
    """Yield the subjects of openness and participation."""
    for subject in knowledge.subjects:
        yield OpennessSubjectRow(
            subject_id=subject.id,
            part=subject.part,
            name_ky=subject.name.ky,
            name_ru=subject.name.ru,
            name_en=subject.name.en,
            definition_ky=subject.definition.ky,
            definition_ru=subject.definition.ru,
            definition_en=subject.definition.en,
            advice_ky=subject.advice.ky,
            advice_ru=subject.advice.ru,
            advice_en=subject.advice.en,
            limit_ky=subject.limit.ky,
            limit_ru=subject.limit.ru,
            limit_en=subject.limit.en,
            indicator_ids=subject.indicators,
            how_seen_ky=subject.how_seen.ky,
            how_seen_ru=subject.how_seen.ru,
            how_seen_en=subject.how_seen.en,
            source=subject.source,
        )
