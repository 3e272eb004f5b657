"""What changed in the newest round of each country: for people in three languages, and for programs.

Both follow from the rounds alone, not from what was published before: the same data give the same bytes.
"""

import json
from collections.abc import Mapping
from datetime import date
from typing import Any

from warehouse.portal.press import Press
from warehouse.portal.reader import Reader, Row

PEOPLE, PROGRAMS = "CHANGELOG.{}.md", "changelog.json"  # the first has a place for the language
_MOST = 500  # changes of one country in a file that people read; the other has all
_ALL = 2**31


def print_files(press: Press, reader: Reader) -> None:
    """Print both beside the data."""
    countries = [country for country in reader.all("countries") if country["newest_round_id"]]
    told = [_told(reader, country) for country in countries]
    short = [{**country, "changes": country["changes"][:_MOST]} for country in told]
    press.print_in_each_language("changelog.md", PEOPLE, countries=short)
    release = {"release": press.site.version, "newest_round": press.site.newest_round, "countries": told}
    text = json.dumps(release, ensure_ascii=False, indent=1, default=_as_json)
    (press.folder / PROGRAMS).write_text(text + "\n", encoding="utf-8", newline="\n")


def _told(reader: Reader, country: Row) -> Mapping[str, Any]:
    """Return what is told of one country: its newest round, the one before, how many of what, and each."""
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
        "changes": reader.all("country_changes", country_id=country_id, most=_ALL),
    }


def _as_json(value: date) -> str:
    return value.isoformat()
