"""See which addresses of a site are of one form, and which are one page under several addresses.

`/ru/news/17` and `/ky/news/18` are of the form `/*/news/#`; `/ru/news/17` and `/ky/news/17` are of one
page. What is learned of one form's pages helps to choose among those not yet seen.
"""

import re
from functools import cache, lru_cache
from pathlib import Path
from typing import Annotated

from pydantic import Field

from crawlers.errors import CrawlersError
from crawlers.registry.fields import Strict
from crawlers.strict_yaml import load_model

_DIGITS = re.compile(r"\d+")
_SCHEME_AND_WWW = re.compile(r"https?://(?:www\d*\.)?")


class AddressRules(Strict):
    """The whole of `address_forms.yml`."""

    language_codes: frozenset[str]
    language_parameters: frozenset[str]
    language_places: Annotated[int, Field(ge=0)]
    longest_word: Annotated[int, Field(gt=0)]
    most_hyphens: Annotated[int, Field(ge=0)]


@cache
def address_rules() -> AddressRules:
    """Return the rules that ship with the crawler."""
    return load_model(Path(__file__).with_name("address_forms.yml"), AddressRules, CrawlersError)


def family_of(url: str) -> str:
    """Return what all addresses of one page have in common, whatever its language.

    Left out are scheme, `www.`, a language in path or parameters, case, and a last slash: servers
    mostly give the same page, but only asking tells, so such addresses are asked for last, not never.
    """
    rest, _, query = _SCHEME_AND_WWW.sub("", url, count=1).lower().partition("?")
    host, *parts = rest.split("/")
    path = "/".join([host, *_without_language(parts)]).rstrip("/")
    kept = [pair for pair in query.split("&") if pair and not _is_language(pair)]
    return f"{path}?{'&'.join(kept)}" if kept else path


@lru_cache(maxsize=4096)
def form_of(url: str) -> str:
    """Return the form of an address: its numbers and the names of single pages left out."""
    rest, _, query = url.partition("//")[2].partition("?")
    host, *parts = rest.split("/")
    kept = _without_language(parts)
    last = len(kept) - 1
    path = "/".join(_general(part, is_last=index == last) for index, part in enumerate(kept))
    pairs = sorted(_general_pair(pair) for pair in query.split("&") if pair and not _is_language(pair))
    return f"{host}/{path}?{'&'.join(pairs)}" if pairs else f"{host}/{path}"


def _without_language(parts: list[str]) -> list[str]:
    """The parts of a path but for one that names a language near the beginning."""
    codes = address_rules().language_codes
    for index, part in enumerate(parts[: address_rules().language_places]):
        if part.lower() in codes or (
            len(part) == len("ru-ru") and part[:2].lower() in codes and part[2] in "-_"
        ):
            return parts[:index] + parts[index + 1 :]
    return parts


def _is_language(pair: str) -> bool:
    name, _, value = pair.partition("=")
    rules = address_rules()
    return (
        name.lower() in rules.language_parameters and value.lower()[:3].rstrip("-_") in rules.language_codes
    )


def _general(part: str, *, is_last: bool) -> str:
    """A part of a path without what names one page: numbers, and the last part unless it has a number."""
    name, dot, ending = part.rpartition(".")
    if not dot or not name:
        name, ending = part, ""
    general = _DIGITS.sub("#", name)
    if _is_name_of_one(general) or (is_last and general and "#" not in general and not dot):
        general = "*"
    return f"{general}{dot}{ending}" if dot else general


def _general_pair(pair: str) -> str:
    name, _, value = pair.partition("=")
    general = _DIGITS.sub("#", value)
    return f"{name}={'*' if '%' in value or _is_name_of_one(general) else general}"


def _is_name_of_one(general: str) -> bool:
    rules = address_rules()
    return len(general) > rules.longest_word or general.count("-") + general.count("_") > rules.most_hyphens
