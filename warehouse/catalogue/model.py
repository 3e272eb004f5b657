"""What all descriptions of a release are made from: one catalogue, its datasets, their files."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from warehouse.catalogue.coverage import Coverage
from warehouse.catalogue.vocabulary import vocabulary
from warehouse.dictionary import LANGUAGES, ColumnDoc, Words
from warehouse.errors import ReleaseError
from warehouse.files import ReleaseFile
from warehouse.formats import FORMATS
from warehouse.portal import addresses
from warehouse.published import PublishedTable

_ADDRESS = re.compile(r"https?://[^\s<>\"{}|\\^`?#]+/")
_LATEST = "latest"
_VERSION = re.compile(r"(?P<round>\d{4}-\d{2})-\w+(?:-\d+)?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Distribution:
    """One file that holds a dataset's rows."""

    url: str  # of this very release
    kind: str  # a key of `formats` in vocabulary.yml
    byte_count: int
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Dataset:
    """One published table."""

    name: str
    url: str  # of the dataset, whatever the release
    page_urls: Mapping[str, str]  # language -> page about it
    meaning: Words
    columns: tuple[ColumnDoc, ...]
    grain: tuple[str, ...]
    distributions: tuple[Distribution, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Catalogue:
    """One release."""

    address: str  # absolute, ending in "/": where releases are served
    version: str
    newest_round: str  # YYYY-MM
    datasets: tuple[Dataset, ...]
    coverage: Coverage

    @property
    def release_url(self) -> str:
        """The address of this very release, ending in "/"."""
        return f"{self.address}{self.version}/"

    @property
    def latest_url(self) -> str:
        """The address under which the newest release is found, ending in "/"."""
        return f"{self.address}{_LATEST}/"


def catalogue(
    address: str,
    version: str,
    tables: Iterable[PublishedTable],
    files: Iterable[ReleaseFile],
    coverage: Coverage = Coverage(),  # noqa: B008 - frozen
) -> Catalogue:
    """Return the catalogue of the release `version` of `tables` in `files`, served below `address`.

    `coverage` tells what it is about.

    Raises:
        ReleaseError: `version` is not named after a round, or `address` is no web address ending in "/".
    """
    named = _VERSION.fullmatch(version)
    if named is None:
        raise ReleaseError(f"version {version!r}: expected YYYY-MM-digest")
    if not _ADDRESS.fullmatch(address):
        raise ReleaseError(f'address {address!r}: expected http(s)://host/…/, ending in "/"')
    by_path = {file.path: file for file in files}
    return Catalogue(
        address=address,
        version=version,
        newest_round=named["round"],
        datasets=tuple(_dataset(address, version, table, by_path) for table in tables),
        coverage=coverage,
    )


def _dataset(address: str, version: str, table: PublishedTable, files: Mapping[str, ReleaseFile]) -> Dataset:
    place = addresses.dataset(table.name)
    return Dataset(
        name=table.name,
        url=f"{address}{_LATEST}/datasets/{table.name}",
        page_urls={
            language: f"{address}{_LATEST}/{addresses.file_of(language, place)}" for language in LANGUAGES
        },
        meaning=table.meaning,
        columns=table.columns,
        grain=table.grain,
        distributions=tuple(
            Distribution(
                url=f"{address}{version}/{kind.path(table.name)}",
                kind=kind.kind,
                byte_count=files[kind.path(table.name)].byte_count,
                sha256=files[kind.path(table.name)].sha256,
            )
            for kind in FORMATS
            if kind.path(table.name) in files
        ),
    )


def default_address() -> str:
    """Return the address of a portal that has none yet: a reserved one, so nobody else has it (RFC 2606)."""
    return str(vocabulary()["address"])
