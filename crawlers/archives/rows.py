"""Read an archive's index: each row tells of one copy, when it was made and where it lies.

Two forms are in use: a JSON list whose first row names the columns (the Internet Archive), and one JSON
object a line (pywb, Common Crawl). The same things go by different names in them.
"""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from crawlers.archives.sources import Archive
from crawlers.errors import ArchiveError
from crawlers.network.addresses import parse_address

_TIMESTAMP = re.compile("[0-9]{4,14}")
_NUMBER = re.compile("[0-9]{1,18}")  # what a file's size or a status can be
_FULL = "00000101000000"  # what a timestamp of fewer than 14 digits leaves out


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One copy that an archive says it has."""

    archive: Archive
    url: str  # normalised
    said_url: str  # as the archive writes it
    timestamp: str  # 14 digits, UTC
    moment: datetime  # the same
    status: int | None  # None: the index does not say, as for revisit records
    filename: str  # of the WARC file, where the index says it
    offset: int
    length: int  # bytes, compressed


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A part of an index, and the key to the next one."""

    rows: tuple[Row, ...]
    resume_key: str | None = None


def read_table(text: str, archive: Archive, asked: str) -> Part:
    """Return the rows of a JSON list, and the resume key that may stand after an empty row.

    Raises:
        ArchiveError: it is not such a list, or not whole; names the address `asked`.
    """
    table = _loaded(text or "[]", asked)
    if not isinstance(table, list) or not all(isinstance(row, list) for row in table):
        raise ArchiveError(f"{asked}: expected a JSON list of rows, as the Internet Archive's index gives it")
    key = None
    if [] in table:
        end = table.index([])
        key = str(table[end + 1][0]) if table[end + 1 :] and table[end + 1] else None
        table = table[:end]
    names = list(map(str, table[0])) if table else []
    found = (_row(dict(zip(names, row, strict=False)), archive, asked) for row in table[1:])
    return Part(rows=tuple(row for row in found if row), resume_key=key)


def read_lines(text: str, archive: Archive, asked: str) -> Part:
    """Return the rows of an answer with one JSON object a line.

    Raises:
        ArchiveError: a line is no such object, as where the answer was cut; names the address and the line.
    """
    return Part(rows=tuple(_of_lines(text, archive, asked)))


def _of_lines(text: str, archive: Archive, asked: str) -> Iterator[Row]:
    for number, line in enumerate(text.splitlines(), 1):
        fields = _loaded(line, f"{asked}, line {number}") if line.strip() else None
        if fields is None:
            continue
        if not isinstance(fields, dict):
            raise ArchiveError(f"{asked}, line {number}: expected a JSON object, as pywb's index gives it")
        row = _row(fields, archive, asked)
        if row:
            yield row


def _loaded(text: str, where: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as failure:
        begins = text.strip()[:60]
        raise ArchiveError(
            f"{where}: not JSON, or cut ({failure}); expected rows of a CDX index, found {begins!r}"
        ) from failure


def _row(fields: Mapping[str, Any], archive: Archive, asked: str) -> Row | None:
    """One row; None where it is of something else than a web address."""
    said = fields.get("original") or fields.get("url")
    timestamp = str(fields.get("timestamp") or "")
    if not said or not _TIMESTAMP.fullmatch(timestamp):
        raise ArchiveError(
            f"{asked}: a row without address or time ({dict(fields)!r:.100});"
            f" expected the columns of a {archive.interface} index"
        )
    address = parse_address(str(said))
    if address is None:
        return None
    whole = timestamp + _FULL[len(timestamp) :]
    status = str(fields.get("statuscode") or fields.get("status") or "")
    return Row(
        archive=archive,
        url=address.url,
        said_url=str(said),
        timestamp=whole,
        moment=_moment(whole, asked),
        status=int(status) if _NUMBER.fullmatch(status) else None,
        filename=str(fields.get("filename") or ""),
        offset=_number(fields.get("offset")),
        length=_number(fields.get("length")),
    )


def _moment(timestamp: str, asked: str) -> datetime:
    try:
        return datetime.strptime(timestamp, "%Y%m%d%H%M%S").replace(tzinfo=UTC)
    except ValueError as failure:
        raise ArchiveError(f"{asked}: {timestamp} is no time; expected YYYYMMDDhhmmss") from failure


def _number(value: Any) -> int:
    return int(value) if _NUMBER.fullmatch(str(value)) else 0
