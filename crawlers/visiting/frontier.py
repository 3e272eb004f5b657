"""What is still to be asked for on one site, each page once, most promising first.

Which words promise a service is in `frontier.yml`.
"""

import heapq
import re
from dataclasses import dataclass
from functools import cache

from crawlers.politeness.decisions import Rule
from crawlers.visiting.canonical import file_type, frontier_rules


@cache
def _cues() -> re.Pattern[str]:
    words = (word for words in frontier_rules().cues.values() for word in words)
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

    def add(self, wanted: Wanted) -> Rule | None:
        """Put an address into the queue unless it came before; return the rule against it, if one is."""
        if wanted.url in self._seen:
            return None
        self._seen.add(wanted.url)
        if file_type(wanted.url) in frontier_rules().never_fetched_types:
            return Rule.FILE_TYPE
        self.put_back(wanted)
        return None

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
    if file_type(wanted.url) in frontier_rules().document_types:
        return 2 if _cues().search(words) else 3
    return 1 if _cues().search(words) else 2
