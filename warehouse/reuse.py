"""Take over from the last release what would come out the same: files of tables whose rows did not change.

A table whose Parquet file is byte for byte that of the last release has the same rows, and what its columns
mean is in that file too; so all its other files are the same, if the same code wrote them. They are copied,
not linked: no damage to one release may reach another. Words in which the gate found nobody need not be
looked through again either. `released.json` says what wrote the last release; it may be thrown away at any
time, and then all is made anew.
"""

import hashlib
import json
import platform
import shutil
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

import structlog

from warehouse.checks import CheckResult
from warehouse.files import described
from warehouse.formats import PARQUET
from warehouse.private_words import IN_FILES, IN_TABLES
from warehouse.published import PublishedTable
from warehouse.sum_lists import each_listed, side_by_side
from warehouse.switch import LATEST
from warehouse.versions import DATA_FOLDERS

NOTE = "released.json"
_OF_TABLES = tuple(f"{name}/" for name in DATA_FOLDERS)
_LIBRARIES = ("duckdb", "xlsxwriter")  # whose work is copied
_CODE = {".py", ".sql", ".yml"}
_HERE = Path(__file__).parent

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Earlier:
    """The last release, where the same code wrote it."""

    folder: Path
    sums: Mapping[str, str]  # path of a table's file -> SHA-256, as it was published
    names_nobody: bool  # the gate looked through all of its words, and found nothing private

    def has(self, part: Path, path: str) -> bool:
        """Whether it has the very file that lies at `path` in `part`."""
        return self.sums.get(path) == described(part / path, part).sha256

    def give(self, part: Path, path: str) -> bool:
        """Copy its file at `path` into `part`; return False where it has none, or one that was damaged."""
        if path not in self.sums or not (self.folder / path).is_file():
            return False
        shutil.copyfile(self.folder / path, part / path)
        return self.has(part, path)

    def looked_through(self, part: Path) -> Iterator[str]:
        """Yield the paths of the files in `part`, by its lists of sums, that were looked through before."""
        if self.names_nobody:
            for path, ours, theirs in side_by_side(each_listed(part), each_listed(self.folder)):
                if ours == theirs:
                    yield path

    def unchanged(self, part: Path, tables: Iterable[PublishedTable]) -> frozenset[str]:
        """Return the names of `tables` in whose rows, those in `part`, the gate has looked before."""
        names = [table.name for table in tables] if self.names_nobody else []
        return frozenset(name for name in names if self.has(part, PARQUET.path(name)))


def earlier(data: Path) -> Earlier | None:
    """Return the release that `latest` leads to; None where there is none, or other code wrote it."""
    folder = data / "publish" / LATEST
    try:
        note = json.loads((data / NOTE).read_text(encoding="utf-8"))
        is_ours = (note["version"], note["rules"]) == (folder.resolve().name, rules_mark())
        names_nobody = note["names_nobody"] is True
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError, TypeError) as problem:
        log.warning("release_not_taken_over", path=str(data / NOTE), why=str(problem))
        return None
    if not is_ours or not folder.is_dir():
        return None
    sums = {path: sha256 for path, sha256 in each_listed(folder) if path.startswith(_OF_TABLES)}
    return Earlier(folder=folder.resolve(), sums=sums, names_nobody=names_nobody)


def note(data: Path, name: str, broken: Iterable[CheckResult]) -> None:
    """Note that the release `name` was written by this code, and whether the gate found nobody named."""
    names_nobody = not {IN_TABLES, IN_FILES} & {each.name for each in broken}
    text = json.dumps({"version": name, "rules": rules_mark(), "names_nobody": names_nobody}, indent=1)
    beside = data / f"{NOTE}.new"
    beside.write_text(text + "\n", encoding="utf-8")
    beside.replace(data / NOTE)


def rules_mark() -> str:
    """Return a digest of all that decides what the files of given rows are: our code, and what it calls."""
    digest = hashlib.sha256()
    used = [platform.python_version(), zlib.ZLIB_RUNTIME_VERSION, *(version(name) for name in _LIBRARIES)]
    digest.update("\n".join(used).encode())
    for path in sorted(path for path in _HERE.rglob("*") if path.suffix in _CODE):
        text = path.read_bytes()
        digest.update(f"\n{path.relative_to(_HERE).as_posix()} {len(text)}\n".encode() + text)
    return digest.hexdigest()
