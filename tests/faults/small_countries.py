"""Data folders that faults are tried on, and what a reader of a release must find."""

import hashlib
import shutil
from dataclasses import dataclass
from pathlib import Path

from faulty_disk import FaultyDisk
from tiny import tiny_data
from tiny_site import served

from warehouse.build import build
from warehouse.engine import connect

LISTS = ("SHA256SUMS", "SHA256SUMS-duckdb")
# A release of all tables in two formats, checked at the gate, and without a portal. Run in the process that
# publishes.
FEW_FILES = """
import os
from warehouse import release, table_files
table_files.FORMATS = table_files.FORMATS[:2]
release.write_duckdb = lambda _warehouse, _tables, place, *_: place.write_bytes(bytes(9000))
release.render = lambda _connection, folder, *_: (folder / "index.html").write_text("x")
os.sync = lambda: None  # of the whole machine, with all that others write there
release.write_bundles = release.write_starter = release.write_catalogue = lambda *_: None
"""
# And one of three tables whose contents nobody checks: for tests of its place.
SLIM = (
    FEW_FILES
    + """
whole = table_files.published
kept = ("out_services", "out_sites", "out_country_rounds")
table_files.published = lambda connection: [table for table in whole(connection) if table.name in kept]
release.gate.examine_tables = lambda *_: ()
"""
)


@dataclass(frozen=True, kw_only=True)
class Office:
    """Two data folders with one round of a small office: crawled, and understood as well."""

    registry: Path
    captured: Path
    understood: Path

    @property
    def warc(self) -> Path:
        """The archive of its pages."""
        (path,) = self.captured.glob("captures/*/*/*.warc.gz")
        return path


def harvested(disk: FaultyDisk, folder: Path) -> Office:
    """Crawl and understand the small office into `folder`, by the command line."""
    data, more = folder / "captured", folder / "understood"
    with served(folder) as registry:
        crawl = ("crawl", "--registry", registry, "--round", "2026-11", "--data", data)
        assert disk.run(*crawl, under=data).code == 0
    understand = ("understand", "--registry", registry, "--jobs", "1", "--data", copied(data, more))
    assert disk.run(*understand, under=more).code == 0
    return Office(registry=registry, captured=data, understood=more)


def tiny_country(data: Path) -> Path:
    """Write the tiny country to `data` and build its warehouse; return it."""
    build(tiny_data(data), threads=1)
    return data


def copied(data: Path, place: Path) -> Path:
    """Copy a data folder; return the copy."""
    shutil.copytree(data, place, symlinks=True)
    return place


def rename_a_service(data: Path, name: str) -> None:
    """Change one value of the warehouse, so that the next release is another one."""
    with connect(data / "warehouse.duckdb") as connection:
        connection.execute("update out_services set name = ? where service_id = 'tax-number'", [name])


def digests(folder: Path) -> dict[str, str]:
    """Return the SHA-256 of every file below `folder`, by path."""
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def view(latest: Path) -> tuple[str, str]:
    """Look at a release as a reader does: follow the link once, then read and check all that is listed.

    Return its name and the SHA-256 of its main list. What is not as listed fails the assertion.
    """
    release = latest.resolve(strict=True)
    texts = [(release / name).read_text(encoding="utf-8") for name in LISTS]
    listed = dict(reversed(line.split("  ", 1)) for text in texts for line in text.splitlines())
    found = {path: digest for path, digest in digests(release).items() if path not in LISTS}

    assert listed == found, f"{release.name} is not whole"
    return release.name, hashlib.sha256(texts[0].encode()).hexdigest()
