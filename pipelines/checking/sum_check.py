"""Check that a release's files are those that were published: each against the lists of sums."""

import hashlib
from collections.abc import Iterator
from pathlib import Path

from pipelines.checking.quote_check import Fault
from warehouse.signing import LISTS, SUFFIX


def check_sums(release: Path) -> Iterator[Fault]:
    """Yield a fault for each file whose SHA-256 differs from the lists, is missing, or is on no list."""
    if not (release / LISTS[0]).is_file():
        yield Fault(subject=LISTS[0], expected="a list of sums", found="no such file")
    listed = sums_listed(release)
    for path, expected in sorted(listed.items()):
        found = sha256_of(release / path)
        if found != expected:
            yield Fault(subject=path, expected=f"SHA-256 {expected}", found=found or "no such file")
    for path in sorted(files_of(release) - listed.keys()):
        yield Fault(subject=path, expected=f"a line in {' or '.join(LISTS)}", found="none")


def sums_listed(release: Path) -> dict[str, str]:
    """Return the SHA-256 that the lists give each file, by its path."""
    lines = (line.partition("  ") for name in LISTS for line in _lines(release / name))
    return {path: digest for digest, _, path in lines}


def count_files(release: Path) -> int:
    """Return how many files the lists of sums name."""
    return sum(len(_lines(release / name)) for name in LISTS)


def files_of(release: Path) -> set[str]:
    """Return the paths of all files below a release but its lists of sums and their signatures."""
    there = {file.relative_to(release).as_posix() for file in release.rglob("*") if file.is_file()}
    return there - {*LISTS, *(f"{name}{SUFFIX}" for name in LISTS)}


def _lines(path: Path) -> list[str]:
    """The lines of a list; what is no UTF-8 becomes the name of no file, and so is found to be missing."""
    return path.read_text(encoding="utf-8", errors="replace").splitlines() if path.is_file() else []


def sha256_of(path: Path) -> str | None:
    """Return the SHA-256 of a file, None where there is none."""
    if not path.is_file():
        return None
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
