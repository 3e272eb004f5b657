"""What is still to be asked for on one site, each page once, most promising first.

A link's promise is told by itself (`scoring`), and by what pages at addresses of its form gave so far on
this site (`learning`). Memory stays bounded: addresses are known by 64-bit digests (of two that share one
by chance, once in some billions, the second is never asked for); when too many wait, the worst fall out.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from crawlers.politeness.decisions import Rule
from crawlers.visiting.address_forms import family_of
from crawlers.visiting.canonical import file_type, frontier_rules, key_of
from crawlers.visiting.learning import Learning
from crawlers.visiting.scoring import Region, points_of, scoring
from crawlers.visiting.waiting import WaitingLines

_FIRST, _LAST = 1e6, -1e6  # points of seeds, and of what failed before
_KEPT_SHARE = 0.75  # of what waits, when it is too much


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
    region: Region = Region.MAIN  # where the link stands
    page_promise: float = 0.0  # how much the page that it stands on looks like one of a service, 0 to 1


class Frontier:
    """A queue of addresses that hands out each once."""

    def __init__(self, earlier: Mapping[str, float] | None = None) -> None:
        """Begin with nothing seen; `earlier` tells what earlier rounds found at an address, from 0 to 1."""
        self.on_drop: Callable[[Wanted, Rule], None] = lambda *_: None  # hears of what falls out
        self._learning = Learning()
        self._waiting = WaitingLines[Wanted](self._learning.bonus_of)
        self._earlier = earlier or {}
        self._seen: set[int] = set()
        self._spellings: set[int] = set()
        self._families: set[int] = set()

    def __len__(self) -> int:
        """How many addresses wait."""
        return len(self._waiting)

    def add(self, wanted: Wanted) -> Rule | None:
        """Put an address into the queue unless it came before; return the rule against it, if one is."""
        if self.has_seen(wanted.url):
            return None
        if len(self._seen) >= scoring().max_known:
            return Rule.PAGE_LIMIT
        self.see(wanted.url)
        if file_type(wanted.url) in frontier_rules().never_fetched_types:
            return Rule.FILE_TYPE
        self.put_back(wanted)
        return None

    def is_new_spelling(self, url: str) -> bool:
        """Whether this very spelling of an address never came before: most links of a page did."""
        if self.has_spelling(url):
            return False
        if len(self._spellings) < scoring().max_known:
            self._spellings.add(hash(url))
        return True

    def has_spelling(self, url: str) -> bool:
        """Whether this very spelling of an address came before."""
        digest = hash(url)
        return digest in self._seen or digest in self._spellings

    def put_back(self, wanted: Wanted) -> None:
        """Put an address into the queue that was seen before: to try again, or after a redirect."""
        self._waiting.push(self._learning.form_of(wanted.url), self._points(wanted), wanted)
        if len(self._waiting) > scoring().max_waiting:
            for dropped in self._waiting.drop_worst(int(scoring().max_waiting * _KEPT_SHARE)):
                self.on_drop(dropped, Rule.PAGE_LIMIT)

    def has_seen(self, url: str) -> bool:
        """Whether a canonical address was in the queue before."""
        return hash(key_of(url)) in self._seen

    def see(self, url: str) -> None:
        """Note a canonical address as seen without putting it into the queue."""
        digest = hash(key_of(url))
        self._seen.add(digest)
        self._spellings.discard(digest)

    def take(self) -> Wanted | None:
        """Return the most promising address and forget it; None when all is done."""
        while wanted := self._waiting.pop():
            rule = self._learning.rule_against(wanted.url)
            if rule is None or wanted.is_seed or wanted.attempts:
                return wanted
            self.on_drop(wanted, rule)
        return None

    def learn(self, wanted: Wanted, promise: float, *, repeats: bool = False) -> None:
        """Note how much the page that `wanted` gave looks like one of a service, from 0 to 1.

        `repeats`: whether it only repeats a page seen before.
        """
        for form in self._learning.learn(wanted.url, wanted.referrer_url, promise, repeats=repeats):
            self._waiting.move(form)

    def drop_all(self) -> None:
        """Let all that still waits fall out, as no more is asked for."""
        while wanted := self._waiting.pop():
            self.on_drop(wanted, Rule.PAGE_LIMIT)

    def _points(self, wanted: Wanted) -> float:
        if wanted.attempts:
            return _LAST
        if wanted.is_seed:
            return _FIRST
        is_version = self._is_version(wanted.url) and not wanted.hops  # a redirect asks for no second page
        return points_of(wanted, is_version=is_version, earlier=self._earlier.get(wanted.url, 0.0))

    def _is_version(self, url: str) -> bool:
        """Whether the same page was seen under another address; notes this one."""
        family = family_of(url)
        plain = (f"http://{family}", f"https://{family}")  # are known by `_seen` already
        digest = hash(family)
        is_version = digest in self._families or any(self.has_seen(other) for other in plain if other != url)
        if url not in plain:
            self._families.add(digest)
        return is_version
