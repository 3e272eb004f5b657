"""Know where each record of a WARC file lies, so that any one of them can be read alone."""

from collections.abc import Iterator, Sequence
from itertools import chain, pairwise
from pathlib import Path

from crawlers.archives.reader import Archived, read_archive, read_member
from crawlers.errors import ArchiveError
from crawlers.network.decoding import GZIP_MAGIC
from crawlers.storing.warc import Place


def placed_records(path: Path) -> Iterator[tuple[Archived, Place]]:
    """Yield the records of the WARC file at `path`, in their order, each with its place.

    Raises:
        ArchiveError: the file is not there, damaged, cut or no WARC.
    """
    for one, following in pairwise(chain(read_archive(path), [None])):
        if one is not None:
            end = following.offset if following else path.stat().st_size
            yield one, _place(path, one, end)


def refuse_packed_together(path: Path, offsets: Sequence[int]) -> None:
    """Refuse a packed WARC file of whose records those at `offsets` cannot be read alone.

    Raises:
        ArchiveError: at one of them no gzip member begins: it is packed together with others.
    """
    with path.open("rb") as file:
        if file.read(2) != GZIP_MAGIC:
            return
        for offset in offsets:
            file.seek(offset)
            if file.read(2) != GZIP_MAGIC:
                raise ArchiveError(
                    f"{path}, byte {offset}: the record is packed together with others; expected each in a"
                    " gzip member of its own (ISO 28500, annex D), or a file to `baskych import`"
                )


def record_bytes(path: Path, offset: int, length: int) -> bytes:
    """Return the record in the `length` bytes at `offset` of the WARC file at `path`, unpacked.

    Raises:
        ArchiveError: it cannot be read, or no record lies there.
    """
    try:
        with path.open("rb") as file:
            file.seek(offset)
            return read_member(f"{path}, byte {offset}", file.read(length))
    except OSError as failure:
        raise ArchiveError(f"{path}: cannot be read ({failure.strerror or failure})") from failure


def _place(path: Path, one: Archived, end: int) -> Place:
    return Place(
        warc_file=path.name,
        warc_offset=one.offset,
        warc_length=end - one.offset,
        warc_record_id=str(one.record().record_id),
    )
