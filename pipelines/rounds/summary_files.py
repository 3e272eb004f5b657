"""The summaries of a round's pages, from the files of its sites."""

from collections.abc import Collection, Iterator, Sequence
from pathlib import Path

from pipelines.records import PageSummary
from pipelines.records_io import read_batches, read_columns, read_wanted
from pipelines.rounds.core_files import core_file
from pipelines.services.page_source import PageAddress

_AT_ONCE = 500  # summaries: each has all links of its page


class SummaryFiles:
    """A source of pages; each method raises RecordsError where a file cannot be read."""

    def __init__(self, data: Path, round_id: str, sites: Sequence[str]) -> None:
        """Read those of `sites` that have a file in the round, in their order."""
        self._data, self._round_id, self._sites = data, round_id, sites

    def addresses(self) -> Iterator[PageAddress]:
        """Yield all pages, as addresses."""
        for site_id in self._sites:
            path = self._file(site_id)
            if path.exists():
                for batch in read_columns(path, PageAddress, PageSummary):
                    yield from batch

    def summaries(self) -> Iterator[PageSummary]:
        """Yield all pages, those of a site one after another."""
        for site_id in self._sites:
            path = self._file(site_id)
            if path.exists():
                for batch in read_batches(path, PageSummary, _AT_ONCE):
                    yield from batch

    def some(self, site_id: str, page_ids: Collection[str]) -> Iterator[PageSummary]:
        """Yield those pages of a site that have these ids."""
        path = self._file(site_id)
        for batch in read_wanted(path, PageSummary, "page_id", page_ids.__contains__, _AT_ONCE):
            yield from batch

    def _file(self, site_id: str) -> Path:
        return core_file(self._data, "summaries", self._round_id, site_id)
