"""What stands beside the tiny country's services: subjects of openness, promises, and figures of accuracy."""

from pipelines.codes.openness import (
    AccuracyRow,
    OgpCommitmentRow,
    OgpMemberRow,
    OgpPlanRow,
    OpennessSubjectRow,
)

_SOURCE = "https://partnership.example/"


def subject(subject_id: str, part: str, indicator_ids: tuple[str, ...]) -> OpennessSubjectRow:
    """Return a subject that any of `indicator_ids` shows."""
    words = {
        f"{field}_{language}": f"{subject_id} {field} ({language})"
        for field in ("name", "definition", "advice", "limit")
        for language in ("ky", "ru", "en")
    }
    return OpennessSubjectRow(
        subject_id=subject_id,
        part=part,
        indicator_ids=indicator_ids,
        how_seen="by its words",
        source="OGP",
        **words,
    )


def figure(measure: str, value: float, scope: str = "all", subject_id: str = "", **other: str) -> AccuracyRow:
    """Return a figure of accuracy, with an interval of a tenth around it."""
    return AccuracyRow(
        judge=other.get("judge", "baskych"),
        measure=measure,
        scope=scope,
        subject=subject_id,
        value=value,
        low=value - 0.05,
        high=min(1.0, value + 0.05),
        support=40,
        bar=0.8 if scope == "all" and "judge" not in other else None,
        is_met=value >= 0.8 if scope == "all" and "judge" not in other else None,
        rubric_version="1",
    )


SUBJECTS = [
    subject("citizen-feedback", "participation", ("feedback-form",)),
    subject("budget-information", "openness", ()),
]
MEMBER = OgpMemberRow(iso3="KGZ", joined="2017-11", is_cohort_date=False, source=_SOURCE)
PLAN = OgpPlanRow(
    iso3="KGZ",
    first_year=2018,
    last_year=2020,
    commitment_count=18,
    note_ky="Беш жылдык эмес",
    note_ru="Не пятилетка",
    note_en="No plan of five years",
    source=_SOURCE,
)
COMMITMENT = OgpCommitmentRow(
    commitment_id="KG0001",
    iso3="KGZ",
    first_year=2018,
    subject_id="budget-information",
    name_ky="Ачык бюджет",
    name_ru="Открытый бюджет",
    name_en="Open budget",
    source=_SOURCE,
)
ACCURACY = [
    figure("kind_accuracy", 0.89),
    figure("stage_kappa", 0.79),
    figure("kind_accuracy", 0.55, judge="keyword_counts"),
    figure("kind_accuracy", 0.93, judge="second_reader"),
    figure("feature_f1", 0.9, "language", "ky"),
    figure("f1", 0.88, "indicator", "fee"),
    figure("precision", 0.9, "indicator", "fee"),
    figure("recall", 0.86, "indicator", "fee"),
    figure("confidence_said", 0.85, "confidence", "0.8-0.9"),
    figure("share_right", 0.82, "confidence", "0.8-0.9"),
]
