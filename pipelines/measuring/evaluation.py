"""The figures that say how well labelled pages are judged."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum, unique

from pipelines.measuring.answers import Clue
from pipelines.measuring.scores import Bin


@unique
class Mode(StrEnum):
    """By which weights pages were judged."""

    CROSS_VALIDATED = "cross_validated"  # fitted on other sites of the same file
    AS_SHIPPED = "as_shipped"  # those that ship with Baskych


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """A figure with its bootstrap 95 % interval; None where it rests on nothing."""

    value: float | None
    low: float | None
    high: float | None
    support: int  # pages that it rests on


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """The main figures of one set of answers."""

    name: str
    page_count: int
    kind_accuracy: Measure
    kind_macro_f1: Measure  # over the kinds that the labels have
    service_f1: Measure  # service-like kinds against the rest
    stage_accuracy: Measure  # where both label and answer have a stage
    stage_macro_f1: Measure
    stage_kappa: Measure  # quadratic weights
    staged_found: Measure  # share of pages with a stage that got one
    staged_invented: Measure  # share of pages without a stage that got one
    feature_f1: Measure  # micro, on completely seen pages
    calibration_error: Measure


@dataclass(frozen=True, slots=True, kw_only=True)
class IndicatorFigures:
    """How well one indicator is seen, on completely seen pages."""

    precision: Measure  # of the pages that are said to have it
    recall: Measure  # of the pages that have it
    f1: Measure  # its support is the pages that have it
    hits: int
    false_alarms: int
    misses: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One cell of a confusion matrix; those without pages are left out."""

    label: str
    answer: str
    pages: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Mistake:
    """A page judged wrongly, with what misled."""

    page_id: str
    site: str
    confidence: float
    kind_label: str
    kind_answer: str
    kind_clues: tuple[Clue, ...]  # none where the kind is right
    stage_label: int | None
    stage_answer: int | None
    stage_clues: tuple[Clue, ...]  # none where the stage is right, or nothing was found to prove one
    missed: tuple[str, ...]  # indicators that the page has and we did not see
    invented: tuple[Clue, ...]  # indicators that we saw and the page has not


@dataclass(frozen=True, slots=True, kw_only=True)
class Evaluation:
    """How well pages are judged, against labels."""

    mode: Mode
    fitted_on: str  # what the weights in use were fitted on
    rubric_version: str
    site_count: int
    fold_count: int  # 0 where nothing was fitted
    ours: Summary
    plain: Summary  # hand-set points only, nothing fitted
    baselines: tuple[Summary, ...]
    second_reader: Mapping[str, float]  # what a second careful reading reached
    indicators: Mapping[str, IndicatorFigures]
    languages: Mapping[str, Summary]
    countries: Mapping[str, Summary]
    scripts: Mapping[str, Summary]  # Cyrillic, other
    kinds: tuple[str, ...]  # all classes of the confusion matrices, in order
    stages: tuple[str, ...]
    kind_confusion: tuple[Cell, ...]
    stage_confusion: tuple[Cell, ...]
    reliability: tuple[Bin, ...]
    mistake_count: int
    mistakes: tuple[Mistake, ...]  # the worst first, not all
    quote_count: int
    quotes_found_again: int
