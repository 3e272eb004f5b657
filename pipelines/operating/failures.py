"""Turn every way of failing into words that help, and into a numbered exit code.

A person sees what went wrong, why, and what to do; the traceback stays hidden unless asked for with --debug.
"""

import errno
import os
import sys
import traceback
from collections.abc import Mapping
from contextlib import AbstractContextManager
from types import MappingProxyType, TracebackType

from pipelines.operating.exits import MEANINGS, Exit

# Named, not imported: `baskych --help` must not wait for Scrapy, Arrow and DuckDB. The most exact class wins;
# a test imports every one of them.
EXITS: Mapping[str, Exit] = MappingProxyType(
    {
        "pipelines.operating.failures.UsageError": Exit.USAGE,
        "pipelines.operating.failures.BadInputError": Exit.BAD_INPUT,
        "pipelines.operating.failures.NotWritableError": Exit.NOT_WRITABLE,
        "pipelines.operating.failures.NothingThereError": Exit.NOTHING_THERE,
        "pipelines.operating.failures.NothingReachedError": Exit.NOTHING_REACHED,
        "pipelines.operating.failures.CrawlerFailedError": Exit.CRAWLER_FAILED,
        "pipelines.operating.failures.DiskFullError": Exit.DISK_FULL,
        "crawlers.errors.RegistryError": Exit.BAD_REGISTRY,
        "crawlers.errors.NoRegistryError": Exit.BAD_INPUT,
        "crawlers.errors.UnknownCountryError": Exit.UNKNOWN_COUNTRY,
        "crawlers.errors.NoSuchCountryError": Exit.USAGE,
        "crawlers.errors.UnknownSiteError": Exit.UNKNOWN_SITE,
        "crawlers.errors.ArchiveError": Exit.BROKEN_ARCHIVE,
        "crawlers.errors.NoArchiveError": Exit.BAD_INPUT,
        "crawlers.errors.CaptureError": Exit.BROKEN_ARCHIVE,
        "crawlers.errors.LockHeldError": Exit.LOCKED,
        "crawlers.errors.StateFolderError": Exit.NOT_WRITABLE,
        "crawlers.errors.WrongClockError": Exit.CRAWLER_FAILED,
        "warehouse.errors.BuildError": Exit.CHECKS_FAILED,
        "warehouse.errors.DamagedError": Exit.DAMAGED,
        "warehouse.errors.OpenError": Exit.DAMAGED,
        "warehouse.errors.ReleaseError": Exit.NOTHING_THERE,
        "warehouse.errors.ChecksFailedError": Exit.CHECKS_FAILED,
        "warehouse.errors.StorageError": Exit.NOT_WRITABLE,
        "warehouse.errors.DictionaryError": Exit.BAD_REGISTRY,
        "warehouse.errors.ContractError": Exit.CHECKS_FAILED,
        "warehouse.errors.ApprovalError": Exit.USAGE,
        "warehouse.portal.errors.PortalError": Exit.BAD_REGISTRY,
        "warehouse.portal.errors.PrinterDiedError": Exit.INTERNAL,
        "pipelines.errors.ClusterError": Exit.CLUSTER_FAILED,
        "pipelines.errors.RecordsError": Exit.DAMAGED,
        "pipelines.errors.CorrectionsError": Exit.BAD_REGISTRY,
        "pipelines.judging.names.KnowledgeError": Exit.BAD_REGISTRY,
        "warehouse.portal.errors.ReportError": Exit.NOTHING_THERE,
        "warehouse.portal.errors.NoSuchSiteError": Exit.UNKNOWN_SITE,
        "warehouse.portal.errors.ServeError": Exit.NOTHING_THERE,
        "pipelines.verify.VerifyError": Exit.NOTHING_THERE,
        "pipelines.provenance.record.ProvenanceError": Exit.NOTHING_THERE,
        "pipelines.rederive.OtherCodeError": Exit.OTHER_CODE,
        "pipelines.chain.NoSuchServiceError": Exit.UNKNOWN_SITE,
        "pipelines.chain.NoTableError": Exit.NOTHING_THERE,
        "warehouse.signing.SigningError": Exit.BAD_INPUT,
        "warehouse.signing.NoSignerError": Exit.NOTHING_THERE,
        "crawlers.stores.errors.StoreError": Exit.STORE_FAILED,
        "crawlers.stores.errors.StoreBusyError": Exit.LOCKED,
        "crawlers.stores.errors.StoreDamagedError": Exit.DAMAGED,
        "pipelines.inspecting.sources.InspectError": Exit.BAD_INPUT,
        "pipelines.measuring.gold.GoldError": Exit.BAD_INPUT,
        "pipelines.operating.ui.HomeError": Exit.NOTHING_THERE,
        "pipelines.operating.ports.AddressTakenError": Exit.ADDRESS_TAKEN,
        "builtins.KeyboardInterrupt": Exit.INTERRUPTED,
        "dagster._core.errors.DagsterExecutionInterruptedError": Exit.INTERRUPTED,
    }
)
DISK_FULL = frozenset({errno.ENOSPC, errno.EDQUOT})
OF_THE_DISK = {**dict.fromkeys(DISK_FULL, Exit.DISK_FULL), errno.EIO: Exit.DISK_FAILED}
# Whose errors have words for what the disk did, and not the system's number: its own words, or others.
_HAND_ON = frozenset({"_duckdb", "pyarrow", "sqlite3", "xlsxwriter"})
_IN_WORDS = {
    errno.ENOSPC: ("database or disk is full",),
    errno.EIO: ("fsync failed", "disk I/O error"),
}
_NO_RIGHT = frozenset({errno.EACCES, errno.EPERM, errno.EROFS})


