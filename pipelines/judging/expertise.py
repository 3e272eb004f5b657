"""What judging knows, as typed records: stages, indicators, kinds of pages, words, and the rubric's rules.

The records are checked at the door: an unknown key, indicator, kind or concept in the YAML is refused.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from pipelines.lexicon import Lexicon
from pipelines.strict import Strict

_ROUNDING = 1e-9  # what adding eight fractions may be off


class Wording(Strict):
    """The same thing said in the three languages."""

    ky: str
    ru: str
    en: str


Place = Literal[
    "title", "subject", "heading", "link", "inline", "button", "field", "name", "href", "url", "line", "text"
]
RegionName = Literal["header", "navigation", "main", "aside", "footer"]


class Cue(Strict):
    """One way to see something on a page: by words in a place, or by a shape such as a form's purpose."""

    words: tuple[str, ...] = ()  # concepts, any of which is said
    shape: str = ""  # or a shape, see shapes.py
    of: tuple[str, ...] = ()  # values of the shape, any of which holds
    places: tuple[Place, ...] = ("heading", "link", "button", "line", "text")
    regions: tuple[RegionName, ...] = ()  # none: anywhere
    cover: float = Field(default=0, ge=0, le=1)  # the least share of the element that must say it
    longest: int = Field(default=0, ge=0)  # characters that the element may have; 0: no limit
    at_start: bool = False  # the element must begin with it, after a number at most
    near: tuple[str, ...] = ()  # concepts, any of which must be said in the same element too
    without: tuple[str, ...] = ()  # concepts, none of which may be said in the same element
    unsaid: tuple[str, ...] = ()  # concepts, none of which may be said in the same sentence
    count: int = Field(default=1, ge=1)  # how many elements must say it
    distinct: int = Field(default=1, ge=1)  # how many of the concepts must be said
    when: tuple[str, ...] = ()  # signs, any of which the page must show
    unless: tuple[str, ...] = ()  # signs, none of which the page may show
    kinds: tuple[str, ...] = ()  # kinds, of which the page must be one; none: any
    points: float = 1

    def may_show(self, said: Mapping[str, object]) -> bool:
        """Say whether a page that says these concepts may show the cue: a cheap question, asked first."""
        return bool(self.shape) or not said.keys().isdisjoint(self.words)

    def goes_with(self, signs: frozenset[str]) -> bool:
        """Say whether the cue counts on a page with these signs."""
        return (not self.when or not signs.isdisjoint(self.when)) and signs.isdisjoint(self.unless)


class Stage(Strict):
    """One of the four stages."""

    stage: int = Field(ge=1, le=4)
    id: str
    name: Wording
    definition: Wording
    required: str  # what must be seen, in one plain sentence
    source: str


class Indicator(Strict):
    """One observable feature of online service."""

    id: str  # of no other indicator or subject
    stage: int = Field(ge=1, le=4)
    level: Literal["page", "site"]
    name: Wording
    definition: Wording
    advice: Wording  # what a web team does to meet it
    source: str
    applies_to: tuple[str, ...]  # kinds of pages; empty: all
    how_seen: Wording
    seen: tuple[Cue, ...]
    is_labelled: bool = True  # whether labelled pages say if they have it: only then can it be measured


class Subject(Strict):
    """One subject of openness or participation: shown by indicators, by cues of its own, or by both."""

    id: str  # of no indicator
    part: Literal["participation", "openness"]
    name: Wording
    definition: Wording
    advice: Wording  # what a web team does to meet it
    limit: Wording  # what a page cannot show of it
    source: str
    how_seen: Wording
    indicators: tuple[str, ...]  # any of which shows it
    seen: tuple[Cue, ...]


class Kind(Strict):
    """A kind of page."""

    id: str
    name: Wording
    definition: Wording
    has_stage: bool


class Sign(Strict):
    """Something visible that speaks for or against kinds of pages, in points per kind."""

    seen: Cue
    points: Mapping[str, float]


