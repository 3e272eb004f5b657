"""The files of a release: where each lies, how large it is, and its SHA-256."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path


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
    (folder / "SHA256SUMS").write_text(
        sums(file for file in files if file.path not in apart), encoding="utf-8"
    )
    for path, name in apart.items():
        (folder / name).write_text(sums(file for file in files if file.path == path), encoding="utf-8")
