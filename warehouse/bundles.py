"""Zips of a release: one for each table, with dictionary, licence and citation inside, and one of all data.

What leaves its folder takes along what it means. The same files give the same bytes: names are sorted, and
every entry has the first moment that a zip can name.
"""

import zipfile
from collections.abc import Iterable, Mapping
from pathlib import Path

from warehouse.files import ReleaseFile, sums
from warehouse.notices import LICENCE, dictionary_csv, licence, readme
from warehouse.published import PublishedTable

FOLDER = "zip"
EVERYTHING = f"{FOLDER}/baskych-everything.zip"
_FIRST_MOMENT = (1980, 1, 1, 0, 0, 0)
_READABLE = 0o644 << 16
_IN_A_ZIP = frozenset({".parquet", ".csv"})
_CHUNK = 1 << 20


def write_bundles(
    part: Path, version: str, tables: Iterable[PublishedTable], files: Iterable[ReleaseFile]
) -> None:
    """Write the zips of the release in `part`, whose `files` are there already."""
    (part / FOLDER).mkdir()
    given = [file for file in files if Path(file.path).suffix in _IN_A_ZIP and "/" in file.path]
    named = tuple(tables)
    for table in named:
        own = [file for file in given if Path(file.path).stem == table.name]
        _write(part, f"{FOLDER}/{table.name}.zip", own, papers(version, (table,)))
    _write(part, EVERYTHING, given, papers(version, named))


def papers(version: str, tables: tuple[PublishedTable, ...]) -> Mapping[str, str]:
    """Return the papers that go with `tables`, by name."""
    return {
        LICENCE: licence(version),
        "README.txt": readme(version, tables),
        "dictionary.csv": dictionary_csv(tables),
    }


def _write(part: Path, name: str, files: list[ReleaseFile], texts: Mapping[str, str]) -> None:
    with zipfile.ZipFile(part / name, "w") as bundle:
        for paper, text in sorted({**texts, "SHA256SUMS": sums(files)}.items()):
            bundle.writestr(_entry(paper, zipfile.ZIP_DEFLATED), text.encode())
        for file in sorted(files, key=lambda one: one.path):
            packed = zipfile.ZIP_STORED if file.path.endswith(".parquet") else zipfile.ZIP_DEFLATED
            with (part / file.path).open("rb") as source, bundle.open(_entry(file.path, packed), "w") as sink:
                while chunk := source.read(_CHUNK):
                    sink.write(chunk)


def _entry(name: str, packed: int) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, _FIRST_MOMENT)
    entry.compress_type, entry.external_attr, entry.create_system = packed, _READABLE, 3
    return entry
