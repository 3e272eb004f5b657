"""A JSON API of files: what pages show, for programs. Nothing answers but a host of static files.

`index.json` names what there is; countries, their public bodies and their services are lists (of services
`services/<n>.json`, so many in a file), and each service has a file of its own with all that its page shows.
"""

import json
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from warehouse.portal import addresses
from warehouse.portal.machines.openapi import VERSION, description
from warehouse.portal.reader import Reader, Row
from warehouse.portal.site import Site

FOLDER = f"api/{VERSION}"
_LISTED = 500  # services in one file
_SHORT = (
    *("country_id", "service_id", "institution_id", "name", "language", "name_ky", "name_ru", "name_en"),
    *("url", "stage", "confidence", "is_stale", "as_of"),
)


class Api:
    """Writes the API's files."""

    def __init__(self, folder: Path, site: Site) -> None:
        """Write below `folder`."""
        self._folder, self._site = folder / FOLDER, site
        self._waiting: dict[str, list[Mapping[str, Any]]] = {}  # country -> services of a file under way
        self._numbers: dict[str, int] = {}  # country -> files written

    def write_lists(self, reader: Reader) -> None:
        """Write the beginning, the description, the countries, and each country's public bodies."""
        countries = reader.all("countries")
        about = {
            "version": self._site.version,
            "newest_round": self._site.newest_round,
            "licence": "CC-BY-4.0",
        }
        self._write("index.json", {**about, "countries": "countries.json", "description": "openapi.json"})
        self._write("openapi.json", description(reader.connection, self._site))
        self._write("countries.json", {"countries": countries})
        for country in countries:
            bodies = reader.rows("institutions", country_id=country["country_id"])
            self._write_each(f"{_country(country)}/institutions.json", "institutions", bodies)
            self._waiting[country["country_id"]] = []

    def add_service(self, service: Row) -> None:
        """Write one service, and take it into its country's list."""
        self._write(f"services/{addresses.segment(service['service_id'])}.json", service)
        waiting = self._waiting[service["country_id"]]
        waiting.append({column: service[column] for column in _SHORT})
        if len(waiting) > _LISTED:
            self._write_list(service["country_id"], _LISTED)

    def end(self) -> None:
        """Write what waits of the lists."""
        for country_id, waiting in self._waiting.items():
            self._write_list(country_id, len(waiting))

    def _write_list(self, country_id: str, count: int) -> None:
        """Write the first `count` services that wait; the file says where the list goes on, if it does."""
        number = self._numbers.get(country_id, 0) + 1
        waiting, self._numbers[country_id] = self._waiting[country_id], number
        further = f"{number + 1}.json" if len(waiting) > count else None
        place = f"{_country({'country_id': country_id})}/services/{number}.json"
        self._write(place, {"services": waiting[:count], "next": further})
        self._waiting[country_id] = waiting[count:]

    def _write(self, name: str, value: Mapping[str, Any]) -> None:
        self._place(name).write_text(_text(value) + "\n", encoding="utf-8", newline="\n")

    def _write_each(self, name: str, key: str, rows: Iterable[Row]) -> None:
        """Write all `rows` as the only value of a file, one after another."""
        with self._place(name).open("w", encoding="utf-8", newline="\n") as file:
            file.write(f'{{"{key}":[')
            file.writelines(f"{',' if number else ''}{_text(row)}" for number, row in enumerate(rows))
            file.write("]}\n")

    def _place(self, name: str) -> Path:
        path = self._folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        return path


def _text(value: Mapping[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), default=_as_json)


def _country(country: Mapping[str, Any]) -> str:
    return f"countries/{addresses.segment(country['country_id'])}"


def _as_json(value: object) -> str:
    """Days and moments as JSON has them; all else that JSON does not know is a mistake of ours."""
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"{value!r}: expected a value that JSON knows, or a day")
