"""Give a page one address: without fragment, session ids and advertising tags, which name a visit.

Which those are is in `frontier.yml`, beside what else is known of links before they are followed.
"""

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Annotated

import ada_url
from pydantic import AfterValidator

from crawlers.errors import CrawlersError
from crawlers.network.addresses import parse_address
from crawlers.registry.fields import Strict
from crawlers.strict_yaml import load_model


def _regular_expression(text: str) -> str:
    re.compile(text)
    return text


RegularExpression = Annotated[str, AfterValidator(_regular_expression)]


class FrontierRules(Strict):
    """The whole of `frontier.yml`."""

    dropped_parameters: tuple[RegularExpression, ...]
    dropped_path_parts: tuple[RegularExpression, ...]
    never_fetched_types: frozenset[str]
    document_types: frozenset[str]
    cues: Mapping[str, tuple[str, ...]]


@cache
def frontier_rules() -> FrontierRules:
    """Return the rules that ship with the crawler."""
    return load_model(Path(__file__).with_name("frontier.yml"), FrontierRules, CrawlersError)


@cache
def _dropped_parameters() -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{part})" for part in frontier_rules().dropped_parameters), re.IGNORECASE)


@cache
def _dropped_path_parts() -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{part})" for part in frontier_rules().dropped_path_parts), re.IGNORECASE)


def canonical_url(url: str) -> str | None:
    """Return the one form of an http or https address; None for anything else.

    Applying it again changes nothing.
    """
    address = parse_address(url)
    if address is None:
        return None
    parsed = ada_url.URL(address.url)
    parsed.pathname = _dropped_path_parts().sub("", parsed.pathname)
    kept = [
        part for part in parsed.search[1:].split("&") if part and not _dropped_parameters().fullmatch(part)
    ]
    parsed.search = "&".join(sorted(kept, key=_name) if len(kept) > 1 else kept)
    return parsed.href


def _name(parameter: str) -> str:
    return parameter.partition("=")[0]


def file_type(url: str) -> str:
    """Return the ending of an address's last path part, lower-case, without its dot; empty if none."""
    path = ada_url.URL(url).pathname
    name, dot, ending = path.rpartition("/")[2].rpartition(".")
    return ending.lower() if dot and name else ""
