"""E12: a database of another DuckDB than ours is read, or refused in words that help."""

import re
from pathlib import Path

import duckdb
import pytest

from pipelines.operating.exits import Exit
from pipelines.operating.failures import exit_for
from warehouse.engine import connect
from warehouse.errors import OpenError
from warehouse.release import DUCKDB, Release

VERSION_AT = 12  # bytes from the beginning, behind "DUCK": the version of the storage, eight bytes
WRITER_AT = 52


@pytest.fixture
def newer(tmp_path: Path) -> Path:
    """A database as a DuckDB of the future would write it."""
    path = tmp_path / "newer.duckdb"
    duckdb.connect(str(path)).close()
    content = bytearray(path.read_bytes())
    content[VERSION_AT : VERSION_AT + 8] = (60_000).to_bytes(8, "little")
    content[WRITER_AT : WRITER_AT + 7] = b"v9.1.0\0"
    path.write_bytes(content)
    return path


def test_e12_a_database_of_a_newer_duckdb_is_refused_with_both_versions(newer: Path):
    """Which wrote it, which this is, and which files this one reads."""
    words = (
        f"newer.duckdb: cannot be opened .*DuckDB v9.1.0 wrote it, this is {re.escape(duckdb.__version__)}"
    )
    with pytest.raises(OpenError, match=words) as caught:
        connect(newer, read_only=True)

    assert Exit.DAMAGED is exit_for(caught.value)


@pytest.mark.parametrize("content", [b"", b"PAR1" * 4000, b"\0" * 16_384])
def test_e12_what_is_no_database_is_named(tmp_path: Path, content: bytes):
    """Another file under its name, or zeros after a loss of power."""
    path = tmp_path / "warehouse.duckdb"
    path.write_bytes(content)

    with pytest.raises(
        OpenError, match=r"warehouse\.duckdb: cannot be opened .*expected a database of DuckDB"
    ):
        connect(path, read_only=True)


def test_e12_a_database_that_was_cut_is_named(tmp_path: Path, built: Path):
    """A download that ended early; the beginning looks right."""
    path = tmp_path / "cut.duckdb"
    path.write_bytes((built / "warehouse.duckdb").read_bytes()[:20_000])

    with pytest.raises(OpenError, match=r"cut\.duckdb"), connect(path, read_only=True) as connection:
        connection.execute("from out_services")


def test_e12_a_database_in_the_format_of_an_older_duckdb_is_read(released: Release):
    """What we release is in the format of DuckDB 1.2, as its README says; ours reads it too."""
    path = released.folder / DUCKDB
    with connect(path, read_only=True) as connection:
        found = connection.sql("from out_services").fetchall()

    assert 7 == len(found)
    assert "DuckDB 1.2" in (released.folder / "README.txt").read_text(encoding="utf-8")
