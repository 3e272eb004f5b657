"""What is still to be asked for on one site, each page once, most promising first.

Pages are told apart by their canonical address: without fragment, session ids and advertising tags.
Which those are, and which words promise a service, is in `frontier.yml`.
"""

import heapq
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Annotated

import ada_url
from pydantic import AfterValidator

from crawlers.addresses import parse_address
from crawlers.errors import CrawlersError
from crawlers.site_fields import Strict
from crawlers.strict_yaml import load_model


def _regular_expression(text: str) -> str:
    re.compile(text)
    return text


_Pattern = Annotated[str, AfterValidator(_regular_expression)]


class _Knowledge(Strict):
    """The whole of `frontier.yml`."""

    dropped_parameters: tuple[_Pattern, ...]
    dropped_path_parts: tuple[_Pattern, ...]
    never_fetched_types: frozenset[str]
    document_types: frozenset[str]
    cues: Mapping[str, tuple[str, ...]]


@cache
def _knowledge() -> _Knowledge:
    return load_model(Path(__file__).with_name("frontier.yml"), _Knowledge, CrawlersError)


@cache
def _dropped_parameters() -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{part})" for part in _knowledge().dropped_parameters), re.IGNORECASE)


@cache
def _dropped_path_parts() -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{part})" for part in _knowledge().dropped_path_parts), re.IGNORECASE)


@cache
def _cues() -> re.Pattern[str]:
    words = (word for words in _knowledge().cues.values() for word in words)
    return re.compile("|".join(map(re.escape, words)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """One address to ask for, and how we came to it."""

    url: str  # canonical
    depth: int  # links followed from a seed
    referrer_url: str | None = None
    link_text: str | None = None
    hops: int = 0  # redirects followed to here
    attempts: int = 0  # times asked already
    is_seed: bool = False


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
    parsed.search = "&".join(kept)
    return parsed.href


def file_type(url: str) -> str:
    """Return the ending of an address's last path part, lower-case, without its dot; empty if none."""
    path = ada_url.URL(url).pathname
    name, dot, ending = path.rpartition("/")[2].rpartition(".")
    return ending.lower() if dot and name else ""


class Frontier:
    """A queue of addresses that hands out each once."""

    def __init__(self) -> None:
        """Begin with nothing seen."""
        self._queue: list[tuple[int, int, int, Wanted]] = []
        self._seen: set[str] = set()
        self._spellings: set[str] = set()
        self._count = 0

    def __len__(self) -> int:
        """How many addresses wait."""
        return len(self._queue)

    def add(self, wanted: Wanted) -> bool:
        """Put an address into the queue unless it was there before; return whether it is new."""
        if wanted.url in self._seen or file_type(wanted.url) in _knowledge().never_fetched_types:
            return False
        self._seen.add(wanted.url)
        self.put_back(wanted)
        return True

    def is_new_spelling(self, url: str) -> bool:
        """Whether this very spelling of an address never came before: most links of a page did."""
        count = len(self._spellings)
        self._spellings.add(url)
        return len(self._spellings) > count

    def put_back(self, wanted: Wanted) -> None:
        """Put an address into the queue that was seen before: to try again, or after a redirect."""
        self._count += 1
        heapq.heappush(self._queue, (_rank(wanted), wanted.depth, self._count, wanted))

    def has_seen(self, url: str) -> bool:
        """Whether a canonical address was in the queue before."""
        return url in self._seen

    def see(self, url: str) -> None:
        """Note a canonical address as seen without putting it into the queue."""
        self._seen.add(url)

    def take(self) -> Wanted | None:
        """Return the most promising address and forget it; None when all is done."""
        return heapq.heappop(self._queue)[3] if self._queue else None


def _rank(wanted: Wanted) -> int:
    """The lower, the sooner: seeds, what promises a service, pages, documents, what failed before."""
    if wanted.attempts:
        return 4
    if wanted.is_seed:
        return 0
    words = f"{wanted.url} {wanted.link_text or ''}".lower()
    if file_type(wanted.url) in _knowledge().document_types:
        return 2 if _cues().search(words) else 3
    return 1 if _cues().search(words) else 2
