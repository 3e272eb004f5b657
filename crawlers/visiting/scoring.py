"""Tell from a link what it promises, before it is asked for. Numbers and words are in `scoring.yml`."""

from collections.abc import Mapping
from enum import StrEnum, unique
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Annotated
from urllib.parse import unquote

from pydantic import Field

from crawlers.errors import CrawlersError
from crawlers.registry.fields import Strict
from crawlers.strict_yaml import load_model
from crawlers.visiting.canonical import file_type, frontier_rules
from crawlers.visiting.words import Words

if TYPE_CHECKING:
    from crawlers.visiting.frontier import Wanted

_SERVICE, _OTHER = "service", "other"


@unique
class Region(StrEnum):
    """Which part of a page a link stands in."""

    MAIN = "main"
    NAVIGATION = "navigation"
    FOOTER = "footer"
    PAGER = "pager"
    VERSION = "version"  # said to be the same page in another language


class Points(Strict):
    """What each sign of a link is worth."""

    service_in_text: float
    service_in_address: float
    other_in_text: float
    other_in_address: float
    linked_from: float
    depth: float
    document: float
    version: float
    earlier: float
    learned: float


class PagePromise(Strict):
    """What each sign of a page is worth."""

    title: float
    other_title: float
    form: float
    fact: float


class RegionRule(Strict):
    """What a link in one region is worth, and how that region is found."""

    points: float
    selectors: Annotated[tuple[str, ...], Field(min_length=1)]


class ScoringRules(Strict):
    """The whole of `scoring.yml`."""

    points: Points
    regions: Mapping[Region, RegionRule]
    usual_pages: Annotated[float, Field(gt=0)]
    usual_share: Annotated[float, Field(ge=0, le=1)]
    leading: Annotated[float, Field(ge=0, le=1)]
    promise: PagePromise
    form_fields: Annotated[int, Field(gt=0)]
    max_waiting: Annotated[int, Field(gt=0)]
    max_known: Annotated[int, Field(gt=0)]
    max_forms: Annotated[int, Field(gt=0)]
    other_cues: Mapping[str, tuple[str, ...]]
    facts: Mapping[str, tuple[str, ...]]


@cache
def scoring() -> ScoringRules:
    """Return the rules that ship with the crawler."""
    return load_model(Path(__file__).with_name("scoring.yml"), ScoringRules, CrawlersError)


@cache
def _cues() -> Words:
    promising = [word for words in frontier_rules().cues.values() for word in words]
    others = [word for words in scoring().other_cues.values() for word in words]
    return Words({_SERVICE: promising, _OTHER: others})


def cues_in(text: str) -> tuple[bool, bool]:
    """Return whether words of `text` promise a service, and whether they promise something else."""
    found = _cues().concepts_in(text)
    return _SERVICE in found, _OTHER in found


def points_of(wanted: "Wanted", *, is_version: bool, earlier: float) -> float:
    """Return what a link promises by itself: the more, the sooner.

    `is_version`: whether the page was linked to before, under another address. `earlier`: what earlier
    rounds found there, from 0 to 1.
    """
    worth = scoring().points
    points = worth.depth * wanted.depth + worth.earlier * earlier + _worth_of_words(wanted)
    if is_version:
        points += worth.version
    if wanted.region is not Region.MAIN:
        points += scoring().regions[wanted.region].points
    else:
        points += worth.linked_from * wanted.page_promise
    if file_type(wanted.url) in frontier_rules().document_types:
        points += worth.document
    return points


def _worth_of_words(wanted: "Wanted") -> float:
    worth = scoring().points
    path = wanted.url.partition("//")[2].partition("/")[2]  # a host's name says nothing of one page
    in_address = cues_in(unquote(path) if "%" in path else path)
    in_text = cues_in(wanted.link_text) if wanted.link_text else (False, False)
    return (
        worth.service_in_address * in_address[0]
        + worth.other_in_address * in_address[1]
        + worth.service_in_text * in_text[0]
        + worth.other_in_text * in_text[1]
    )
