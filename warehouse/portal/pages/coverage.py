"""What could not be seen, why, whose fault it is, and what can be done about it."""

from warehouse.portal import addresses
from warehouse.portal.press import Press
from warehouse.portal.reader import Reader, Row, chunks

SITES = 300  # on one page


def print_page(press: Press, reader: Reader, country: Row) -> None:
    """Print the page of what could not be seen in `country`, and further pages where sites are many."""
    country_id = country["country_id"]
    outcomes = reader.all("coverage_outcomes", country_id=country_id)
    pages = list(chunks(reader.rows("coverage", country_id=country_id), SITES))
    for number, sites in enumerate(pages, start=1):
        press.print(
            "coverage.html",
            addresses.numbered(addresses.coverage(country_id), number),
            country=country,
            sites=sites,
            outcomes=outcomes,
            number=number,
            page_count=len(pages),
        )
