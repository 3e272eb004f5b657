"""Find published words again where they were seen: in the captures, by the way on which they were found.

Each capture is read again from its WARC record, cleaned as for the first time, and each quote is looked for
at its place, letter by letter. Personal numbers that a release blacks out match any digits.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from crawlers.captures import Capture
from crawlers.captures_io import CAPTURES_FILE, read_body, read_captures, read_column
from crawlers.errors import CaptureError
from pipelines.judging.quotes import values_at
from pipelines.pages.documents import DocumentReader
from pipelines.pages.reading import read_page
from pipelines.records import Page

BLACKED = "█"
_TEXT = "text"
_BLACKED_OUT = ".{1,80}?"


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """Words that were published, and where they are said to stand."""

    row: str  # of which table and row, for a person
    capture_id: str
    words: str
    place: str  # "text", or an attribute as tag@attribute
    offset: int  # characters into the text of the page


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One thing that is not as it was published."""

    subject: str  # a file, a table, or a row
    expected: str
    found: str


def check_quotes(quotes: Iterable[Quote], data: Path) -> Iterator[Fault]:
    """Yield a fault for each quote that does not stand in its capture under `data`.

    Raises:
        CaptureError: the list of a site's captures cannot be read.
    """
    by_capture: dict[str, list[Quote]] = defaultdict(list)
    for quote in quotes:
        by_capture[quote.capture_id].append(quote)
    by_folder: dict[Path, list[str]] = defaultdict(list)
    folders = folders_of(data, by_capture.keys())
    for capture_id, published in by_capture.items():
        if capture_id in folders:
            by_folder[folders[capture_id]].append(capture_id)
        else:
            for quote in published:
                yield _fault(quote, f"no capture {capture_id} under {data / 'captures'}")
    with DocumentReader() as reader:
        for folder in sorted(by_folder):
            wanted = set(by_folder[folder])
            for capture in read_captures(folder):
                if capture.capture_id in wanted:
                    yield from _in_capture(folder, capture, by_capture[capture.capture_id], reader)


def folders_of(data: Path, capture_ids: Iterable[str]) -> dict[str, Path]:
    """Return the folder that each capture lies in, for the captures that are there.

    Raises:
        CaptureError: a list of captures cannot be read.
    """
    wanted = pa.array(sorted(capture_ids), pa.string())
    found: dict[str, Path] = {}
    for path in sorted(data.glob(f"captures/*/*/{CAPTURES_FILE}")):
        column = read_column(path, "capture_id")
        here = pc.filter(column, pc.is_in(column, value_set=wanted))
        found |= dict.fromkeys(here.to_pylist(), path.parent)
    return found


def _in_capture(
    folder: Path, capture: Capture, quotes: Iterable[Quote], reader: DocumentReader
) -> Iterator[Fault]:
    try:
        page = read_page(capture, read_body(folder, capture), reader)
    except CaptureError as failure:
        for quote in quotes:
            yield _fault(quote, f"the capture cannot be read: {failure}")
        return
    for quote in quotes:
        if not stands(quote, page):
            yield _fault(quote, f"not at its place ({quote.place}, {quote.offset}) in {page.url}")


def stands(quote: Quote, page: Page) -> bool:
    """Return whether the words stand on `page` where they are said to stand."""
    if not quote.words:
        return False
    if quote.place == _TEXT:
        return quote.offset >= 0 and _says(page.text, quote.words, quote.offset)
    return any(
        _says(value, quote.words, at) for value in values_at(quote.place, page) for at in range(len(value))
    )


def _says(text: str, published: str, at: int) -> bool:
    """Whether `text` says the published words from `at` on; what was blacked out may be anything short."""
    if BLACKED not in published:
        return text.startswith(published, at)
    kept = (re.escape(part) for part in re.split(f"{BLACKED}+", published))
    return re.compile(_BLACKED_OUT.join(kept), re.DOTALL).match(text, at) is not None


def _fault(quote: Quote, found: str) -> Fault:
    return Fault(subject=quote.row, expected=quote.words, found=found)
