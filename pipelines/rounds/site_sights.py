"""Keep what pages show of their site: the same words in the same role once, however many pages say them."""

from collections.abc import Iterable

from pipelines.records import Finding, PageRow
from pipelines.rounds.seen import Seen, finding_on

_Words = tuple[str, str, str]  # indicator, region, quote


class SiteSights:
    """The findings of indicators of a site, gathered page by page."""

    def __init__(self) -> None:
        """Begin with none."""
        self._kept: dict[_Words, Finding] = {}

    def add(self, row: PageRow, shown: Iterable[Seen]) -> None:
        """Keep what the page of `row` shows, unless a nearer one to the front page says the same."""
        for seen in shown:
            indicator, quote, _, _, region, _ = seen
            words = (indicator, region, quote)
            known = self._kept.get(words)
            if known is None:
                self._kept[words] = finding_on(row, seen)
            elif _nearness(row.url) <= _nearness(known.page_url):  # else there is no need to make it
                self._kept[words] = min(known, finding_on(row, seen), key=_order)

    def findings(self) -> list[Finding]:
        """Return what was kept, in a settled order."""
        return [self._kept[words] for words in sorted(self._kept)]


def _nearness(address: str) -> tuple[int, str]:
    return len(address), address


def _order(finding: Finding) -> tuple[int, str, str]:
    return *_nearness(finding.page_url), finding.finding_id
