"""Say in what a published release differs from the one that its captures give: which file, and where in it.

Of a table the row and the column are named, of a text its first line that differs, of a zip the file in it.
"""

from collections.abc import Iterator
from pathlib import Path

import duckdb

from pipelines.checking.database_difference import differing_database
from pipelines.checking.inside_files import inside
from pipelines.checking.quote_check import Fault
from pipelines.checking.sum_check import files_of, sha256_of
from pipelines.provenance.record import FOLDER, RECORD, ProvenanceError, read_provenance
from warehouse.engine import connect
from warehouse.offers import DUCKDB


def differences(release: Path, derived: Path) -> Iterator[Fault]:
    """Yield a fault for each file, row or line of `release` that is not as in `derived`.

    Lists of sums are left out: they follow from the files, and are checked against them. Where something
    differs, and other libraries are at work than made the release, that is told too: it may be why.
    """
    found = list(_all_differences(release, derived))
    yield from found
    if found:
        yield from _other_libraries(release, derived)


def _all_differences(release: Path, derived: Path) -> Iterator[Fault]:
    there, made = files_of(release), files_of(derived)
    for path in sorted(made - there):
        yield Fault(subject=path, expected="a file of the release", found="no such file")
    for path in sorted(there - made):
        yield Fault(subject=path, expected="no such file", found="a file that the captures do not give")
    with connect(None) as connection:
        for path in sorted(there & made):
            yield from _of_file(connection, path, release / path, derived / path)


def compared_files(derived: Path) -> int:
    """Return how many files `differences` compares with those of a release."""
    return len(files_of(derived))


def _of_file(
    connection: duckdb.DuckDBPyConnection, name: str, published: Path, derived: Path
) -> Iterator[Fault]:
    """Yield in what one file differs; at least one fault where its bytes do, chance bytes of DuckDB aside."""
    if name == DUCKDB:
        yield from differing_database(connection, name, published, derived)
    elif name == f"{FOLDER}/{RECORD}":
        yield from _of_record(name, published, derived)
    elif sha256_of(published) != sha256_of(derived):
        found = list(inside(connection, name, published, derived))
        yield from found or [_other_bytes(name, published, derived)]


def _of_record(name: str, published: Path, derived: Path) -> Iterator[Fault]:
    """Compare what is the same on every machine: not the libraries, and not whether Git was at hand."""
    try:
        found, made = (read_provenance(path.parents[1]) for path in (published, derived))
    except ProvenanceError as failure:
        yield Fault(subject=name, expected="what the release was made from", found=str(failure))
        return
    for field, expected in made.as_derived():
        value = getattr(found.as_derived(), field)
        if value != expected:
            yield Fault(subject=f"{name}, {field}", expected=str(expected), found=str(value))


def _other_libraries(release: Path, derived: Path) -> Iterator[Fault]:
    try:
        there, here = (read_provenance(one).environment for one in (release, derived))
    except ProvenanceError:
        return  # told already, by `_of_record`
    for library in sorted(there.keys() | here.keys()):
        if there.get(library) != here.get(library):
            yield Fault(
                subject=f"library {library}",
                expected=f"{there.get(library)}, which made the release",
                found=f"{here.get(library)} here: this may be why",
            )


def _other_bytes(name: str, published: Path, derived: Path) -> Fault:
    return Fault(
        subject=name, expected=f"SHA-256 {sha256_of(derived)}", found=f"SHA-256 {sha256_of(published)}"
    )
