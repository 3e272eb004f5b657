"""What an earlier process of the same visit recorded, handed out once more, address by address.

A visit is a function of the answers that it gets: given the same answers it comes to the same place. So a
visit that goes on begins anew and is first answered from its own journal, without waiting or asking.
Only where each line begins is kept in memory.
"""

from collections import deque
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path

from crawlers.captures import ERRAND_DEPTH, Capture, RenderMode
from crawlers.captures_io import original_of
from crawlers.errors import CaptureError
from crawlers.network.answers import Answer, Asked, Failure, Original
from crawlers.policy import policy
from crawlers.reports import Counts
from crawlers.storing.bodies import record_at
from crawlers.storing.journal import JOURNAL_FILE, Line, entry_at, lines
from crawlers.storing.originals import opened
from crawlers.storing.sums import Sums

_Key = tuple[str, bool]  # address, whether it was asked for


class Memory:
    """What a folder's journal holds, of which nothing was handed out yet."""

    def __init__(self, folder: Path, sums: Mapping[str, Sums] | None = None) -> None:
        """Remember the journal in `folder`, which is whole; `sums` are those of its WARC files.

        Raises:
            CaptureError: it is not whole.
        """
        self.folder, self.sums = folder, dict(sums or {})
        self.counts = Counts()
        self.count = 0  # of captures
        self._begins: dict[_Key, deque[int]] = {}
        self._versions: dict[str, int] = {}  # of pages that were rendered
        for line in lines(folder):
            self._note(line)

    @property
    def has_more(self) -> bool:
        """Whether anything was not handed out yet."""
        return bool(self._begins)

    def version(self, url: str) -> Capture | None:
        """Return the capture of what scripts made of an address, if it was rendered."""
        begin = self._versions.get(url)
        return self._at(begin) if begin is not None else None

    def _at(self, begin: int) -> Capture:
        with (self.folder / JOURNAL_FILE).open("rb") as journal:
            return entry_at(journal, begin).capture

    def _note(self, line: Line) -> None:
        capture = line.entry.capture
        self.counts.add(capture)
        self.count = capture.seq + 1
        if capture.render_mode is RenderMode.RENDERED:
            self._versions[capture.url] = line.begin
        elif capture.depth != ERRAND_DEPTH and not _is_stale_robots(capture):
            self._begins.setdefault((capture.url, line.entry.was_asked), deque()).append(line.begin)

    def take(self, url: str, *, was_asked: bool) -> Capture | None:
        """Return the earliest capture of an address that was not handed out yet, if there is one."""
        begins = self._begins.get((url, was_asked))
        if not begins:
            return None
        begin = begins.popleft()
        if not begins:
            del self._begins[url, was_asked]
        return self._at(begin)


def answer_of(folder: Path, capture: Capture) -> Answer | Failure:
    """Return the answer that `capture`, whose files lie in `folder`, was made of.

    Raises:
        CaptureError: its record cannot be read, or is not as our recorder writes it.
    """
    if capture.warc_file is None:
        asked = Asked(url=capture.url, asked_at=capture.captured_at, header=b"")
        detail = capture.outcome_detail or ""
        return Failure(
            asked=asked, elapsed_seconds=capture.elapsed_seconds, outcome=capture.outcome, detail=detail
        )
    record = record_at(folder, capture)
    head, found, body = record.reader.read().partition(b"\r\n\r\n")
    if not found or capture.http_status is None:
        raise CaptureError(f"{folder / capture.warc_file}, byte {capture.warc_offset}: no HTTP answer")
    cut = record.headers.get("WARC-Truncated") if capture.revisit_of is None else None
    fields = (line.partition(": ") for line in head.decode("latin-1").split("\r\n")[1:])
    return Answer(
        asked=Asked(url=capture.url, asked_at=record.record_date or capture.captured_at, header=b""),
        elapsed_seconds=capture.elapsed_seconds,
        status=capture.http_status,
        headers=tuple((name, value) for name, _, value in fields),
        body=body,
        ip_address=capture.ip_address,
        tls_fault=capture.tls_fault,
        is_cut=cut == "disconnect",
        is_over_limit=cut == "length",
        repeats=_repeated(folder, capture),
    )


def _repeated(folder: Path, capture: Capture) -> Original | None:
    """What a capture repeats, which an earlier round of its site has.

    Raises:
        CaptureError: it has not, any more.
    """
    if capture.revisit_of is None:
        return None
    place, original = original_of(folder.with_name(folder.name.removesuffix(".part")), capture)
    found = opened(place, original, original.captured_at)
    if found is None:
        raise CaptureError(f"{place}: the body that {capture.capture_id} repeats is not whole any more")
    return found


def _is_stale_robots(capture: Capture) -> bool:
    """Whether this is a robots.txt that may no longer be relied on (RFC 9309, section 2.4)."""
    age = datetime.now(UTC) - capture.captured_at
    return capture.depth < 0 and age > timedelta(seconds=policy().robots_max_age_seconds)
