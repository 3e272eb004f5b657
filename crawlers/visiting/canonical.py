"""Give a page one address: without fragment, session ids and advertising tags, which name a visit.

Which those are is in `frontier.yml`, beside what else is known of links before they are followed.
"""

import re
import unicodedata
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from urllib.parse import quote, unquote

import ada_url

from crawlers.errors import CrawlersError
from crawlers.network.addresses import parse_address
from crawlers.registry.fields import RegularExpression, Strict
from crawlers.strict_yaml import load_model


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


_ESCAPE = re.compile(r"%([0-9a-fA-F]{2})?")
_UNRESERVED = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")


def canonical_url(url: str) -> str | None:
    """Return the one form of an http or https address; None for anything else.

    Applying it again changes nothing. Escapes are in upper case, and only where they are needed (RFC 3986,
    sections 6.2.2.1 and 6.2.2.2); parameters are in the order of their names.
    """
    address = parse_address(url)
    if address is None or not address.host:
        return None
    path = _without_dropped_parts(_least_escaped(address.path))
    kept = _kept(_least_escaped(address.query))
    plain = f"{address.scheme}://{address.host_port}{path}{'?' if kept else ''}{kept}"
    if plain == address.url:
        return plain  # as most are: nothing to drop
    parsed = ada_url.URL(address.url)
    parsed.hostname = address.host  # the root of all names may be said or not (RFC 1034, section 3.1)
    parsed.pathname = path
    parsed.search = f"?{kept}" if kept else ""
    return parsed.href


def key_of(url: str) -> str:
    """Return what a canonical address is known by: itself, but for letters with marks.

    `й` may be one character or two (Unicode's NFC and NFD). A server's files may be named either way, so an
    address is asked for as it is written, but only in one of the two (case C8).
    """
    if "%CC" not in url and "%CD" not in url:  # U+0300 to U+036F, the marks, begin so in UTF-8
        return url
    return quote(unicodedata.normalize("NFC", unquote(url)), safe=":/?#[]@!$&'()*+,;=%~")


def _without_dropped_parts(path: str) -> str:
    """A path without the pieces that name a visit; where one goes, another may come together."""
    while (kept := _dropped_path_parts().sub("", path)) != path:
        path = kept
    return path


def _kept(query: str) -> str:
    """A query without the parameters that name a visit, in the order of their names."""
    parts = [part for part in query.split("&") if part and not _dropped_parameters().fullmatch(part)]
    return "&".join(sorted(parts, key=_name) if len(parts) > 1 else parts)


def _least_escaped(text: str) -> str:
    return _ESCAPE.sub(_unescaped, text) if "%" in text else text


def _unescaped(match: re.Match[str]) -> str:
    if match[1] is None:
        return "%25"  # a sign by itself, which would else make an escape of what follows
    character = chr(int(match[1], 16))
    return character if character in _UNRESERVED else match[0].upper()


def _name(parameter: str) -> str:
    return parameter.partition("=")[0]


def file_type(url: str) -> str:
    """Return the ending of an address's last path part, lower-case, without its dot; empty if none."""
    address = parse_address(url)
    path = address.path if address else ada_url.URL(url).pathname
    name, dot, ending = path.rpartition("/")[2].rpartition(".")
    return ending.lower() if dot and name else ""
