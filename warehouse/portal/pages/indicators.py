"""Indicators: what each means, how many of a country show it, and in which words."""

from collections.abc import Iterable

from warehouse.portal import addresses
from warehouse.portal.press import Press
from warehouse.portal.reader import Reader, Row

_MOST_EXAMPLES = 50
_EXAMPLES = {"site": "site_indicator_examples"}  # by level; of services for all others


def print_pages(press: Press, reader: Reader, country: Row) -> None:
    """Print the list of indicators of `country` and a page for each."""
    country_id = country["country_id"]
    counts = _by_id(reader.rows("indicator_counts", country_id=country_id))
    site_counts = _by_id(reader.rows("site_indicator_counts", country_id=country_id))
    accuracy = figures_by_indicator(reader.rows("accuracy"))
    sources = reader.all("indicator_sources")
    place = addresses.indicators(country_id)
    press.print("indicators.html", place, country=country, counts=counts, site_counts=site_counts)
    for indicator_id, indicator in press.knowledge.indicators.items():
        press.print(
            "indicator.html",
            addresses.indicator(country_id, indicator_id),
            country=country,
            indicator=indicator,
            counted=counts.get(indicator_id),
            site_counted=site_counts.get(indicator_id),
            examples=_examples(reader, country_id, indicator),
            accuracy=accuracy.get(indicator_id, {}),
            sources=[row for row in sources if row["shown_by"] == indicator_id],
        )


def figures_by_indicator(accuracy: Iterable[Row]) -> dict[str, dict[str, Row]]:
    """Return how well each indicator is seen: its figures by measure."""
    known: dict[str, dict[str, Row]] = {}
    for row in accuracy:
        if row["scope"] == "indicator":
            known.setdefault(row["subject"], {})[row["measure"]] = row
    return known


def _examples(reader: Reader, country_id: str, indicator: Row) -> list[Row]:
    question = _EXAMPLES.get(indicator["level"], "indicator_examples")
    return reader.all(
        question, country_id=country_id, indicator_id=indicator["indicator_id"], most=_MOST_EXAMPLES
    )


def _by_id(rows: Iterable[Row]) -> dict[str, Row]:
    return {row["indicator_id"]: row for row in rows}
