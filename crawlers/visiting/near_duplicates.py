"""See which pages only repeat what their site has said already, and which page said it first (case D11).

A page's own text is what is not the site's frame, which is to say on many pages. A page whose own text
has hardly a line that is new repeats the page that said most of it: its print version, its copy under
another session, the same template with another date. Dates do not count as differences.

Why lines, and not SimHash: pages of one site share a frame that outweighs what two services differ by;
SimHash needs it removed first, which takes counting lines; once they are counted, they tell the rest,
exactly, and name the page that was first. Lines are kept as 64-bit digests, so many as `traps.yml` says.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from crawlers.visiting.trap_rules import trap_rules

# Days, times and years in figures: "1.11.2026", "09:30", "2026". To begin with a figure lets it be quick.
_DATE = re.compile(
    r"[0-9](?:[0-9]{0,3}([./:-])[0-9]{1,2}(?:\1[0-9]{1,4})?|(?:(?<=\b1)9|(?<=\b2)0)[0-9][0-9]\b)"
)
_NUMBER = re.compile(r"[^\w]*[0-9]+[^\w]*")  # that stands alone in its line, as the days of a calendar do
_REMEMBERED = 8192  # lines whose digest is known: a site's frame is on each of its pages
_LONG = 500  # characters; longer lines are hardly ever said twice
_BASE = 8  # of the number kept with a line: a line on seven pages is on that many or more


@dataclass(frozen=True, slots=True, kw_only=True)
class Repeat:
    """A page that repeats another."""

    original_url: str
    nth: int  # how many pages repeat that one, with this

    @property
    def is_followed(self) -> bool:
        """Whether its links are still worth following."""
        return self.nth <= trap_rules().followed_repeats


@dataclass(slots=True)
class SaidBefore:
    """What the pages of one site have said."""

    _lines: dict[int, int] = field(
        default_factory=dict
    )  # digest -> first page and on how many, in one number
    _urls: list[str] = field(default_factory=list)
    _repeats: Counter[int] = field(default_factory=Counter)

    def listen(self, url: str, lines: Iterable[str]) -> Repeat | None:
        """Remember what the page at `url` says; return the page that it only repeats, None if it is new.

        A page without any words (a mere signpost to another) says nothing that another could have said.
        """
        lines = [line for line in lines if line]
        if not lines:
            return None
        rules, number = trap_rules(), len(self._urls)
        self._urls.append(url)
        new, said = 0, Counter[int]()
        for first, length in self._own_lines(lines, number):
            if first == number:
                new += length
            else:
                said[first] += length
        if number == 0 or (new >= rules.own_characters and new > rules.new_share * (new + said.total())):
            return None
        original = said.most_common(1)[0][0] if said else 0
        self._repeats[original] += 1
        return Repeat(original_url=self._urls[original], nth=self._repeats[original])

    def _own_lines(self, lines: Iterable[str], number: int) -> Iterator[tuple[int, int]]:
        """For each line that is not the site's frame: the page that said it first, and its length."""
        rules = trap_rules()
        once = number * _BASE + 1  # one object for all lines that are new with this page
        for digest, length in {digest_of(line): len(line) for line in lines}.items():
            first, pages = divmod(self._lines.get(digest, number * _BASE), _BASE)
            if pages < rules.boilerplate_pages:
                yield first, length
            if pages or len(self._lines) < rules.max_lines:
                self._lines[digest] = first * _BASE + min(pages + 1, _BASE - 1) if pages else once


def digest_of(line: str) -> int:
    """Return a digest of one line; the same for lines that differ by dates in figures only."""
    return _digest(line) if len(line) > _LONG else _known_digest(line)


def _digest(line: str) -> int:
    return hash("0" if _NUMBER.fullmatch(line) else _DATE.sub("0", line))


_known_digest = lru_cache(_REMEMBERED)(_digest)
