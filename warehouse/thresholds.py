"""What the gate takes for a loss: the numbers of `gate.yml`, read strictly."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from warehouse.errors import WarehouseError
from warehouse.plain_yaml import read_yaml

FILE = Path(__file__).with_name("gate.yml")
_KEYS = {"kept_failures", "guards", "rows", "text_suffixes", "digests", "not_ours"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Guard:
    """How much of something a release may lose against the last good one."""

    name: str  # what `--approve` takes
    promise: str
    lost_least: int  # so few lost are no alarm
    lost_share: float  # of what there was, 0 to 1: a greater share lost is an alarm

    def is_broken(self, before: int, lost: int) -> bool:
        """Whether to lose `lost` of `before` is an alarm."""
        return lost > self.lost_least and lost > self.lost_share * before


@dataclass(frozen=True, slots=True, kw_only=True)
class Thresholds:
    """The whole of `gate.yml`."""

    guards: Mapping[str, Guard]  # kind of gate.sql -> its guard
    rows: Guard
    may_shrink: frozenset[str]  # tables that get shorter when things get better
    text_suffixes: tuple[str, ...]  # files that are scanned for private words
    digests: tuple[str, ...]  # how columns of digests end, whose digits are chance
    not_ours: tuple[str, ...]  # folders of a release that others wrote
    kept_failures: int  # releases kept apart


@cache
def thresholds(path: Path = FILE) -> Thresholds:
    """Return what `path` says.

    Raises:
        WarehouseError: a key is missing or unknown, or a number is out of its range.
    """
    said: dict[str, Any] = read_yaml(path)
    if set(said) != _KEYS:
        raise WarehouseError(f"{path.name}: has {sorted(said)}; expected {sorted(_KEYS)}")
    rows = dict(said["rows"])
    may_shrink = frozenset(rows.pop("may_shrink"))
    return Thresholds(
        guards={kind: guard(path, kind, fields) for kind, fields in said["guards"].items()},
        rows=guard(path, "rows", rows),
        may_shrink=may_shrink,
        text_suffixes=tuple(said["text_suffixes"]),
        digests=tuple(said["digests"]),
        not_ours=tuple(said["not_ours"]),
        kept_failures=int(said["kept_failures"]),
    )


def guard(path: Path, kind: str, fields: Mapping[str, Any]) -> Guard:
    """Return the guard that `fields` describe.

    Raises:
        WarehouseError: as `thresholds`.
    """
    try:
        found = Guard(**fields)
    except TypeError as problem:
        raise WarehouseError(f"{path.name}: {kind}: {problem}") from problem
    if not 0 <= found.lost_share <= 1 or found.lost_least < 0:
        raise WarehouseError(f"{path.name}: {kind}: expected lost_share 0 to 1 and lost_least 0 or more")
    return found
