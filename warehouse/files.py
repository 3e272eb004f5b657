"""The files of a release: where each lies, how large it is, and its SHA-256."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
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
    """Return every file below `folder`, sorted by path."""
    return tuple(
        sorted(
            (described(path, folder) for path in folder.rglob("*") if path.is_file()),
            key=lambda file: file.path,
        )
    )


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


def read_back(folder: Path) -> tuple[ReleaseFile, ...]:
    """Return the same as `listed`, from the disk whatever was read of it before."""
    _of_large.cache_clear()
    return listed(folder)


def sums(files: Iterable[ReleaseFile]) -> str:
    """Return the lines that `sha256sum --check` reads, sorted by path."""
    return "".join(f"{file.sha256}  {file.path}\n" for file in sorted(files, key=lambda file: file.path))


def digest(files: Iterable[ReleaseFile]) -> str:
    """Return one SHA-256 for all of `files`: of their list of sums."""
    return hashlib.sha256(sums(files).encode()).hexdigest()


def write_sums(folder: Path, apart: Mapping[str, str]) -> None:
    """Write `SHA256SUMS` for all files of `folder`; `apart` gives single files a list of their own name."""
    files = listed(folder)
    (folder / SUMS).write_text(sums(file for file in files if file.path not in apart), encoding="utf-8")
    for path, name in apart.items():
        (folder / name).write_text(sums(file for file in files if file.path == path), encoding="utf-8")


def sums_listed(folder: Path) -> dict[str, str]:
    """Return the SHA-256 of each file of a release, by its path, as its lists of sums say."""
    lists = [path for path in sorted(folder.glob(f"{SUMS}*")) if path.suffix != SIGNATURE]
    lines = [line for path in lists for line in path.read_text(encoding="utf-8").splitlines()]
    return {path: digest for digest, _, path in (line.partition("  ") for line in lines)}


def differences(folder: Path) -> Iterator[tuple[str, str, str]]:
    """Read a release back: yield (path, expected, found) of each file that is not as listed."""
    expected = sums_listed(folder)
    names = {path.name for path in folder.glob(f"{SUMS}*")}
    found = {file.path: file.sha256 for file in read_back(folder) if file.path not in names}
    for path in sorted(expected.keys() | found.keys()):
        if expected.get(path) != found.get(path):
            yield path, expected.get(path, "on no list"), found.get(path, "no such file")
