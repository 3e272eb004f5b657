"""Keep what came of reading a page, so that an unchanged one need not be read and judged again.

A reading is used again only for the same body at the same address of the same site, read by the same code
and knowledge (`reading_version`), and if the page's dates are as recent as they were. The files of a round
are byte for byte the same with and without; whatever is kept here may be thrown away at any time.
"""

import hashlib
import json
import sqlite3
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path
from types import TracebackType
from typing import Self

import structlog

from crawlers.captures import Capture
from crawlers.outcomes import Outcome
from pipelines.rounds.kept_form import GIVEN, KeptReading, fitted, packed, unpacked
from pipelines.rounds.page_reading import ReadCapture
from pipelines.rounds.same_dates import is_as_recent

READINGS = "readings"  # the folder under `data/`
_UNSETTLED = frozenset(
    {Outcome.CRAWLER_FAILED, Outcome.BAD_CONTENT}
)  # no body to be had, or no time to read it
_LAST_ROUNDS = 3  # in which a reading was not used: then it is forgotten
_TABLES = """
create table if not exists reading (key text primary key, reading blob not null);
create table if not exists used (key text primary key, round_id text not null) without rowid;
drop table if exists kept;
"""  # `kept` held both, so that to use a reading was to write it again
_USED = """
insert into used values (?, ?) on conflict (key) do update set round_id = max(round_id, excluded.round_id)
"""

log = structlog.get_logger()


class KeptReadings:
    """The readings of one site's pages, from round to round."""

    def __init__(self, data: Path, site_id: str, round_id: str, version: str, spans: Collection[int]) -> None:
        """Keep them under `data`; `version` tells who reads, `spans` how recent (in days) dates must be."""
        self._path = data / READINGS / f"{site_id}.sqlite"
        self._round_id, self._version, self._spans = round_id, version, spans
        self._used: set[str] = set()

    def __enter__(self) -> Self:
        """Open what was kept; what cannot be opened is begun anew, and told in the log."""
        self._path.parent.mkdir(parents=True, exist_ok=True)
        try:
            self._kept = _open(self._path)
        except sqlite3.DatabaseError as failure:
            log.warning("readings_forgotten", file=str(self._path), why=str(failure))
            self._path.unlink(missing_ok=True)
            self._kept = _open(self._path)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Forget what no recent round used, and close."""
        if error is None:
            self._forget()
            self._kept.commit()
        self._kept.close()

    def get(self, capture: Capture) -> ReadCapture | None:
        """Return what reading `capture` would give, where a page like it was read before."""
        key = self._key(capture)
        row = (
            self._kept.execute("select reading from reading where key = ?", (key,)).fetchone()
            if key
            else None
        )
        if key is None or row is None:
            return None
        kept = self._unpacked(row[0])
        if kept is None or not is_as_recent(kept, capture, self._spans):
            return None
        self._used.add(key)
        return fitted(kept, capture)

    def keep(self, capture: Capture, read: ReadCapture) -> None:
        """Keep what reading `capture` gave, unless trying again may give more; what was kept stays."""
        key = self._key(capture)
        if key is None or key in self._used or Outcome(read.row.outcome) in _UNSETTLED:
            return
        self.keep_packed([(key, packed(read))])

    def keep_packed(self, readings: Iterable[tuple[str, bytes]]) -> None:
        """Keep readings that were `packed` elsewhere, each with its `reading_key`."""
        self._kept.executemany("insert or replace into reading values (?, ?)", self._noted(readings))

    def _unpacked(self, reading: bytes) -> KeptReading | None:
        """The reading; None, told in the log, where its bytes are not what they were."""
        try:
            return unpacked(reading)
        except ValueError as failure:
            log.warning("reading_damaged", file=str(self._path), why=str(failure))
            return None

    def _key(self, capture: Capture) -> str | None:
        return reading_key(self._version, capture)

    def _noted(self, readings: Iterable[tuple[str, bytes]]) -> Iterator[tuple[str, bytes]]:
        for key, reading in readings:
            self._used.add(key)
            yield key, reading

    def _forget(self) -> None:
        self._kept.executemany(_USED, ((key, self._round_id) for key in self._used))
        recent = "select distinct round_id from used order by round_id desc limit ?"
        self._kept.execute(f"delete from used where round_id not in ({recent})", (_LAST_ROUNDS,))  # noqa: S608 - our own words
        self._kept.execute("delete from reading where key not in (select key from used)")


def reading_key(version: str, capture: Capture) -> str | None:
    """Return what a reading by `version` rests on; None for a capture whose reading is not kept."""
    if capture.outcome not in GIVEN or capture.body_sha256 is None:
        return None
    rests_on = (
        version,
        capture.country_id,
        capture.site_id,
        capture.url,
        capture.redirect_url,
        capture.body_sha256,
        capture.content_type,
        capture.media_type,
    )
    return hashlib.sha256(json.dumps(rests_on).encode()).hexdigest()


def _open(path: Path) -> sqlite3.Connection:
    kept = sqlite3.connect(path)
    try:
        _prepare(kept)
    except sqlite3.DatabaseError:
        kept.close()
        raise
    return kept


def _prepare(kept: sqlite3.Connection) -> None:
    kept.execute("pragma synchronous = off")  # what a power cut takes away can be read again
    kept.executescript(_TABLES)
    (found,) = kept.execute("pragma quick_check(1)").fetchone()
    if found != "ok":
        raise sqlite3.DatabaseError(found)
