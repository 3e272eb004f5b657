"""Which rounds a round knows, when its services are given their ids.

A harvest knows the harvests before it. A round out of an archive may be filled in years after later rounds
were published, and must change none of their ids: so no harvest knows it, and ids go back in time from the
first harvest, archive round by archive round, each knowing the first harvest and what lies between. All of it
follows from the captures, whatever the order in which they came.
"""

from pathlib import Path

import pyarrow.parquet as pq

from crawlers.captures_io import CAPTURES_FILE

_WEB = "web"


def known_rounds(data: Path, country_id: str, round_id: str) -> tuple[str, ...]:
    """Return the rounds whose services `round_id` may recognise."""
    harvested, archived = _rounds(data, country_id)
    before = tuple(one for one in harvested if one < round_id)
    if before or round_id in harvested:
        return before
    first = harvested[:1]
    between = (one for one in archived if one > round_id and (not first or one < first[0]))
    return (*first, *sorted(between, reverse=True))


def in_order(data: Path, country_id: str) -> tuple[str, ...]:
    """Return all rounds of a country, each after those that it knows."""
    harvested, archived = _rounds(data, country_id)
    return (*harvested, *reversed(archived))


def knowing(data: Path, country_id: str, round_id: str) -> tuple[str, ...]:
    """Return the archive rounds that know the archive round `round_id`, in their order."""
    _, archived = _rounds(data, country_id)
    if round_id not in archived:
        return ()
    older = (one for one in reversed(archived) if one < round_id)
    return tuple(one for one in older if round_id in known_rounds(data, country_id, one))


def _rounds(data: Path, country_id: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The country's rounds that were harvested, and those that came out of archives alone; each ascending."""
    files = sorted((data / "captures").glob(f"[0-9]*/{country_id}-*/{CAPTURES_FILE}"))
    rounds = sorted({path.parents[1].name for path in files})
    harvested = {path.parents[1].name for path in _of_web(files)}
    return tuple(one for one in rounds if one in harvested), tuple(
        one for one in rounds if one not in harvested
    )


def _of_web(files: list[Path]) -> list[Path]:
    """One file with something of the web for each round that has any."""
    found: dict[str, Path] = {}
    for path in files:
        round_id = path.parents[1].name
        if round_id not in found and _WEB in pq.read_table(path, columns=["source"])["source"].to_pylist():
            found[round_id] = path
    return list(found.values())
