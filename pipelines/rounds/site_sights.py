"""Keep what pages show of their site: the same words in the same role once, however many pages say them."""

from collections.abc import Iterable

from pipelines.records import Finding


class SiteSights:
    """The findings of indicators of a site, gathered page by page."""

    def __init__(self) -> None:
        """Begin with none."""
        self._kept: dict[tuple[str, str, str], Finding] = {}

    def add(self, findings: Iterable[Finding]) -> None:
        """Keep each of `findings`, unless an address nearer to the front page has the same words."""
        for finding in findings:
            key = (finding.indicator_id, finding.region, finding.quote)
            self._kept[key] = min(self._kept.get(key, finding), finding, key=_nearness)

    def findings(self) -> list[Finding]:
        """Return what was kept, in a settled order."""
        return [self._kept[key] for key in sorted(self._kept)]


def _nearness(finding: Finding) -> tuple[int, str, str]:
    return len(finding.page_url), finding.page_url, finding.finding_id