class CommandError(Exception):
    """The command cannot go on: the message says why in one sentence."""


class UsageError(CommandError):
    """An option's value is not one that the command knows."""


class BadInputError(CommandError):
    """A file that was given is not there, or may not be read."""


class NotWritableError(CommandError):
    """The data folder cannot be written to."""


class NothingThereError(CommandError):
    """The step before this one has not been run."""


class CrawlerFailedError(CommandError):
    """Our own crawler ended before its work was done."""


class DiskFullError(CommandError):
    """The crawl stopped, tidily, before the disk was full."""


class NothingReachedError(CommandError):
    """Not one page of the round could be looked at."""


class Terminated(KeyboardInterrupt):
    """The system or another program asked us to stop (SIGTERM)."""


def exit_for(error: BaseException) -> Exit:
    """Return the exit code that `error` ends the command with."""
    if isinstance(error, Terminated):
        return Exit.TERMINATED
    disk = _fault_of_the_disk(error)
    if disk is not None:
        return disk
    for kind in type(error).__mro__:
        known = EXITS.get(f"{kind.__module__}.{kind.__qualname__}")
        if known is not None:
            return known
    if isinstance(error, OSError) and error.errno in _NO_RIGHT:
        return Exit.NOT_WRITABLE
    return Exit.INTERNAL


def exit_named(kind: str) -> Exit:
    """Return the exit code of an error of which only the class's name is left, as in Dagster's log."""
    known = {name.rsplit(".", 1)[-1]: code for name, code in EXITS.items()}
    return known.get(kind, Exit.INTERNAL)


def _fault_of_the_disk(error: BaseException) -> Exit | None:
    """Return the exit of a disk that is full or fails, where `error` or what it came from says so."""
    chain: list[BaseException] = []
    came_from: BaseException | None = error
    while came_from is not None and came_from not in chain:  # a chain may end in itself
        chain.append(came_from)
        came_from = came_from.__cause__ or came_from.__context__
    return next(
        (exit_code for one in chain for number, exit_code in OF_THE_DISK.items() if _is(one, number)), None
    )


def _is(error: BaseException, number: int) -> bool:
    """Whether `error` is the system's error `number`; DuckDB and Arrow hand on the system's words alone."""
    if isinstance(error, OSError) and error.errno is not None:
        return error.errno == number
    hands_on = isinstance(error, OSError) or type(error).__module__.split(".")[0] in _HAND_ON
    said = (os.strerror(number), *_IN_WORDS.get(number, ()))
    return hands_on and any(words in str(error) for words in said)


def explain(error: BaseException) -> str:
    """Return what went wrong, why and what to do, as lines for a person."""
    code = exit_for(error)
    meaning = MEANINGS[code]
    why = str(error).strip() or type(error).__name__
    if code is Exit.INTERNAL:
        why = f"{type(error).__name__}: {why}"
    lines = [f"baskych: {meaning.what}"]
    if code not in {Exit.INTERRUPTED, Exit.TERMINATED}:
        lines.append("  why: " + why.replace("\n", "\n       "))
    lines += [f"  do:  {meaning.advice}", f"  (exit code {int(code)})"]
    return "\n".join(lines)


def _leave_reader() -> None:
    """End quietly when whoever read our output has read enough (`baskych … | head`)."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    raise SystemExit(int(Exit.OK))


class Ending(AbstractContextManager["Ending", None]):
    """Ends the program: whatever is raised inside becomes words on standard error and an exit code."""

    def __init__(self, *, debug: bool) -> None:
        """Show the traceback too where `debug`."""
        self._debug = debug

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Explain `error` and exit; an exit that was asked for passes through."""
        if error is None or isinstance(error, SystemExit | GeneratorExit):
            return
        if isinstance(error, BrokenPipeError):
            _leave_reader()
        if self._debug:
            traceback.print_exception(kind, error, trace)
        sys.stderr.write(explain(error) + "\n")
        raise SystemExit(int(exit_for(error))) from None
