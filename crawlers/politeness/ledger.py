"""The ledger of one visit: every address that was considered and not asked for, with the rule against it.

Those that were asked for stand in the captures. Each refusal is a line that has left this process before
the next is written, so neither memory nor a kill limits what is told; `refused` makes a table of it.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Self

from crawlers.policy import policy
from crawlers.politeness.decisions import Refusal, Rule
from crawlers.storing.recorder import Whose, in_milliseconds

LEDGER_FILE = "refusals.jsonl"
_WHOSE = ("country_id", "round_id", "site_id")  # what a ledger's first line says


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """One address of one round that was not asked for: a row of `refusals.parquet`."""

    country_id: str
    round_id: str  # YYYY-MM
    site_id: str
    seq: int  # order within the site's round, from 0
    url: str  # shortened where it is longer than any address that we ask for
    referrer_url: str | None
    rule: Rule
    detail: str | None  # for a person: the value that the rule met
    refused_at: datetime  # UTC


class Ledger:
    """Writes the refusals of one visit into the folder of its captures."""

    def __init__(self, folder: Path, whose: Whose) -> None:
        """Write into `folder`, anew: a visit that goes on comes to all its decisions once more."""
        self._file = (folder / LEDGER_FILE).open("w", encoding="utf-8", buffering=1)
        self._count = 0
        self._write([whose.country_id, whose.round_id, whose.site_id])

    def __enter__(self) -> Self:
        """Return the ledger, to be closed at the end."""
        return self

    def __exit__(self, *_: object) -> None:
        """Say how many refusals found no room, and close the file."""
        beyond = self._count - policy().ledger_max_refusals
        if beyond > 0:
            self._put(Refusal(url="", referrer_url=None, rule=Rule.UNLISTED, detail=f"{beyond} addresses"))
        self._file.close()

    def note(self, refusal: Refusal) -> None:
        """Keep one refusal; of a site that gives them without measure, their number."""
        self._count += 1
        if self._count <= policy().ledger_max_refusals:
            self._put(refusal)

    def _put(self, refusal: Refusal) -> None:
        now = in_milliseconds(datetime.now(UTC)).isoformat()
        places = (_shortened(refusal.url), _shortened(refusal.referrer_url))
        self._write([*places, refusal.rule.value, _shortened(refusal.detail), now])

    def _write(self, line: list[str | None]) -> None:
        self._file.write(json.dumps(line) + "\n")


def read_ledger(folder: Path) -> Iterator[Refused]:
    """Yield the refusals in `folder`, in their order; a line that was cut is left out."""
    path = folder / LEDGER_FILE
    if not path.exists():
        return
    whose: dict[str, str] = {}
    seq = 0
    with path.open("rb") as lines:
        for line in lines:
            values: list[Any] | None = json.loads(line) if line.endswith(b"\n") else None
            if values is None:
                continue
            if len(values) == len(_WHOSE):
                whose = dict(zip(_WHOSE, values, strict=True))
                continue
            yield _refused(values, whose, seq)
            seq += 1


def _refused(values: list[Any], whose: dict[str, str], seq: int) -> Refused:
    url, referrer_url, rule, detail, at = values
    return Refused(
        **whose,
        seq=seq,
        url=url,
        referrer_url=referrer_url,
        rule=Rule(rule),
        detail=detail,
        refused_at=datetime.fromisoformat(at),
    )


def _shortened(text: str | None) -> str | None:
    """A text of bounded length; half of a surrogate pair, which no file of ours can hold, becomes `?`."""
    if text is None:
        return None
    longest = policy().max_url_characters
    short = text if len(text) <= longest else f"{text[:longest]}…"
    return short.encode("utf-8", "replace").decode()
