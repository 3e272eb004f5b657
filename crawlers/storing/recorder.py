"""Keep all that comes of one site's visit: WARC records, and a journal with one capture a line.

Both have left this process before the next request goes out, so a crawl that is killed loses at most the
request that was under way. The journal becomes `captures.parquet` when the visit ends. A recorder that goes
on where another one was killed hands out that one's answers first, and records none of them again.
"""

import hashlib
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Self

from crawlers.captures import Capture, RenderMode
from crawlers.network.answers import Answer, Failure
from crawlers.network.sniff import sniff
from crawlers.storing.answer_records import request_record, response_record
from crawlers.storing.appended import Appended
from crawlers.storing.bodies import record_at
from crawlers.storing.journal import JOURNAL_FILE, Entry, journal_line
from crawlers.storing.memory import Memory, answer_of
from crawlers.storing.revisits import joined
from crawlers.storing.warc import Place, Record, WarcWriter, new_record_id
from crawlers.visiting.attempts import Attempt


@dataclass(frozen=True, slots=True, kw_only=True)
class Whose:
    """Whose captures are being written."""

    country_id: str
    round_id: str
    site_id: str


def capture_id(whose: Whose, record: str) -> str:
    """Return the id of a capture: the same record in the same round and site, the same id.

    `record` is the WARC record's id, or where there is none the capture's number on the site.
    """
    text = f"{whose.round_id}\n{whose.site_id}\n{record}"
    return hashlib.sha256(text.encode()).hexdigest()[:20]


class Recorder:
    """Writes the captures of one site into its folder."""

    def __init__(self, folder: Path, whose: Whose, info: str, memory: Memory | None = None) -> None:
        """Write into `folder`, which exists; `info` stands in each WARC file's first record.

        `memory` is what was recorded there before; without it the folder is empty.
        """
        self._folder, self._whose = folder, whose
        self._memory = memory or Memory(folder)
        self._recalled: Capture | None = None
        self._warc = WarcWriter(folder, whose.site_id, info, sums=self._memory.sums)
        self._journal = Appended(folder / JOURNAL_FILE)
        self.count = self._memory.count
        self.counts = self._memory.counts

    def __enter__(self) -> Self:
        """Return the recorder, to be closed at the end."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close all files."""
        self._warc.close()
        self._journal.close()

    def recall(self, url: str) -> Answer | Failure | None:
        """Return what came of asking for `url` before this process began, once; None: it is to be asked for.

        Raises:
            CaptureError: its record cannot be read.
        """
        self._recalled = self._memory.take(url, was_asked=True)
        return answer_of(self._folder, self._recalled) if self._recalled else None

    def recall_version(self, url: str) -> bytes | None:
        """Return the page that scripts made of `url` before this process began; None where there is none.

        Raises:
            CaptureError: its record cannot be read.
        """
        version = self._memory.version(url)
        return record_at(self._folder, version).reader.read() if version else None

    @property
    def has_more(self) -> bool:
        """Whether there is more to recall."""
        return self._memory.has_more

    def record(self, attempt: Attempt) -> Capture:
        """Keep one attempt, unless it was kept before this process began; return its capture.

        Raises:
            OSError: the disk is full or broken; then nothing of the attempt is kept.
        """
        known = self._known(attempt)
        if known:
            return known
        end = self._warc.end
        try:
            return self._keep(attempt)
        except OSError:
            self._warc.back_to(end)
            raise

    def _known(self, attempt: Attempt) -> Capture | None:
        """The capture that was made of this attempt before this process began."""
        if attempt.answer is None:
            return self._memory.take(attempt.wanted.url, was_asked=False)
        known, self._recalled = self._recalled, None
        return known if known and known.url == attempt.wanted.url else None

    def _keep(self, attempt: Attempt) -> Capture:
        answer = attempt.answer
        place = self._write_answer(answer) if isinstance(answer, Answer) else None
        capture = capture_of(attempt, place, self._whose, self.count)
        return self._note(capture, was_asked=answer is not None)

    def record_version(self, capture: Capture, record: Record) -> Capture:
        """Keep another version of a capture's page, which `record` holds; return its own capture.

        Raises:
            OSError: the disk is full or broken; then nothing of it is kept.
        """
        end = self._warc.end
        try:
            place = self._warc.write(record)
            return self._note(version_of(capture, record, place, self._whose, self.count), was_asked=False)
        except OSError:
            self._warc.back_to(end)
            raise

    def _note(self, capture: Capture, *, was_asked: bool) -> Capture:
        end = self._warc.end[1] if capture.warc_file and self._warc.end else None
        self._journal.append(journal_line(Entry(capture=capture, was_asked=was_asked, warc_end=end)))
        self.count += 1
        self.counts.add(capture)
        return capture

    def _write_answer(self, answer: Answer) -> Place:
        """Write request and response, which name each other."""
        response_id = new_record_id()
        place = self._warc.write(response_record(answer), response_id)
        self._warc.write(request_record(answer, response_id))
        return place


