"""What changed in the newest round of each country: for people in three languages, and for programs.

Both follow from the rounds alone, not from what was published before: the same data give the same bytes.
"""

import json
from collections.abc import Iterator
from datetime import date
from itertools import chain, islice
from typing import Any

from warehouse.portal.press import Press
from warehouse.portal.reader import Reader, Row

PEOPLE, PROGRAMS = "CHANGELOG.{}.md", "changelog.json"  # the first has a place for the language
_MOST = 500  # changes of one country in a file that people read; the other has all
_ALL = 2**31


class _AsRead(list[Row]):
    """Rows that are written while they are read: there may be as many of them as there are services."""

    def __init__(self, rows: Iterator[Row]) -> None:
        super().__init__(islice(rows, 1))  # so that no rows at all look like an empty list
        self._others = rows

    def __iter__(self) -> Iterator[Row]:
        return chain(super().__iter__(), self._others)


def print_files(press: Press, reader: Reader) -> None:
    """Print both beside the data."""
    countries = [country for country in reader.all("countries") if country["newest_round_id"]]
    short = [
        _told(reader, country) | {"changes": [*_changes(reader, country, _MOST)]} for country in countries
    ]
    press.print_in_each_language("changelog.md", PEOPLE, countries=short)
    told = [
        _told(reader, country) | {"changes": _AsRead(_changes(reader, country, _ALL))}
        for country in countries
    ]
    release = {"release": press.site.version, "newest_round": press.site.newest_round, "countries": told}
    encoder = json.JSONEncoder(ensure_ascii=False, indent=1, default=_as_json)
    with (press.folder / PROGRAMS).open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(encoder.iterencode(release))
        file.write("\n")


def _changes(reader: Reader, country: Row, most: int) -> Iterator[Row]:
    return reader.rows("country_changes", country_id=country["country_id"], most=most)


def _told(reader: Reader, country: Row) -> dict[str, Any]:
    """Return what is told of one country: its newest round, the one before, and how many changed in what."""
    country_id = country["country_id"]
    rounds = reader.all("country_rounds", country_id=country_id)
    counts = reader.all("country_change_counts", country_id=country_id)
    return {
        **rounds[-1],
        "name_ky": country["name_ky"],
        "name_ru": country["name_ru"],
        "name_en": country["name_en"],
        "previous_round_id": rounds[-2]["round_id"] if len(rounds) > 1 else None,
        "change_counts": {row["change"]: row["change_count"] for row in counts},
    }


def _as_json(value: date) -> str:
    return value.isoformat()
