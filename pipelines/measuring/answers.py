"""Labelled pages, what we answer about them, and the figures that say how well."""

from collections.abc import Mapping
from dataclasses import dataclass

from pipelines.measuring.scores import Bin, Counts
from pipelines.records import Finding


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """One labelled page, as `gold.jsonl` has it."""

    page_id: str
    file: str
    url: str | None
    kind: str
    stage: int | None
    features: frozenset[str]
    language: str
    country: str
    site: str
    is_complete: bool  # False: the rater saw the page without its middle; its features may be missing
    is_cyrillic: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What was judged of one labelled page, by weights that never saw its site."""

    label: Label
    kind: str
    stage: int | None
    features: frozenset[str]
    confidence: float  # that the stage, or that there is none, is right
    findings: tuple[Finding, ...] = ()
    quotes_lost: int = 0  # quotes that are not where their finding says


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """A figure with its bootstrap 95 % interval."""

    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """The main figures of one set of answers."""

    name: str
    page_count: int
    kind_accuracy: Measure
    kind_macro_f1: Measure
    service_f1: Measure  # service-like kinds against the rest
    stage_accuracy: Measure  # where both label and answer have a stage
    stage_macro_f1: Measure
    stage_kappa: Measure  # quadratic weights
    staged_found: Measure  # share of pages with a stage that got one
    staged_invented: Measure  # share of pages without a stage that got one
    feature_f1: Measure  # micro, on completely seen pages
    calibration_error: float
    supports: Mapping[str, int]  # by measure: how many pages it rests on; 0 says that it says nothing


@dataclass(frozen=True, slots=True, kw_only=True)
class Mistake:
    """A page judged wrongly, with the words that misled."""

    page_id: str
    site: str
    what: str  # kind or stage
    label: str
    answer: str
    confidence: float
    evidence: tuple[tuple[str, str], ...]  # (indicator, quote)


@dataclass(frozen=True, slots=True, kw_only=True)
class Evaluation:
    """How well pages are judged, against labels."""

    rubric_version: str
    fold_count: int
    ours: Summary
    plain: Summary  # hand-set points only, nothing fitted
    baselines: tuple[Summary, ...]
    second_reader: Mapping[str, float]  # what a second careful reading reached
    indicators: Mapping[str, Counts]
    languages: Mapping[str, Summary]
    countries: Mapping[str, Summary]
    scripts: Mapping[str, Summary]  # Cyrillic, other
    kind_confusion: Mapping[tuple[str, str], int]  # (label, answer) -> pages
    stage_confusion: Mapping[tuple[str, str], int]
    reliability: tuple[Bin, ...]
    mistakes: tuple[Mistake, ...]
    quote_count: int
    quotes_found_again: int