def capture_of(attempt: Attempt, place: Place | None, whose: Whose, seq: int) -> Capture:
    """Return the capture of an attempt, whose answer (if any) lies at `place`."""
    answer = attempt.answer
    got = answer if isinstance(answer, Answer) else None
    asked_at = answer.asked.asked_at if answer else datetime.now(UTC)
    content_type = got.header("Content-Type") if got else None
    if attempt.passed_by:
        asked_at = attempt.passed_by.seen_at
    capture = Capture(
        capture_id=capture_id(whose, place.warc_record_id if place else str(seq)),
        country_id=whose.country_id,
        round_id=whose.round_id,
        site_id=whose.site_id,
        seq=seq,
        url=attempt.wanted.url,
        referrer_url=attempt.wanted.referrer_url,
        link_text=attempt.wanted.link_text,
        depth=attempt.wanted.depth,
        source="web",
        captured_at=in_milliseconds(asked_at),
        outcome=attempt.outcome,
        outcome_detail=attempt.detail,
        http_status=got.status if got else None,
        content_type=content_type,
        media_type=None if attempt.repeats else sniff(attempt.body, content_type),
        byte_count=len(attempt.body),
        wire_byte_count=len(got.body) if got else None,
        body_sha256=hashlib.sha256(attempt.body).hexdigest() if got and not got.repeats else None,
        etag=got.header("ETag") if got else None,
        last_modified=got.header("Last-Modified") if got else None,
        redirect_url=attempt.redirect_url,
        robots_rule=attempt.robots_rule,
        delay_seconds=attempt.delay_seconds,
        elapsed_seconds=answer.elapsed_seconds if answer else 0.0,
        tls_fault=answer.tls_fault if answer else None,
        ip_address=got.ip_address if got else None,
        warc_file=place.warc_file if place else None,
        warc_offset=place.warc_offset if place else None,
        warc_length=place.warc_length if place else None,
        warc_record_id=place.warc_record_id if place else None,
        revisit_of=None,
    )
    return joined(capture, attempt.repeats) if attempt.repeats else capture


def version_of(capture: Capture, record: Record, place: Place, whose: Whose, seq: int) -> Capture:
    """Return the capture of another version of a captured page, which lies at `place`."""
    return replace(
        capture,
        capture_id=capture_id(whose, place.warc_record_id),
        seq=seq,
        captured_at=in_milliseconds(record.written_at),
        content_type=record.content_type,
        media_type=sniff(record.block, record.content_type),
        byte_count=len(record.block),
        body_sha256=hashlib.sha256(record.block).hexdigest(),
        etag=None,
        last_modified=None,
        warc_file=place.warc_file,
        warc_offset=place.warc_offset,
        warc_length=place.warc_length,
        warc_record_id=place.warc_record_id,
        render_mode=RenderMode.RENDERED,
    )


def in_milliseconds(moment: datetime) -> datetime:
    """Return a moment as exactly as `captures.parquet` keeps it."""
    return moment.replace(microsecond=moment.microsecond // 1000 * 1000)
