"""Turn the records of a web archive into captures of one site."""

import hashlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from itertools import islice
from pathlib import Path

from fastwarc.warc import WarcRecord

from crawlers.archives.walked import folders, walk
from crawlers.captures import ROBOTS_DEPTH, Capture
from crawlers.captures_io import CAPTURES_FILE, read_body, read_captures
from crawlers.network.addresses import Address, parse_address
from crawlers.network.decoding import DamagedError, TooBigError
from crawlers.network.redirects import joined
from crawlers.network.sniff import sniff
from crawlers.outcomes import Outcome, outcome_of_status
from crawlers.policy import policy
from crawlers.storing.bodies import payload
from crawlers.storing.recorder import Whose, capture_id, capture_of, in_milliseconds
from crawlers.storing.resume import link_or_copy
from crawlers.storing.revisits import meant_by, names_of, orphan, unchanged
from crawlers.storing.shelf import new_part, part_of
from crawlers.storing.sums import Sums
from crawlers.storing.warc import Place, WarcWriter
from crawlers.visiting.attempts import Attempt
from crawlers.visiting.canonical import canonical_url
from crawlers.visiting.frontier import Wanted

KINDS = {"response", "resource", "revisit"}  # of records that hold something a site sent

_IMPORTED = (
    "software: baskych\r\nformat: WARC File Format 1.1\r\ndescription: imported from another archive\r\n"
)


class SiteArchive:
    """The captures of one site and round while archives are imported: the old and the new."""

    def __init__(self, folder: Path, whose: Whose, source: str = "warc") -> None:
        """Begin beside `folder` with what it holds; `source` tells where what is added comes from."""
        self.folder = folder
        self._whose, self._source = whose, source
        part = new_part(folder)
        self.captures = _taken_over(folder, part)
        self._known = {capture.capture_id for capture in self.captures}
        self._writer = WarcWriter(part, whose.site_id, _IMPORTED)
        self._originals: dict[str, Capture] = {}  # what a revisit record may name -> the capture it means
        self._revisits: list[tuple[int, tuple[str, ...]]] = []

    def add(self, raw: bytes, url: str) -> None:
        """Copy a record, given as bytes, and make its capture; one that is here already is left out."""
        record = WarcRecord.from_bytes(raw)
        new_id = capture_id(self._whose, str(record.record_id))
        if new_id in self._known:
            return
        self._known.add(new_id)
        capture = self._capture(
            new_id, record, url, self._writer.copy(raw, str(record.record_id), kind_of(record))
        )
        self.captures.append(capture)
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
        capture = capture_of(attempt, None, self._whose, len(self.captures))
        # A number could come again after a later import; the address does not.
        new_id = capture_id(self._whose, f"not archived {url}")
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

    def _capture(self, new_id: str, record: WarcRecord, url: str, place: Place) -> Capture:
        body, fault = _body(record)
        headers = record.http_headers if record.is_http else None
        status = 200 if headers is None else headers.status_code
        content_type = (headers or record.headers).get("Content-Type")
        location = headers.get("Location") if headers else None
        outcome, detail = fault or _outcome(record, status)
        return Capture(
            capture_id=new_id,
            country_id=self._whose.country_id,
            round_id=self._whose.round_id,
            site_id=self._whose.site_id,
            seq=len(self.captures),
            url=url,
            referrer_url=None,
            link_text=None,
            depth=ROBOTS_DEPTH if url.endswith("/robots.txt") else 0,
            source=self._source,
            captured_at=in_milliseconds(record.record_date),
            outcome=outcome,
            outcome_detail=detail,
            http_status=status,
            content_type=content_type,
            media_type=sniff(body, content_type),
            byte_count=len(body),
            body_sha256=hashlib.sha256(body).hexdigest(),
            etag=headers.get("ETag") if headers else None,
            last_modified=headers.get("Last-Modified") if headers else None,
            redirect_url=joined(url, location) if location else None,
            robots_rule=None,
            delay_seconds=0.0,
            elapsed_seconds=0.0,
            tls_fault=None,
            ip_address=record.headers.get("WARC-IP-Address"),
            warc_file=place.warc_file,
            warc_offset=place.warc_offset,
            warc_length=place.warc_length,
            warc_record_id=place.warc_record_id,
            revisit_of=None,
        )


def _placed(capture: Capture, wanted: Wanted | None) -> Capture:
    """A capture with the way to it; one that no link leads to is never taken for a first page."""
    if wanted is None:
        return replace(capture, depth=max(1, folders(capture.url)))
    return replace(capture, depth=wanted.depth, referrer_url=wanted.referrer_url, link_text=wanted.link_text)


def kind_of(record: WarcRecord) -> str:
    """Return a record's type, in the words of WARC."""
    return (record.headers.get("WARC-Type") or "").lower()


def target_of(record: WarcRecord) -> str | None:
    """Return the web address of a record; None where it is of something else (a name look-up, a file)."""
    # Early versions of wget put the address into angle brackets.
    said = (record.headers.get("WARC-Target-URI") or "").strip().removeprefix("<").removesuffix(">")
    address = parse_address(said)
    return address.url if address else None


def _taken_over(folder: Path, part: Path) -> list[Capture]:
    """The captures of `folder`, their WARC files now in `part` too."""
    if not (folder / CAPTURES_FILE).exists():
        return []
    for path in sorted(folder.glob("*.warc.gz")):
        link_or_copy(path, part / path.name)
    kept = (row for row in read_captures(folder) if row.outcome is not Outcome.NOT_ARCHIVED)
    return [replace(row, seq=seq) for seq, row in enumerate(kept)]


def _body(record: WarcRecord) -> tuple[bytes, tuple[Outcome, str] | None]:
    """The body unpacked, or none and the fault that it has."""
    try:
        return payload(record, policy().max_unpacked_bytes), None
    except TooBigError as error:
        return b"", (Outcome.BOMB, str(error))
    except DamagedError as error:
        return b"", (Outcome.BAD_CONTENT, str(error))


def _outcome(record: WarcRecord, status: int | None) -> tuple[Outcome, str | None]:
    if status is None:
        return Outcome.BAD_CONTENT, "the archived answer has no HTTP status"
    outcome = outcome_of_status(status)
    if outcome is Outcome.OK and record.headers.get("WARC-Truncated"):
        return Outcome.TRUNCATED, f"cut when it was archived: {record.headers.get('WARC-Truncated')}"
    return outcome, None if outcome is Outcome.OK else f"HTTP {status}"
