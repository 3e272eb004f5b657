"""Publish the warehouse: write every file into a new folder, ask the gate, and switch `latest` to it.

A release is named after its newest round and its data: the same data give the same name and the same bytes.
It is never replaced. What the gate refuses is kept apart with the reasons; `latest` stays where it was.
"""

import os
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

import duckdb
import structlog

from warehouse import gate, notices, reuse, switch
from warehouse.apart import kept_apart
from warehouse.bundles import write_bundles
from warehouse.catalogue.coverage import coverage_of
from warehouse.catalogue.model import catalogue, default_address
from warehouse.catalogue.write import write_catalogue
from warehouse.checks import CheckResult
from warehouse.duckfile import write_duckdb
from warehouse.errors import ReleaseError, StorageError
from warehouse.files import listed, paths_below
from warehouse.little_memory import Means, at_rest, in_little_memory
from warehouse.locks import only_writer
from warehouse.offers import DUCKDB, DUCKDB_SUMS, Place, offered, site_of
from warehouse.portal.render import render
from warehouse.provenance import take_along
from warehouse.published import PublishedTable
from warehouse.rubric import rubric_authors
from warehouse.signing import refuse_unusable, sign
from warehouse.starter import write_starter
from warehouse.sum_lists import write_sums
from warehouse.table_files import write_tables
from warehouse.versions import DATA_FOLDERS, is_same, newest_round, version_of, versions

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Release:
    """What was published."""

    version: str
    folder: Path
    rows: tuple[tuple[str, int], ...]  # (table, rows), sorted by table
    file_count: int
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

    With `threads` DuckDB works, and so many processes print pages; None: as many as there are cores.
    `approved` names checks whose failure a person has looked at and accepts for this release. `address` is
    where the folder `publish` will be served, for descriptions that need absolute addresses. `issues_url` is
    where a new issue is filed; readers find it on the page of each service, with the words filled in. With
    `signing_key`, an SSH key, the lists of sums are signed.

    Raises:
        ChecksFailedError: the gate refuses; the release is in `data/publish-failed/<version>/`.
        StorageError: the disk is full, or the folder cannot be written to.
        ReleaseError: there is no warehouse, it is empty, or another process is publishing.
        SigningError: the key cannot be used.
    """
    warehouse, folder = ready_warehouse(data, signing_key), data / "publish"
    switch.check(folder)
    with only_writer(folder, "publish", StorageError):
        try:
            place = Place(
                address=address or default_address(), issues_url=issues_url, signing_key=signing_key
            )

            def made(memory_limit: str | None) -> Release:
                part, spill = switch.new_part(folder), folder / f"spill{switch.PART}"
                means = Means(threads=threads, memory_limit=memory_limit, spill=spill)
                return make(data, part, means, frozenset(approved), place)

            return in_little_memory(made, threads)
        except (OSError, duckdb.IOException) as problem:
            raise StorageError(
                f"{folder}: could not be written ({problem}); free some space or choose a folder of your own"
            ) from problem
        except duckdb.Error as problem:
            raise ReleaseError(f"{warehouse}: could not be published: {problem}") from problem
        finally:
            switch.clean(folder)


def ready_warehouse(data: Path, signing_key: Path | None) -> Path:
    """Return the warehouse of which a release can be made, as far as is seen without opening it.

    Raises:
        ReleaseError: there is none. SigningError: the key cannot be used.
    """
    if signing_key:
        refuse_unusable(signing_key)
    warehouse = data / "warehouse.duckdb"
    if not warehouse.is_file():
        raise ReleaseError(f"{warehouse}: not there; build the warehouse first")
    return warehouse


def make(data: Path, part: Path, means: Means, approved: frozenset[str], place: Place) -> Release:
    """Write a whole release into `part`, ask the gate, and put it in its place.

    Raises:
        ChecksFailedError: the gate found something that is not `approved`.
    """
    last, before = part.with_name(switch.LATEST), reuse.earlier(data)
    with means.opened(data / "warehouse.duckdb") as connection:
        round_id = newest_round(connection)
        with kept_apart(data, part, round_id):
            tables, rows = write_tables(connection, part, before)
            first = version_of(part, round_id)
        with kept_apart(data, part, first):
            known = before.unchanged(part, tables) if before else frozenset()
            found = gate.examine_tables(connection, tables, last, approved, known)
            with at_rest(connection):
                write_duckdb(data / "warehouse.duckdb", tables, part / DUCKDB, means)
            version = write_release(connection, data, part, first, tables, dict(rows), place, means)
            os.sync()
            looked_through = before.looked_through(part) if before else ()
            found += gate.examine_files(connection, part, approved, looked_through)
    folder = part.with_name(version)
    if place.signing_key:
        sign(folder if folder.exists() else part, place.signing_key)
    switch.put(part, folder)
    reuse.note(data, version, found)
    log.info("release_published", version=version, folder=str(folder), rows=sum(count for _, count in rows))
    count = sum(1 for _ in paths_below(folder))
    return Release(version=version, folder=folder, rows=rows, file_count=count, warnings=found)


def write_release(  # noqa: PLR0913, PLR0917 - all that a release is of
    connection: duckdb.DuckDBPyConnection,
    data: Path,
    part: Path,
    first: str,
    tables: tuple[PublishedTable, ...],
    rows: dict[str, int],
    place: Place,
    means: Means,
) -> str:
    """Write all that goes with the tables in `part`; return the release's name, which all of it repeats.

    That is `first`, unless another release has that name: then everything is written again with the next.
    """
    for version in versions(first):
        notices.write_papers(part, version, tables, rubric_authors(connection))
        write_bundles(part, version, tables, listed(part))
        write_starter(connection, part)
        described = catalogue(place.address, version, tables, listed(part), coverage_of(connection))
        write_catalogue(connection, part, described)
        files = [offered(file, rows) for file in listed(part)]
        render(connection, part, files, site_of(described, place), means.threads)
        take_along(data, part)
        write_sums(part, apart={DUCKDB: DUCKDB_SUMS})
        there = part.with_name(version)
        if not there.exists() or is_same(part, there):
            break
        switch.empty(part, but=DATA_FOLDERS)
    return version
