"""What the tests of the warehouse share: a tiny data folder, and the warehouse built from it."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest
from tiny import tiny_data
from tiny_history import built_history
from tiny_release import built_once, released_once
from tiny_stories import all_stories

from warehouse import release, table_files
from warehouse.engine import connect
from warehouse.formats import CSV, PARQUET
from warehouse.portal.render import render
from warehouse.release import Release


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a tiny data folder with its warehouse: to read, never to change."""
    return built_once(tmp_path_factory)


@pytest.fixture
def warehouse(built: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """Yield the tiny warehouse, open for reading."""
    with connect(built / "warehouse.duckdb", read_only=True) as connection:
        yield connection


@pytest.fixture(scope="session")
def histories(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a data folder with the warehouse of all stories of `tiny_stories`: to read, never to change."""
    return built_history(tmp_path_factory.mktemp("history"), all_stories())


@pytest.fixture
def history(histories: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """Yield the warehouse of all stories, open for reading."""
    with connect(histories / "warehouse.duckdb", read_only=True) as connection:
        yield connection


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Return a tiny data folder of one's own, not yet built."""
    return tiny_data(tmp_path / "data")


@pytest.fixture(scope="session")
def released(tmp_path_factory: pytest.TempPathFactory) -> Release:
    """Return the release of the tiny data folder: to read, never to change."""
    return released_once(tmp_path_factory)


@pytest.fixture(scope="session")
def portal(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the portal of the tiny country."""
    folder = tmp_path_factory.mktemp("portal")
    with connect(built / "warehouse.duckdb", read_only=True) as connection:
        render(connection, folder)
    return folder


@pytest.fixture
def changed(built: Path, tmp_path: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """Yield a copy of the tiny warehouse, open for breaking."""
    copy = shutil.copy(built / "warehouse.duckdb", tmp_path / "warehouse.duckdb")
    with connect(Path(copy)) as connection:
        yield connection


@pytest.fixture
def own(built: Path, tmp_path: Path) -> Path:
    """Return a data folder of one's own with the tiny warehouse in it."""
    folder = tmp_path / "data"
    folder.mkdir()
    shutil.copy(built / "warehouse.duckdb", folder)
    return folder


@pytest.fixture
def small_release(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave out the portal, and formats that take most of the time, where a test is about something else."""
    monkeypatch.setattr(table_files, "FORMATS", (PARQUET, CSV))
    monkeypatch.setattr(release, "render", lambda _connection, folder, *_: (folder / "index.html").touch())
