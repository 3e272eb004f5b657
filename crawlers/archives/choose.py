"""Choose the copies that stand for a round: of each page the one made nearest to it, promising pages first.

A round is a month; its date is the middle of that month. A copy from outside the month counts too, if it is
at most some days away; `captured_at` always says when it was made. A copy of a passing failure (an
overloaded server) gives way to a copy of the page.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from crawlers.archives.rows import Row
from crawlers.network.addresses import Address, parse_address
from crawlers.outcomes import about, outcome_of_status
from crawlers.visiting.canonical import canonical_url
from crawlers.visiting.frontier import Frontier, Wanted


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """The time whose copies may stand for a round."""

    first: datetime  # UTC, included
    last: datetime  # UTC, included
    middle: datetime

    def holds(self, moment: datetime) -> bool:
        """Whether a copy of this moment may stand for the round."""
        return self.first <= moment <= self.last


def window_of(round_id: str, tolerance_days: int) -> Window:
    """Return the window of a round (YYYY-MM) that lets copies be up to `tolerance_days` off its month."""
    year, month = map(int, round_id.split("-"))
    begin = datetime(year, month, 1, tzinfo=UTC)
    end = datetime(year + month // 12, month % 12 + 1, 1, tzinfo=UTC)
    off = timedelta(days=tolerance_days)
    # Indexes tell seconds, and their `to` is included.
    last = end + off - timedelta(seconds=1)
    return Window(first=begin - off, last=last, middle=begin + (end - begin) / 2)


def nearest(rows: Iterable[Row], window: Window, owns: Callable[[Address], bool]) -> dict[str, Row]:
    """Return, for each page that `owns` knows as the site's, the copy that is best for the window."""
    best: dict[str, Row] = {}
    for row in rows:
        address = parse_address(row.url)
        page = canonical_url(row.url)
        if page is None or address is None or not window.holds(row.moment) or not owns(address):
            continue
        if page not in best or _distance(row, window) < _distance(best[page], window):
            best[page] = row
    return best


def most_promising(copies: dict[str, Row], seeds: Iterable[str], limit: int) -> list[Row]:
    """Return at most `limit` of the copies, in the order in which a visit would ask for them."""
    frontier = Frontier()
    known_seeds = {canonical_url(seed) for seed in seeds}
    for page in sorted(copies):
        depth = page.rstrip("/").count("/") - 2  # folders: the nearest thing to links followed
        frontier.add(Wanted(url=page, depth=depth, is_seed=page in known_seeds))
    chosen: list[Row] = []
    while len(chosen) < limit and (wanted := frontier.take()):
        chosen.append(copies[wanted.url])
    return chosen


def _distance(row: Row, window: Window) -> tuple[bool, timedelta, str]:
    """The smaller, the better; the address decides between spellings of one page copied at one moment."""
    is_passing = row.status is not None and about(outcome_of_status(row.status)).can_retry
    return is_passing, abs(row.moment - window.middle), row.url
