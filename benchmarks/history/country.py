"""A made-up country: its registry, and the tables of each of its rounds (see `round.sql`)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pyarrow as pa

from crawlers.sites import Registry

INDICATORS = ("service-description", "service-contact", "fee", "apply-online")  # found on every page
_ROUND = Path(__file__).with_name("round.sql")
_COUNTRY = {"id": "tt", "time_zone": "Asia/Bishkek", "currency": "KGS", "languages": ["ky"]}
_CRAWLER = {"contact": "https://example.org/", "delay_seconds": 1.0, "max_pages": 500, "concurrent_sites": 8}


@dataclass(frozen=True, slots=True, kw_only=True)
class Country:
    """How large it is."""

    sites: int
    services: int  # of each site

    def registry(self) -> Registry:
        """Return its registry: a public body for each site."""
        numbers = range(self.sites)
        return Registry.model_validate(
            {
                "country": _COUNTRY | {"name": {"en": "Testland"}},
                "crawler": _CRAWLER,
                "institutions": [_body(number) for number in numbers],
                "sites": [_site(number) for number in numbers],
            }
        )

    def round(self, number: int, tables: Sequence[str]) -> Iterator[tuple[str, pa.Table]]:
        """Yield (table, rows) of round `number`, from 1, sorted by site and key."""
        known: dict[str, object] = {"sites": self.sites, "services": self.services, "number": number}
        known |= {"round_id": round_id(number), "indicators": list(INDICATORS)}
        with duckdb.connect() as connection:
            connection.execute("set timezone = 'UTC'")
            for name, value in {
                **known,
                "round_id": round_id(number),
                "indicators": list(INDICATORS),
            }.items():
                connection.execute(f"set variable {name} = $value", {"value": value})
            connection.execute(_ROUND.read_text(encoding="utf-8"))
            for table in tables:
                yield table, connection.execute(f"from {table}").to_arrow_table()


def round_id(number: int) -> str:
    """Return the month of round `number`: the first is January 2021."""
    return f"{2021 + (number - 1) // 12}-{1 + (number - 1) % 12:02}"


def _body(number: int) -> dict[str, object]:
    return {"id": f"body-{number}", "kind": "ministry", "name": {"en": f"Body {number}"}, "source": "test"}


def _site(number: int) -> dict[str, object]:
    host = f"site-{number}.example"
    return {
        "id": f"tt-{number}",
        "institution": f"body-{number}",
        "seeds": [f"http://{host}/"],
        "stay_under": [host],
        "source": "test",
    }
