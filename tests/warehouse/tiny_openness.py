"""What stands beside the tiny country's services: subjects of openness, promises, and figures of accuracy."""

from pipelines.codes.openness import (
    AccuracyRow,
    ConfusionRow,
    IndicatorSourceRow,
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
        for field in ("name", "definition", "advice", "limit", "how_seen")
        for language in ("ky", "ru", "en")
    }
    return OpennessSubjectRow(
        subject_id=subject_id,
        part=part,
        indicator_ids=indicator_ids,
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


def confusion(scope: str, label: str, answer: str, pages: int, subject_id: str = "") -> ConfusionRow:
    """Return how many pages of a label were given an answer."""
    return ConfusionRow(
        scope=scope, subject=subject_id, label=label, answer=answer, page_count=pages, rubric_version="1"
    )


CONFUSIONS = [
    confusion("kind", "service", "service", 30),
    confusion("kind", "service", "news", 7),
    confusion("stage", "3", "3", 21),
    confusion("stage", "none", "2", 4),
    confusion("indicator", "present", "present", 17, "fee"),
    confusion("indicator", "present", "absent", 5, "fee"),
]
ACCURACY = [
    figure("kind_accuracy", 0.89),
    figure("stage_kappa", 0.79),
    figure("kind_accuracy", 0.55, judge="keyword_counts"),
    figure("kind_accuracy", 0.93, judge="second_reader"),
    figure("feature_f1", 0.9, "language", "ky"),
    figure("feature_f1", 0.8, "language", "bg"),
    figure("feature_f1", 0.7, "country", "RS"),
    figure("calibration_error", 0.03),
    figure("f1", 0.88, "indicator", "fee"),
    figure("precision", 0.9, "indicator", "fee"),
    figure("recall", 0.86, "indicator", "fee"),
    figure("confidence_said", 0.85, "confidence", "0.8-0.9"),
    figure("share_right", 0.82, "confidence", "0.8-0.9"),
]


def source(number: int, shown_by: str | None) -> IndicatorSourceRow:
    """Return a row of the literature, shown by something or by nothing."""
    why = None if shown_by else "Inside an account"
    return IndicatorSourceRow(
        source_id=f"UN-{number}",
        survey="Survey of the UN",
        year="2024",
        place="https://survey.example/",
        wording=f"What row {number} asks",
        shown_by=shown_by,
        reason_id=None if shown_by else "needs-login",
        reason_ky=why and f"{why} (ky)",
        reason_ru=why and f"{why} (ru)",
        reason_en=why and f"{why} (en)",
    )


SOURCES = [source(1, "news"), source(2, "budget-information"), source(3, "fee"), source(4, None)]
