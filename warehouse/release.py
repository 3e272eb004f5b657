"""Publish the warehouse: check it, write every file into a new folder, and switch `latest` to it at the end.

A release is named after its newest round and its data: the same data give the same name and the same bytes.
One that breaks a promise is kept apart, with the reasons, and `latest` stays where it was.
"""

import os
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

import duckdb
import structlog

from warehouse import checks, exports, notices, switch
from warehouse.bundles import write_bundles
from warehouse.catalogue.model import Catalogue, catalogue, default_address
from warehouse.catalogue.write import write_catalogue
from warehouse.checks import CheckResult
from warehouse.duckfile import write_duckdb
from warehouse.engine import connect
from warehouse.errors import ChecksFailedError, ReleaseError, StorageError
from warehouse.files import ReleaseFile, digest, listed, write_sums
from warehouse.formats import FORMATS, kind_of
from warehouse.locks import only_writer
from warehouse.portal.files import DataFile
from warehouse.portal.render import render
from warehouse.portal.site import Site
from warehouse.provenance import take_along
from warehouse.published import PublishedTable, published
from warehouse.rubric import rubric_authors
from warehouse.signing import refuse_unusable, sign
from warehouse.starter import write_starter

log = structlog.get_logger(__name__)

DUCKDB = "data/baskych.duckdb"
DUCKDB_SUMS = "SHA256SUMS-duckdb"
DIGEST_LETTERS = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a release will be read, where readers say what is wrong, and who vouches for it."""

    address: str  # absolute, ending in "/"
    issues_url: str | None
    signing_key: Path | None = None  # none: the release is not signed


@dataclass(frozen=True, slots=True, kw_only=True)
class Release:
    """What was published."""

    version: str
    folder: Path
    rows: tuple[tuple[str, int], ...]  # (table, rows), sorted by table
    files: tuple[ReleaseFile, ...]
    warnings: tuple[CheckResult, ...]  # promises that are broken, yet not so badly as to stop a release


def publish(  # noqa: PLR0913 - what a release depends on, beside its data
    data: Path,
    *,
    threads: int | None = None,
    approved: Collection[str] = (),
    address: str | None = None,
    issues_url: str | None = None,
    signing_key: Path | None = None,
) -> Release:
    """Publish `data/warehouse.duckdb` as `data/publish/<version>/` and let `data/publish/latest` point there.

    `approved` names checks whose failure a person has looked at and accepts for this release. `address` is
    where the folder `publish` will be served, for descriptions that need absolute addresses. `issues_url` is
    where a new issue is filed; readers find it on the page of each service, with the words filled in. With
    `signing_key`, an SSH key, the lists of sums are signed.

    Raises:
        ChecksFailedError: the data break a promise; the release is in `data/publish-failed/<version>/`.
        StorageError: the disk is full, or the folder cannot be written to.
        ReleaseError: there is no warehouse, it is empty, or another process is publishing.
        SigningError: the key cannot be used.
    """
    if signing_key:
        refuse_unusable(signing_key)
    warehouse, folder = data / "warehouse.duckdb", data / "publish"
    if not warehouse.is_file():
        raise ReleaseError(f"{warehouse}: not there; build the warehouse first")
    with only_writer(folder, "publish", StorageError):
        part = folder / f"new{switch.PART}"
        try:
            switch.clean(folder)
            (part / "data").mkdir(parents=True)
            (part / "spreadsheet").mkdir()
            place = Place(
                address=address or default_address(), issues_url=issues_url, signing_key=signing_key
            )
            return make(data, part, threads, frozenset(approved), place)
        except (OSError, duckdb.IOException) as problem:
            raise StorageError(
                f"{folder}: could not be written ({problem}); free some space or choose a folder of your own"
            ) from problem
        except duckdb.Error as problem:
            raise ReleaseError(f"{warehouse}: could not be published: {problem}") from problem
        finally:
            switch.clean(folder)


def make(data: Path, part: Path, threads: int | None, approved: frozenset[str], place: Place) -> Release:
    """Write a whole release into `part` and put it in its place.

    Raises:
        ChecksFailedError: the data break a promise that is not `approved`.
    """
    with connect(data / "warehouse.duckdb", threads=threads, read_only=True) as connection:
        tables = published(connection)
        rows = tuple((table.name, write_table(connection, table, part)) for table in tables)
        version = f"{newest_round(connection)}-{digest(listed(part))[:DIGEST_LETTERS]}"
        broken = checks.failures(connection)
        stopping = [result for result in broken if result.severity == "error" and result.name not in approved]
        if stopping:
            refuse(data, part, version, stopping)
        write_duckdb(data / "warehouse.duckdb", tables, part / DUCKDB)
        notices.write_papers(part, version, tables, rubric_authors(connection))
        write_bundles(part, version, tables, listed(part))
        write_starter(connection, part)
        described = catalogue(place.address, version, tables, listed(part))
        write_catalogue(connection, part, described)
        site = site_of(described, place)
        render(connection, part, [offered(file, dict(rows)) for file in listed(part)], site)
    take_along(data, part)
    write_sums(part, apart={DUCKDB: DUCKDB_SUMS})
    if place.signing_key:
        sign(part, place.signing_key)
    os.sync()
    folder = part.with_name(version)
    switch.put(part, folder)
    log.info("release_published", version=version, folder=str(folder), rows=sum(count for _, count in rows))
    return Release(version=version, folder=folder, rows=rows, files=listed(folder), warnings=tuple(broken))


def site_of(described: Catalogue, place: Place) -> Site:
    """Return what the portal must know of its own host."""
    return Site(
        latest_url=described.latest_url,
        version=described.version,
        newest_round=described.newest_round,
        issues_url=place.issues_url,
    )


def write_table(connection: duckdb.DuckDBPyConnection, table: PublishedTable, part: Path) -> int:
    """Write the files of `table`; return its number of rows."""
    count = exports.count_unique(connection, table)
    for kind in FORMATS:
        if kind.holds(count):
            kind.write(connection, table, part / kind.path(table.name))
    return count


def newest_round(connection: duckdb.DuckDBPyConnection) -> str:
    """Return the newest round of all countries.

    Raises:
        ReleaseError: there is none.
    """
    found = connection.execute("select max(round_id) from out_country_rounds").fetchone()
    if found is None or found[0] is None:
        raise ReleaseError("the warehouse holds no round: crawl or import one, then understand and build")
    return str(found[0])


def refuse(data: Path, part: Path, version: str, reasons: list[CheckResult]) -> None:
    """Keep what would have been published in `data/publish-failed/<version>/`, with the reasons.

    Raises:
        ChecksFailedError: always; it says why and where.
    """
    words = "\n".join(result.words() for result in reasons)
    (part / "REASONS.txt").write_text(words + "\n", encoding="utf-8")
    place = data / "publish-failed" / version
    place.parent.mkdir(exist_ok=True)
    switch.remove(place)
    part.rename(place)
    log.error(
        "release_refused", version=version, folder=str(place), checks=[result.name for result in reasons]
    )
    raise ChecksFailedError(f"{words}\nNothing was published; see {place}")


def offered(file: ReleaseFile, rows: dict[str, int]) -> DataFile:
    """Return `file` as the portal's dataset pages offer it.

    DuckDB leaves chance bytes in the gaps of its files, and chance gaps: pages name the list that has the
    sum of that one, and not its size.
    """
    path = Path(file.path)
    table = path.stem if path.stem in rows else None
    return DataFile(
        path=file.path,
        format=kind_of(file.path),
        byte_count=None if file.path == DUCKDB else file.byte_count,
        sha256=DUCKDB_SUMS if file.path == DUCKDB else file.sha256,
        table=table,
        row_count=rows.get(path.stem),
    )
