"""Read a list of WARC files: one path a line, as Common Crawl publishes them (`warc.paths.gz`)."""

import gzip
import zlib
from dataclasses import dataclass
from pathlib import Path

from crawlers.errors import ArchiveError

_GZIP_MAGIC = b"\x1f\x8b"


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedWarc:
    """A WARC file that a list names."""

    name: str  # as the list has it
    path: Path  # where it should lie


def read_warc_list(path: Path, prefix: Path | None = None) -> list[ListedWarc]:
    """Return the files that the list at `path` names, each once, in the list's order.

    A path that is not absolute lies under `prefix`, or beside the list where there is none. Empty lines, and
    those that begin with `#`, name nothing. Whether the files are there is not looked at.

    Raises:
        ArchiveError: the list cannot be read, or names no file, or an address instead of a path.
    """
    under = prefix or path.parent
    names = dict.fromkeys(line.strip() for line in _text(path).splitlines())
    listed = [
        ListedWarc(name=name, path=(under / name).resolve())
        for name in names
        if name and not name.startswith("#")
    ]
    if not listed:
        raise ArchiveError(f"{path}: names no file; expected the path of a WARC file on each line")
    for one in listed:
        if "://" in one.name:
            raise ArchiveError(f"{path}: {one.name}: expected the path of a file on a disk of this machine")
    return listed


def _text(path: Path) -> str:
    try:
        data = path.read_bytes()
        return (gzip.decompress(data) if data.startswith(_GZIP_MAGIC) else data).decode()
    except (OSError, EOFError, zlib.error, UnicodeDecodeError) as failure:
        raise ArchiveError(f"{path}: cannot be read ({failure}); expected a list of WARC files") from failure
