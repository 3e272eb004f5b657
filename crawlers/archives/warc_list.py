"""Read a list of WARC files: one path a line, as Common Crawl publishes them (`warc.paths.gz`)."""

import gzip
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from crawlers.archives.places import record_bytes
from crawlers.archives.reader import read_member
from crawlers.errors import ArchiveError, NoArchiveError
from crawlers.network.decoding import GZIP_MAGIC
from crawlers.stores.address import is_address
from crawlers.stores.errors import StoreError
from crawlers.stores.files import here, part_of, size_and_time


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedWarc:
    """A WARC file that a list names."""

    name: str  # as the list has it
    path: Path  # where it should lie; of one on a server, what it is called there
    address: str | None = None  # on a server (s3://…); None: it lies on a disk of this machine

    @contextmanager
    def here(self) -> Iterator[Path]:
        """Give the whole file; of one on a server, a copy, which goes when the block ends.

        Raises:
            ArchiveError: it cannot be fetched.
        """
        with _fetched(self.address or str(self.path)) as path:
            yield path

    def mark(self) -> tuple[int, int] | None:
        """Return its size in bytes and when it was written, in nanoseconds; None where there is none.

        Raises:
            ArchiveError: the server cannot be asked.
        """
        if self.address is None:
            found = self.path.stat() if self.path.is_file() else None
            return (found.st_size, found.st_mtime_ns) if found else None
        try:
            return size_and_time(self.address)
        except StoreError as failure:
            raise ArchiveError(str(failure)) from failure

    def record(self, offset: int, length: int) -> bytes:
        """Return the record in the `length` bytes at `offset`, unpacked; nothing else is read.

        Raises:
            ArchiveError: it cannot be read, or no record lies there.
        """
        if self.address is None:
            return record_bytes(self.path, offset, length)
        try:
            part = part_of(self.address, offset, length)
        except StoreError as failure:
            raise ArchiveError(str(failure)) from failure
        return read_member(f"{self.address}, byte {offset}", part)


def read_warc_list(listing: str | Path, prefix: str | Path | None = None) -> list[ListedWarc]:
    """Return the files that a list names, each once, in the list's order.

    A path that is not absolute lies under `prefix`, or beside the list where there is none. The list, the
    prefix and each file may be on a server (s3://…). Empty lines, and those that begin with `#`, name
    nothing. Whether the files are there is not looked at.

    Raises:
        NoArchiveError: the list cannot be read, or names no file.
        ArchiveError: it names an address of another kind, or cannot be fetched from a server.
    """
    under = str(prefix or str(listing).rpartition("/")[0] or ".")
    names = dict.fromkeys(line.strip() for line in _text(str(listing)).splitlines())
    listed = [_listed(str(listing), name, under) for name in names if name and not name.startswith("#")]
    if not listed:
        raise NoArchiveError(f"{listing}: names no file; expected the path of a WARC file on each line")
    return listed


def _listed(listing: str, name: str, under: str) -> ListedWarc:
    if is_address(under) and not name.startswith("/") and "://" not in name:
        address = f"{under.rstrip('/')}/{name}"
    else:
        address = name
    if is_address(address):
        return ListedWarc(name=name, path=Path(address.rsplit("/", 1)[-1]), address=address)
    if "://" in name:
        raise ArchiveError(
            f"{listing}: {name}: expected the path of a file on a disk of this machine, or s3://BUCKET/…"
        )
    return ListedWarc(name=name, path=(Path(under) / name).resolve())


@contextmanager
def _fetched(source: str) -> Iterator[Path]:
    """Give a file; a failure to fetch it is one of the archive's."""
    try:
        with here(source) as path:
            yield path
    except StoreError as failure:
        raise ArchiveError(str(failure)) from failure


def _text(listing: str) -> str:
    try:
        with _fetched(listing) as path:
            data = path.read_bytes()
        return (gzip.decompress(data) if data.startswith(GZIP_MAGIC) else data).decode()
    except (OSError, EOFError, zlib.error, UnicodeDecodeError) as failure:
        raise NoArchiveError(
            f"{listing}: cannot be read ({failure}); expected a list of WARC files"
        ) from failure
