"""Turn the records of a web archive into captures of one site."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from itertools import islice
from pathlib import Path

from fastwarc.warc import WarcRecord

from crawlers.archives.archived_capture import archived_capture, kind_of
from crawlers.archives.walked import folders, walk
from crawlers.captures import Capture
from crawlers.captures_io import CAPTURES_FILE, read_body, read_captures
from crawlers.network.addresses import Address
from crawlers.outcomes import Outcome
from crawlers.storing.recorder import Whose, capture_id, capture_of
from crawlers.storing.resume import link_or_copy
from crawlers.storing.revisits import meant_by, names_of, orphan, unchanged
from crawlers.storing.shelf import new_part, part_of
from crawlers.storing.sums import Sums
from crawlers.storing.warc import WarcWriter
from crawlers.visiting.attempts import Attempt
from crawlers.visiting.canonical import canonical_url
from crawlers.visiting.frontier import Wanted

_IMPORTED = (
    "software: baskych\r\nformat: WARC File Format 1.1\r\ndescription: imported from another archive\r\n"
)


class SiteArchive:
    """The captures of one site and round while archives are imported: the old and the new."""

    def __init__(self, folder: Path, whose: Whose, source: str = "warc") -> None:
        """Begin beside `folder` with what it holds; `source` tells where what is added comes from."""
        self.folder = folder
        self.whose, self._source = whose, source
        part = new_part(folder)
        self.captures = _taken_over(folder, part)
        self._known = {capture.capture_id for capture in self.captures}
        self._writer = WarcWriter(part, whose.site_id, _IMPORTED)
        self._originals: dict[str, Capture] = {}  # what a revisit record may name -> the capture it means
        self._revisits: list[tuple[int, tuple[str, ...]]] = []

    def add(self, raw: bytes, url: str) -> None:
        """Copy a record, given as bytes, and make its capture; one that is here already is left out."""
        record = WarcRecord.from_bytes(raw)
        new_id = capture_id(self.whose, str(record.record_id))
        if new_id in self._known:
            return
        self._known.add(new_id)
        # The same records give the same bytes, whenever they are imported.
        self._writer.made_at = self._writer.made_at or record.record_date
        place = self._writer.copy(raw, str(record.record_id), kind_of(record))
        capture = archived_capture(self.whose, record, url, place, len(self.captures))
        self.captures.append(replace(capture, source=self._source))
        if kind_of(record) == "revisit":
            self._revisits.append((len(self.captures) - 1, meant_by(record)))
        else:
            self._originals |= dict.fromkeys(names_of(record, url), capture)

    @property
    def sums(self) -> Mapping[str, Sums]:
        """What was written to the WARC files that are new."""
        return self._writer.sums

    def has(self, url: str) -> bool:
        """Whether there is a capture of `url` from this kind of source already."""
        return any(capture.url == url and capture.source == self._source for capture in self.captures)

    def add_missing(self, wanted: Wanted, detail: str) -> None:
        """Note a page that the archive does not have: could not look is never absent."""
        url = wanted.url
        attempt = Attempt(wanted=wanted, outcome=Outcome.NOT_ARCHIVED, detail=detail)
        capture = capture_of(attempt, None, self.whose, len(self.captures))
        # A number could come again after a later import; the address does not.
        new_id = capture_id(self.whose, f"not archived {url}")
        self.captures.append(replace(capture, source=self._source, capture_id=new_id))

    def walk(self, seeds: Iterable[str], owns: Callable[[Address], bool], limit: int) -> tuple[Wanted, ...]:
        """Give each capture its depth, by the links from `seeds`; return which addresses were met.

        `limit`: how many addresses at most. To be called when all revisits are linked and the file is closed.
        """
        pages = [one for one in self.captures if one.depth >= 0 and one.outcome is not Outcome.NOT_ARCHIVED]
        copies = {canonical_url(one.url) or one.url: one for one in pages}
        met = tuple(islice(walk(copies, seeds, owns, self._body_of), limit))
        ways = {wanted.url: wanted for wanted in met}
        self.captures = [
            _placed(one, ways.get(canonical_url(one.url) or one.url)) if one.depth >= 0 else one
            for one in self.captures
        ]
        return met

    def _body_of(self, capture: Capture) -> bytes:
        """The body that a capture has or repeats; what it repeats was imported with it."""
        if capture.revisit_of is None:  # nearly all: none of them may cost a look at all the others
            return read_body(part_of(self.folder), capture)
        originals = (one for one in self.captures if one.capture_id == capture.revisit_of)
        return read_body(part_of(self.folder), next(originals, capture))

    def close(self) -> None:
        """Close the WARC file in use; adding opens it again."""
        self._writer.close()

    def link_revisits(self) -> list[Capture]:
        """Return all captures, those of revisit records joined to the captures whose bodies they repeat."""
        for number, names in self._revisits:
            capture = self.captures[number]
            original = next((self._originals[name] for name in names if name in self._originals), None)
            self.captures[number] = unchanged(capture, original) if original else orphan(capture)
        self._revisits.clear()
        return self.captures


def _placed(capture: Capture, wanted: Wanted | None) -> Capture:
    """A capture with the way to it; one that no link leads to is never taken for a first page."""
    if wanted is None:
        return replace(capture, depth=max(1, folders(capture.url)))
    return replace(capture, depth=wanted.depth, referrer_url=wanted.referrer_url, link_text=wanted.link_text)


def _taken_over(folder: Path, part: Path) -> list[Capture]:
    """The captures of `folder`, their WARC files now in `part` too."""
    if not (folder / CAPTURES_FILE).exists():
        return []
    for path in sorted(folder.glob("*.warc.gz")):
        link_or_copy(path, part / path.name)
    kept = (row for row in read_captures(folder) if row.outcome is not Outcome.NOT_ARCHIVED)
    return [replace(row, seq=seq) for seq, row in enumerate(kept)]
