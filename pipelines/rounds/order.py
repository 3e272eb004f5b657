"""Which rounds a round knows, when its services are given their ids.

A harvest knows the harvests before it. A round out of an archive may be filled in years after later rounds
were published, and must change none of their ids: so no harvest knows it, and ids go back in time from the
first harvest, archive round by archive round, each knowing the first harvest and what lies between. All of it
follows from the captures, whatever the order in which they came.
"""

import os
import struct
from collections.abc import Iterator, Sequence
from pathlib import Path

import pyarrow.parquet as pq

from crawlers.captures_io import CAPTURES_FILE

_WEB, _SOURCE = "web", "source"
# Whether a file has something of the web, by what tells it from one that took its place: a round of 20,000
# archived sites is looked through once, and what is remembered of each is a few bytes.
_LOOKED_AT: dict[bytes, bool] = {}


def known_rounds(data: Path, country_id: str, round_id: str) -> tuple[str, ...]:
    """Return the rounds whose services `round_id` may recognise, each after those that it knows itself."""
    return _known(*_rounds(data, country_id), round_id)


def in_order(data: Path, country_id: str) -> tuple[str, ...]:
    """Return all rounds of a country, each after those that it knows."""
    harvested, archived = _rounds(data, country_id)
    return (*harvested, *reversed(archived))


def knowing(data: Path, country_id: str, round_id: str) -> tuple[str, ...]:
    """Return the archive rounds that know the archive round `round_id`, in their order."""
    harvested, archived = _rounds(data, country_id)
    if round_id not in archived:
        return ()
    older = (one for one in reversed(archived) if one < round_id)
    return tuple(one for one in older if round_id in _known(harvested, archived, one))


def _known(harvested: Sequence[str], archived: Sequence[str], round_id: str) -> tuple[str, ...]:
    before = tuple(one for one in harvested if one < round_id)
    if before or round_id in harvested:
        return before
    first = harvested[:1]
    between = (one for one in archived if one > round_id and (not first or one < first[0]))
    return (*first, *sorted(between, reverse=True))


def _rounds(data: Path, country_id: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The country's rounds that were harvested, and those that came out of archives alone; each ascending."""
    sources = {
        folder.name: _is_harvested(folder, country_id)
        for folder in sorted((data / "captures").glob("[0-9]*/"))
        if any(_files(folder, country_id))
    }
    harvested = tuple(one for one, is_harvested in sources.items() if is_harvested)
    return harvested, tuple(one for one, is_harvested in sources.items() if not is_harvested)


def _is_harvested(folder: Path, country_id: str) -> bool:
    """Whether any site of a round has something of the web: mostly the first has."""
    for path in _files(folder, country_id):
        found = path.stat()
        told = (found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns, found.st_ctime_ns)
        mark = struct.pack("2Q3q", *told)
        if mark not in _LOOKED_AT:
            _LOOKED_AT[mark] = _has_web(path)
        if _LOOKED_AT[mark]:
            return True
    return False


def _files(folder: Path, country_id: str) -> Iterator[Path]:
    """Yield the captures of the country's sites in a round, one by one, by the site's id."""
    for name in sorted(os.listdir(folder)):  # noqa: PTH208 - names are enough: there may be 500
        if name.startswith(f"{country_id}-") and (folder / name / CAPTURES_FILE).exists():
            yield folder / name / CAPTURES_FILE


def _has_web(path: Path) -> bool:
    """Whether captures are of the web, by what the file says of its columns where that is enough."""
    with pq.ParquetFile(path) as file:
        groups = [file.metadata.row_group(number) for number in range(file.metadata.num_row_groups)]
        columns = [
            group.column(number)
            for group in groups
            for number in range(group.num_columns)
            if group.column(number).path_in_schema == _SOURCE
        ]
        spans = [
            (one.statistics.min, one.statistics.max)
            for one in columns
            if one.statistics is not None and one.statistics.has_min_max
        ]
        if any(_WEB in span for span in spans):
            return True
        if len(spans) == len(columns) and not any(least <= _WEB <= most for least, most in spans):
            return False
        return _WEB in file.read([_SOURCE])[_SOURCE].to_pylist()
