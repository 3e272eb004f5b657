"""The files of a release: where each lies, how large it is, and its SHA-256."""

import hashlib
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

SUMS = "SHA256SUMS"  # lists of single files add to this name
SIGNATURE = ".sig"  # of such a list
LARGE = 1 << 20  # bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleaseFile:
    """One file of a release."""

    path: str  # relative to the release, with forward slashes
    byte_count: int
    sha256: str


def listed(folder: Path) -> tuple[ReleaseFile, ...]:
    """Return every file below `folder`, sorted by path; a portal's are too many for that."""
    return tuple(each_file(folder))


def each_file(folder: Path) -> Iterator[ReleaseFile]:
    """Yield every file below `folder`, sorted by path: the names of one folder at a time are in memory."""
    return (described(folder / path, folder) for path in paths_below(folder))


def paths_below(folder: Path, above: str = "") -> Iterator[str]:
    """Yield the path of every file below `folder`, with forward slashes, in their order."""
    with os.scandir(folder / above) as entries:
        names = sorted(
            f"{entry.name}/" if entry.is_dir(follow_symlinks=False) else entry.name for entry in entries
        )
    for name in names:
        if name.endswith("/"):
            yield from paths_below(folder, above + name)
        elif (folder / above / name).is_file():
            yield above + name


def described(path: Path, folder: Path) -> ReleaseFile:
    """Return size and SHA-256 of `path`, a file below `folder`."""
    stat = path.stat()
    stood = _Stood(path, stat.st_dev, stat.st_ino, stat.st_size, stat.st_mtime_ns)
    sha256 = _of_large(stood) if stat.st_size >= LARGE else _sha256(path)
    return ReleaseFile(path=path.relative_to(folder).as_posix(), byte_count=stat.st_size, sha256=sha256)


@dataclass(frozen=True, slots=True)
class _Stood:
    """A file as it stood when it was read: while these are the same, nobody wrote to it."""

    path: Path = field(compare=False)  # a release is renamed when it is whole
    device: int
    inode: int
    byte_count: int
    changed_at: int  # nanoseconds


@lru_cache(maxsize=1024)
def _of_large(stood: _Stood) -> str:
    """The SHA-256 of a large file: a release asks for it seven times while it is made."""
    return _sha256(stood.path)


def _sha256(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def read_back(folder: Path) -> Iterator[ReleaseFile]:
    """Yield the same as `each_file`, from the disk whatever was read of it before."""
    _of_large.cache_clear()
    return each_file(folder)


def sums(files: Iterable[ReleaseFile]) -> str:
    """Return the lines that `sha256sum --check` reads, sorted by path."""
    return "".join(f"{file.sha256}  {file.path}\n" for file in sorted(files, key=lambda file: file.path))


def digest(files: Iterable[ReleaseFile]) -> str:
    """Return one SHA-256 for all of `files`: of their list of sums."""
    return hashlib.sha256(sums(files).encode()).hexdigest()
