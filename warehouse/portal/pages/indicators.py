"""Indicators: what each means, how many services of a country show it, and in which words."""

from warehouse.portal import addresses
from warehouse.portal.press import Press
from warehouse.portal.reader import Reader, Row

_MOST_EXAMPLES = 50


def print_pages(press: Press, reader: Reader, country: Row) -> None:
    """Print the list of indicators of `country` and a page for each."""
    country_id = country["country_id"]
    counts = {row["indicator_id"]: row for row in reader.rows("indicator_counts", country_id=country_id)}
    accuracy = _accuracy(reader)
    press.print("indicators.html", addresses.indicators(country_id), country=country, counts=counts)
    for indicator_id, indicator in press.knowledge.indicators.items():
        examples = reader.all(
            "indicator_examples", country_id=country_id, indicator_id=indicator_id, most=_MOST_EXAMPLES
        )
        press.print(
            "indicator.html",
            addresses.indicator(country_id, indicator_id),
            country=country,
            indicator=indicator,
            counted=counts.get(indicator_id),
            examples=examples,
            accuracy=accuracy.get(indicator_id, {}),
        )


def _accuracy(reader: Reader) -> dict[str, dict[str, Row]]:
    """Return how well each indicator is seen: its figures by measure."""
    known: dict[str, dict[str, Row]] = {}
    for row in reader.rows("accuracy"):
        if row["scope"] == "indicator":
            known.setdefault(row["subject"], {})[row["measure"]] = row
    return known
