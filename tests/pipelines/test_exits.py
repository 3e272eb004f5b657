"""What the numbers mean that `baskych` ends with."""

import errno
import importlib
import sqlite3

import duckdb
import pytest

from pipelines.errors import RecordsError
from pipelines.operating.exits import MEANINGS, Exit
from pipelines.operating.failures import EXITS, Ending, Terminated, UsageError, exit_for, explain
from warehouse.errors import ContractError, DictionaryError, StorageError
from warehouse.portal.errors import PortalError


def test_every_exit_code_has_a_meaning_and_an_advice():
    """A number alone helps nobody."""
    assert list(Exit) == list(MEANINGS)
    assert all(meaning.what and meaning.advice for meaning in MEANINGS.values())


def test_no_exit_code_changes_its_number():
    """Programs rely on the numbers, so this list only ever grows."""
    numbers = [0, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 70, 130, 143]

    assert numbers == [int(code) for code in Exit]


@pytest.mark.parametrize(("name", "code"), EXITS.items())
def test_every_error_that_has_a_code_exists(name: str, code: Exit):
    """Errors are named as text, so that nothing heavy is imported; each name must be true."""
    module, _, kind = name.rpartition(".")

    error = getattr(importlib.import_module(module), kind)

    assert name == f"{error.__module__}.{error.__qualname__}"


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (UsageError("no month"), Exit.USAGE),
        (OSError(errno.ENOSPC, "No space left on device"), Exit.DISK_FULL),
        (OSError(errno.EROFS, "Read-only file system"), Exit.NOT_WRITABLE),
        (OSError(errno.EIO, "Input/output error"), Exit.DISK_FAILED),
        (OSError("When writing: [Errno 28] No space left on device"), Exit.DISK_FULL),
        (duckdb.IOException("Could not write file: Input/output error"), Exit.DISK_FAILED),
        (duckdb.TransactionException("Could not write: No space left on device"), Exit.DISK_FULL),
        (duckdb.FatalException("FATAL Error: fsync failed!"), Exit.DISK_FAILED),
        (sqlite3.OperationalError("database or disk is full"), Exit.DISK_FULL),
        (ValueError("No space left on device"), Exit.INTERNAL),
        (KeyboardInterrupt(), Exit.INTERRUPTED),
        (Terminated(), Exit.TERMINATED),
        (ZeroDivisionError("division by zero"), Exit.INTERNAL),
    ],
)
def test_each_error_ends_with_its_code(error: BaseException, code: Exit):
    """The most exact known class decides; what nobody foresaw is our own fault."""
    assert code is exit_for(error)


def test_a_full_disk_is_told_from_the_error_that_it_caused():
    """A step may wrap the system's error; the person still has to free some space."""
    wrapped = RuntimeError("could not be written")
    wrapped.__cause__ = OSError(errno.ENOSPC, "No space left on device")

    assert Exit.DISK_FULL is exit_for(wrapped)


# As DuckDB 2.0 says it when a copy fills a disk.
FULL = (
    "IO Error: Async write failed for range [offset=0, size=27]: "
    '{"exception_type":"IO","exception_message":"Could not write file: No space left on device","errno":"28"}'
)


@pytest.mark.parametrize(
    ("words", "code"),
    [(FULL, Exit.DISK_FULL), ("IO Error: could not read", Exit.NOT_WRITABLE)],
)
def test_e2_a_disk_that_duckdb_filled_is_told_from_other_failures(words: str, code: Exit):
    """DuckDB's error has no number, only the system's words in it."""
    wrapped = StorageError("publish: could not be written")
    wrapped.__cause__ = duckdb.IOException(words)

    assert code is exit_for(wrapped)


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (RecordsError("core/pages/round=2026-11/x.parquet: not Parquet"), Exit.DAMAGED),
        (DictionaryError("out_services: has no comment"), Exit.BAD_REGISTRY),
        (PortalError("labels.yml: no label"), Exit.BAD_REGISTRY),
        (ContractError("contracts/1.0.0.yml: differs"), Exit.CHECKS_FAILED),
    ],
)
def test_no_typed_error_ends_as_if_baskych_were_at_fault(error: Exception, code: Exit):
    """70 is for what nobody foresaw."""
    assert code is exit_for(error)


def test_an_error_says_what_why_and_what_to_do():
    """Three lines that a person can act on."""
    text = explain(UsageError("--round 2026: expected a month as YYYY-MM"))

    assert "expected a month as YYYY-MM" in text
    assert MEANINGS[Exit.USAGE].what in text
    assert MEANINGS[Exit.USAGE].advice in text


def test_an_ending_shows_no_traceback_unless_asked(capsys: pytest.CaptureFixture[str]):
    """A traceback is for who mends the program."""
    with pytest.raises(SystemExit) as ended, Ending(debug=False):
        raise ZeroDivisionError

    assert 70 == ended.value.code
    assert "Traceback" not in capsys.readouterr().err


def test_an_ending_shows_the_traceback_with_debug(capsys: pytest.CaptureFixture[str]):
    """With --debug the same error shows where it came from."""
    with pytest.raises(SystemExit), Ending(debug=True):
        raise ZeroDivisionError

    assert "Traceback" in capsys.readouterr().err


def test_an_exit_that_was_asked_for_passes_through():
    """A command may end by itself with a code of its own."""
    with pytest.raises(SystemExit) as ended, Ending(debug=False):
        raise SystemExit(17)

    assert 17 == ended.value.code
