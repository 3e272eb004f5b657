"""The lists of sums of a release: written, read and compared file by file, however many files there are."""

from collections.abc import Iterable, Iterator, Mapping
from heapq import merge
from itertools import groupby, pairwise
from operator import itemgetter
from pathlib import Path

from warehouse.files import SIGNATURE, SUMS, each_file, read_back, sums

Listed = tuple[str, str]  # a file's path below the release, its SHA-256
_PATH = itemgetter(0)


def write_sums(folder: Path, apart: Mapping[str, str]) -> None:
    """Write `SHA256SUMS` for all files of `folder`; `apart` gives single files a list of their own name."""
    lists = {SUMS, *apart.values()}
    with (folder / SUMS).open("w", encoding="utf-8") as all_others:
        for file in each_file(folder):
            if file.path in apart:
                (folder / apart[file.path]).write_text(sums([file]), encoding="utf-8")
            elif file.path not in lists:
                all_others.write(sums([file]))


def each_listed(folder: Path) -> Iterator[Listed]:
    """Yield path and SHA-256 of each file of a release, by path, as its lists of sums say."""
    lists = [path for path in sorted(folder.glob(f"{SUMS}*")) if path.suffix != SIGNATURE]
    for _, told in groupby(merge(*(_sorted(path) for path in lists), key=_PATH), _PATH):
        *_, last = told
        yield last


def differences(folder: Path) -> Iterator[tuple[str, str, str]]:
    """Read a release back: yield (path, expected, found) of each file that is not as listed."""
    names = {path.name for path in folder.glob(f"{SUMS}*")}
    found = ((file.path, file.sha256) for file in read_back(folder) if file.path not in names)
    for path, expected, really in side_by_side(each_listed(folder), found):
        if expected != really:
            yield path, expected or "on no list", really or "no such file"


def side_by_side(
    some: Iterable[Listed], others: Iterable[Listed]
) -> Iterator[tuple[str, str | None, str | None]]:
    """Yield each path of two lists sorted by path, with what the one and the other say of it, if anything."""
    first = ((path, 0, sha256) for path, sha256 in some)
    second = ((path, 1, sha256) for path, sha256 in others)
    for path, told in groupby(merge(first, second), _PATH):
        said = {which: sha256 for _, which, sha256 in told}
        yield path, said.get(0), said.get(1)


def _sorted(path: Path) -> Iterator[Listed]:
    """The lines of a list, by path: ours are so; one that somebody else has written is sorted in memory."""
    in_order = all(before <= after for (before, _), (after, _) in pairwise(_lines(path)))
    return _lines(path) if in_order else iter(sorted(_lines(path), key=_PATH))


def _lines(path: Path) -> Iterator[Listed]:
    # What is no UTF-8 is damage, and becomes the name of no file; it must be told, and not end the telling.
    with path.open(encoding="utf-8", errors="backslashreplace") as file:
        for line in file:
            digest, _, name = line.removesuffix("\n").partition("  ")
            yield name, digest
