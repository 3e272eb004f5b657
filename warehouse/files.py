"""The files of a release: where each lies, how large it is, and its SHA-256."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

SUMS = "SHA256SUMS"  # lists of single files add to this name


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
    with path.open("rb") as stream:
        digest = hashlib.file_digest(stream, "sha256")
    return ReleaseFile(
        path=path.relative_to(folder).as_posix(), byte_count=path.stat().st_size, sha256=digest.hexdigest()
    )


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


def differences(folder: Path) -> Iterator[tuple[str, str, str]]:
    """Read a release back: yield (path, expected, found) of each file that is not as listed."""
    lists = sorted(folder.glob(f"{SUMS}*"))
    lines = [line for path in lists for line in path.read_text(encoding="utf-8").splitlines()]
    expected = {path: digest for digest, _, path in (line.partition("  ") for line in lines)}
    names = {path.name for path in lists}
    found = {file.path: file.sha256 for file in listed(folder) if file.path not in names}
    for path in sorted(expected.keys() | found.keys()):
        if expected.get(path) != found.get(path):
            yield path, expected.get(path, "on no list"), found.get(path, "no such file")
