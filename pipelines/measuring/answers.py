"""Labelled pages, and what we answer about them."""

from dataclasses import dataclass

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
class Clue:
    """What spoke for an answer: a sign or an indicator, and the words that show it."""

    name: str
    quote: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What was judged of one labelled page."""

    label: Label
    kind: str
    stage: int | None
    features: frozenset[str]
    confidence: float  # that the stage, or that there is none, is right
    findings: tuple[Finding, ...] = ()
    quotes_lost: int = 0  # quotes that are not where their finding says
    kind_clues: tuple[Clue, ...] = ()  # where the kind is wrong: what spoke for it against the label's
    stage_clues: tuple[Clue, ...] = ()  # where the stage is wrong: what proves it
