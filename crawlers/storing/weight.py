"""How heavily a round weighed on its sites: what was asked, what was spared, and the bytes that came."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from fastwarc.warc import ArchiveIterator, WarcRecordType

from crawlers.captures_io import read_captures
from crawlers.outcomes import Outcome

_ANSWERS = WarcRecordType.response | WarcRecordType.revisit


@dataclass(frozen=True, slots=True, kw_only=True)
class Weight:
    """What sites had to bear."""

    asked: int = 0  # requests that went out, whatever came of them
    not_modified: int = 0  # of these, answered without a body, because nothing had changed
    passed_by: int = 0  # pages that were known and not asked for
    bytes_received: int = 0  # header fields and bodies, as they came over the wire

    @property
    def spared(self) -> float:
        """The share of the pages looked for that were answered without a body or not asked for at all."""
        return (self.not_modified + self.passed_by) / max(1, self.asked + self.passed_by)

    def __add__(self, other: Self) -> "Weight":
        """Return what both had to bear."""
        return Weight(
            asked=self.asked + other.asked,
            not_modified=self.not_modified + other.not_modified,
            passed_by=self.passed_by + other.passed_by,
            bytes_received=self.bytes_received + other.bytes_received,
        )


def weight_of(folders: Iterable[Path]) -> Weight:
    """Return how heavily the captures in `folders` weighed on their sites.

    Raises:
        CaptureError: the captures of a site cannot be read.
    """
    return sum(map(_of_site, folders), Weight())


def _of_site(folder: Path) -> Weight:
    captures = [capture for capture in read_captures(folder) if capture.source == "web"]
    return Weight(
        asked=sum(_was_sent(capture.outcome) for capture in captures),
        not_modified=sum(capture.http_status == 304 for capture in captures),  # noqa: PLR2004 - HTTP's "not modified"
        passed_by=sum(capture.outcome is Outcome.NOT_DUE for capture in captures),
        bytes_received=sum(map(_bytes_in, folder.glob("*.warc.gz"))),
    )


def _was_sent(outcome: Outcome) -> bool:
    return outcome not in {Outcome.NOT_DUE, Outcome.ROBOTS_DISALLOWED, Outcome.POLICY_REFUSED}


def _bytes_in(path: Path) -> int:
    with path.open("rb") as file:
        answers = ArchiveIterator(file, record_types=_ANSWERS, parse_http=False)
        return sum(record.content_length for record in answers)
