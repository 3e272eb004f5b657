"""How Dagster is told what came of a step: lines in the run's log, and metadata that its page can show."""

import logging
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import dagster as dg

from pipelines.operating.progress import Lines, Quiet, Reporter, Step

if TYPE_CHECKING:  # the definitions must not wait for it
    from pipelines.rounds.tally import RoundTally, SiteTally

Metadata = Mapping[str, Any]
PORTAL_ADDRESS = "http://127.0.0.1:8000/"
_SECONDS_BETWEEN_EVENTS = (
    1.0  # of lines: each event costs Dagster milliseconds, and a round has thousands of sites
)


class Told:
    """Tells a run's log how far a step is, a line a site, and a person who looks on."""

    def __init__(self, log: logging.Logger, person: Reporter | None = None) -> None:
        """Write to `log`, which is a run's own, and tell `person`."""
        self._log, self._person = log, person or Quiet()

    @contextmanager
    def step(self, name: str, total: int) -> Iterator[Step]:
        """Begin a step."""
        with (
            _gathering(self._log.info) as say,
            Lines(say).step(name, total) as logged,
            self._person.step(name, total) as shown,
        ):
            yield _Both(logged, shown)


@contextmanager
def _gathering(tell: Callable[[str], None]) -> Iterator[Callable[[str], None]]:
    """Yield what takes lines: the first is told at once, those that come fast after it together."""
    waiting: list[str] = []
    told_at = -_SECONDS_BETWEEN_EVENTS

    def say(line: str) -> None:
        nonlocal told_at
        waiting.append(line)
        if time.monotonic() - told_at >= _SECONDS_BETWEEN_EVENTS:
            tell("\n".join(waiting))
            waiting.clear()
            told_at = time.monotonic()

    try:
        yield say
    finally:
        if waiting:
            tell("\n".join(waiting))


class _Both:
    """One step, told twice."""

    def __init__(self, *steps: Step) -> None:
        self._steps = steps

    def finished(self, name: str, detail: str) -> None:
        for step in self._steps:
            step.finished(name, detail)

    def went_on(self, detail: str) -> None:
        for step in self._steps:
            step.went_on(detail)


def of_captures(site: "SiteTally", folder: str) -> Metadata:
    """What was asked of a site, what opened, and who can do something about the rest."""
    unseen = [dg.TableRecord({"outcome": outcome.value, "requests": n}) for outcome, n in site.unseen.items()]
    return {
        "dagster/row_count": site.asked,
        "pages opened": site.seen,
        "not opened": dg.MetadataValue.table(
            unseen or [dg.TableRecord({"outcome": "nothing", "requests": 0})]
        ),
        "can be mended by": site.fault or "nothing to mend",
        "folder": dg.MetadataValue.path(folder),
    }


def of_pages(site: "SiteTally", file: str) -> Metadata:
    """What reading a site's captures gave."""
    return {
        "dagster/row_count": site.asked,
        "pages seen": site.seen,
        "file": dg.MetadataValue.path(file),
    }


def of_services(round_: "RoundTally") -> Metadata:
    """The services of a round, by stage and by site."""
    stages = [dg.TableRecord({"stage": name, "services": count}) for name, count in round_.stage_rows()]
    sites = [
        dg.TableRecord({"site": site.site_id, "pages seen": site.seen, "services": site.service_count})
        for site in round_.sites
    ]
    return {
        "dagster/row_count": sum(round_.stages.values()),
        "stages": dg.MetadataValue.table(stages),
        "sites": dg.MetadataValue.table(sites),
    }


def of_warehouse(path: str, rows: tuple[tuple[str, int], ...]) -> Metadata:
    """The tables of the warehouse, with their rows."""
    records = [dg.TableRecord({"table": table, "rows": count}) for table, count in rows]
    return {
        "dagster/row_count": sum(count for _, count in rows),
        "tables": dg.MetadataValue.table(records),
        "file": dg.MetadataValue.path(path),
    }


def of_release(folder: str, version: str) -> Metadata:
    """Where the release lies, and where its portal is read."""
    return {
        "version": version,
        "portal (while `baskych serve` runs)": dg.MetadataValue.url(PORTAL_ADDRESS),
        "portal, without a server": dg.MetadataValue.path(f"{folder}/index.html"),
        "files": dg.MetadataValue.path(folder),
    }
