"""Every way in which `baskych` can end, with its number, what it means and what a person can do.

Programs that call `baskych` may rely on these numbers: a number is never given a second meaning.
`baskych exit-codes` prints this table.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum, unique
from types import MappingProxyType


@unique
class Exit(IntEnum):
    """The number with which the command ends."""

    OK = 0
    USAGE = 2
    BAD_REGISTRY = 3
    UNKNOWN_COUNTRY = 4
    UNKNOWN_SITE = 5
    BROKEN_ARCHIVE = 6
    NOT_WRITABLE = 7
    LOCKED = 8
    NOTHING_REACHED = 9
    CHECKS_FAILED = 10
    DIFFERENCES = 11
    DISK_FULL = 12
    NOTHING_THERE = 13
    BAD_INPUT = 14
    ADDRESS_TAKEN = 15
    CRAWLER_FAILED = 16
    UNWELL = 17
    DAMAGED = 18
    OTHER_CODE = 19
    DISK_FAILED = 20
    CLUSTER_FAILED = 21
    STORE_FAILED = 22
    INTERNAL = 70
    INTERRUPTED = 130
    TERMINATED = 143


@dataclass(frozen=True, slots=True, kw_only=True)
class Meaning:
    """What one exit code says, and what to do about it."""

    what: str
    advice: str


MEANINGS: Mapping[Exit, Meaning] = MappingProxyType(
    {
        Exit.OK: Meaning(
            what="done",
            advice="nothing to do",
        ),
        Exit.USAGE: Meaning(
            what="the command was called in a way that it does not know",
            advice="see `baskych COMMAND --help`: it ends with an example",
        ),
        Exit.BAD_REGISTRY: Meaning(
            what="a registry or another YAML file cannot be used as it is written",
            advice="correct the value that is named; `baskych doctor --registry FILE` checks the file again",
        ),
        Exit.UNKNOWN_COUNTRY: Meaning(
            what="there is no registry for this country",
            advice="`baskych doctor` lists the countries; `baskych init --country CODE` starts a new one",
        ),
        Exit.UNKNOWN_SITE: Meaning(
            what="there is no site, or no service, of this id",
            advice="take an id from the registry, or from `out_services`; the message names the nearest ones",
        ),
        Exit.BROKEN_ARCHIVE: Meaning(
            what="a WARC file or a CDX answer cannot be read",
            advice="fetch the file again and compare its size and checksum with its source;"
            " of an address, see in a browser what it answers",
        ),
        Exit.NOT_WRITABLE: Meaning(
            what="the data folder cannot be written to; nothing was crawled",
            advice="choose another folder with --data DIR, or give yourself the right to write in this one",
        ),
        Exit.LOCKED: Meaning(
            what="another run is at work in this data folder",
            advice="wait for it, stop it, or work in another folder with --data DIR",
        ),
        Exit.NOTHING_REACHED: Meaning(
            what="not one page could be looked at; what was published says so and why",
            advice="check this machine's network, then the outcomes per site above",
        ),
        Exit.CHECKS_FAILED: Meaning(
            what="the data contradict themselves: nothing new was published, the last release stands",
            advice="read the failing rows above; mend the cause, then `baskych build` and `baskych publish`",
        ),
        Exit.DIFFERENCES: Meaning(
            what="what was verified differs from what its captures say",
            advice="do not use the files that are named; `baskych rebuild` makes them again",
        ),
        Exit.DISK_FULL: Meaning(
            what="the disk is full or nearly so; the last release still stands",
            advice="free some space (see `baskych doctor`), then start the same command again: it goes on",
        ),
        Exit.NOTHING_THERE: Meaning(
            what="what this command works on is not there yet",
            advice="run the step before it, or `baskych run` for all of them",
        ),
        Exit.BAD_INPUT: Meaning(
            what="a file or an address that was given is not there, or cannot be read",
            advice="check its name, its rights and its form: `baskych COMMAND --help` says what is expected",
        ),
        Exit.ADDRESS_TAKEN: Meaning(
            what="another program answers at this port",
            advice="choose another with --port, or end that program",
        ),
        Exit.CRAWLER_FAILED: Meaning(
            what="the crawler ended before its work was done",
            advice="start the same command again: it goes on from there; --debug shows the crawler's own log",
        ),
        Exit.UNWELL: Meaning(
            what="the doctor found something that stops a run",
            advice="do what stands beside each finding",
        ),
        Exit.DAMAGED: Meaning(
            what="a file that an earlier step made cannot be read",
            advice="`baskych rebuild` makes all such files again, from the captures",
        ),
        Exit.OTHER_CODE: Meaning(
            what="the release was made by other code or rules than those here: no row was derived again",
            advice="get the code that the message names, and verify with that;"
            " --quick checks hashes, counts and quotes with any",
        ),
        Exit.DISK_FAILED: Meaning(
            what="the disk could not read or write; the last release still stands",
            advice="see the system's log for what the disk says, let `baskych verify` look at what is there,"
            " and move the data to another disk with --data DIR",
        ),
        Exit.CLUSTER_FAILED: Meaning(
            what="the Dask cluster that was to do the work cannot be reached, or runs other code",
            advice="see that `dask scheduler` and the workers run, all with this version of Baskych;"
            " without BASKYCH_EXECUTOR the work is done on this machine",
        ),
        Exit.STORE_FAILED: Meaning(
            what="the store (s3://…) cannot be reached, or refuses; what it has stays as it was",
            advice="see that its bucket is there and that AWS_ENDPOINT_URL and the credentials of this"
            " environment are the right ones, then start the same command again: it goes on",
        ),
        Exit.INTERNAL: Meaning(
            what="Baskych itself is at fault",
            advice="run the same command with --debug and report what it prints",
        ),
        Exit.INTERRUPTED: Meaning(
            what="stopped by Ctrl-C, before the end",
            advice="start the same command again: what was captured is kept, and it goes on from there",
        ),
        Exit.TERMINATED: Meaning(
            what="stopped by the system or by another program (SIGTERM)",
            advice="start the same command again: what was captured is kept, and it goes on from there",
        ),
    }
)