class Rule(Strict):
    """One rule of the rubric: when it holds, the page or service is at least at its stage."""

    id: str
    stage: int = Field(ge=1, le=4)
    kinds: tuple[str, ...]  # kinds of pages it speaks of
    all_of: tuple[str, ...] = ()  # indicators that must all be found
    any_of: tuple[str, ...] = ()  # indicators of which one must be found
    at_least: int = Field(default=1, ge=1)  # how many of any_of
    strength: Literal["direct", "any"] = "direct"
    wording: Wording

    @model_validator(mode="after")
    def _can_hold(self) -> Self:
        if self.all_of and self.any_of:
            raise ValueError(
                "all_of and any_of; expected one of the two, so that what is missing is one list"
            )
        if self.any_of and self.at_least > len(self.any_of):
            raise ValueError(f"at_least {self.at_least}; expected at most the {len(self.any_of)} of any_of")
        return self


class Reason(Strict):
    """Why there is no stage."""

    id: str
    wording: Wording


class Rubric(Strict):
    """The rules by which findings become a stage."""

    version: str
    rules: tuple[Rule, ...]
    undetermined: tuple[Reason, ...]
    sure_share: float = Field(ge=0, le=1)  # of a page's kind, for a service to be judged by its rules
    named_by: str  # the indicator that a page's own name shows, where the page shows nothing else
    staged_kinds: tuple[str, ...]
    calibration: tuple[tuple[float, float], ...] = (
        (0.0, 0.0),
        (1.0, 1.0),
    )  # raw score -> observed share of right stages


class Author(Strict):
    """Who answers for a rubric and its weights."""

    name: str = Field(min_length=1, max_length=200)
    url: str | None
    is_ours: bool  # whether they are those that ship with Baskych


Share = Annotated[float, Field(ge=0, le=1)]


class IndexRules(Strict):
    """Everything in `index.yml`: the weights of the index, and whose rules these are."""

    by: Author
    weights: Mapping[Literal["services", "indicators"], Mapping[Literal[1, 2, 3, 4], Share]]

    @model_validator(mode="after")
    def _add_up(self) -> Self:
        parts = {part: set(shares) for part, shares in self.weights.items()}
        if parts != {"services": {1, 2, 3, 4}, "indicators": {1, 2, 3, 4}}:
            raise ValueError("expected services and indicators, each with a weight for the stages 1 to 4")
        total = sum(weight for shares in self.weights.values() for weight in shares.values())
        if abs(total - 1) > _ROUNDING:
            raise ValueError(f"the eight weights add up to {total:g}; expected 1")
        return self


class Weights(Strict):
    """Fitted weights of the kind classifier: kind -> sign -> weight, and an intercept per kind."""

    fitted_on: str
    command: str
    intercepts: Mapping[str, float]
    weights: Mapping[str, Mapping[str, float]]


@dataclass(frozen=True)
class Knowledge:
    """All that judging knows."""

    stages: tuple[Stage, ...]
    indicators: tuple[Indicator, ...]
    kinds: tuple[Kind, ...]
    signs: Mapping[str, Sign]
    base: Mapping[str, float]  # points of each kind where nothing speaks
    lexicon: Lexicon
    rubric: Rubric
    least_staged_share: float  # how probable kinds with stages must be, together, for a page to be of one
    least_kind_share: float  # how probable a kind that a cue asks for must be
    weights: Weights | None
    index: IndexRules
    subjects: tuple[Subject, ...] = ()  # of openness and participation
    site_indicators: tuple[Indicator, ...] = ()  # of an institution's sites: they prove no service's stage

    @cached_property
    def indicators_by_id(self) -> dict[str, Indicator]:
        """Indicators by their id."""
        return {indicator.id: indicator for indicator in self.indicators}

    @cached_property
    def site_indicators_by_id(self) -> dict[str, Indicator]:
        """Indicators of sites by their id."""
        return {indicator.id: indicator for indicator in self.site_indicators}

    @cached_property
    def labelled_ids(self) -> frozenset[str]:
        """Ids of the indicators that labelled pages say if they have."""
        return frozenset(indicator.id for indicator in self.indicators if indicator.is_labelled)

    @cached_property
    def kinds_by_id(self) -> dict[str, Kind]:
        """Kinds by their id."""
        return {kind.id: kind for kind in self.kinds}
