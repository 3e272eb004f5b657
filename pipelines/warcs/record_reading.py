"""Read one record of a web archive: the page in it, and what that page shows by itself."""

from dataclasses import dataclass, replace

from crawlers.archives.warc_list import ListedWarc
from crawlers.captures import Capture
from crawlers.outcomes import Outcome
from pipelines.judge import judge_page
from pipelines.judging.expertise import Knowledge
from pipelines.pages.documents import DocumentReader
from pipelines.rounds.kept_form import packed
from pipelines.rounds.kept_readings import reading_key
from pipelines.rounds.page_reading import ReadCapture, read_capture
from pipelines.rounds.seen import seen_in
from pipelines.rounds.understand_rules import understand_rules
from pipelines.services.summary import SiteContext
from pipelines.warcs.file_records import SiteRecord, capture_of_record
from pipelines.warcs.file_rows import RecordRow, Sight

_REVISIT = "revisit"


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordReader:
    """What it takes to read the records of one site in one WARC file."""

    warc: ListedWarc
    site: SiteContext
    whose: tuple[str, str]  # country and round
    version: str  # of code, knowledge and registry
    knowledge: Knowledge
    documents: DocumentReader

    def row(self, one: SiteRecord) -> RecordRow:
        """Return the row of a record.

        What repeats another record is read when its site is gathered, since that other one may lie in
        another file; so is what a server sent with a failure.

        Raises:
            ArchiveError: the record is not there any more.
        """
        capture, kind = capture_of_record(self.warc.path, one, *self.whose)
        key = reading_key(self.version, capture)
        is_page = capture.depth >= 0 and not understand_rules().no_page.search(capture.url)
        if key is None or not is_page or kind == _REVISIT:
            return self._unread(one, capture)
        read = read_capture(self.warc.path.parent, capture, self.site, self.knowledge, self.documents)
        if read is None or not Outcome(read.row.outcome).is_observation:
            return replace(self._unread(one, capture), outcome=read.row.outcome if read else capture.outcome)
        return self._read(one, capture, key, read)

    def _unread(self, one: SiteRecord, capture: Capture) -> RecordRow:
        return RecordRow(
            site_id=one.site_id,
            page_id=one.page_id,
            url=one.url,
            captured_at=capture.captured_at,
            outcome=capture.outcome.value,
            warc_file=self.warc.name,
            warc_offset=one.offset,
            warc_length=one.length,
        )

    def _read(self, one: SiteRecord, capture: Capture, key: str, read: ReadCapture) -> RecordRow:
        shares = {each.kind: each.share for each in read.summary.kind_shares}
        verdict = judge_page(read.row, read.row.kind, read.findings, self.knowledge.rubric, shares)
        return replace(
            self._unread(one, capture),
            outcome=read.row.outcome,
            title=read.row.title,
            language=read.row.language,
            kind=read.row.kind,
            stage=verdict.stage,
            confidence=verdict.confidence,
            sights=_sights(read),
            reading_key=key,
            reading=packed(read),
        )


def _sights(read: ReadCapture) -> tuple[Sight, ...]:
    return tuple(
        Sight(indicator_id=indicator, quote=quote, place=place, offset=offset, region=region)
        for indicator, quote, place, offset, region, _ in (*seen_in(read.findings), *read.site)
    )
