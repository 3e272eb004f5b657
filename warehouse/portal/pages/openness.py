"""Openness and participation: what the public bodies of a country show of them, and what was promised."""

from warehouse.portal import addresses
from warehouse.portal.press import Press
from warehouse.portal.reader import Reader, Row, chunk_count, chunks

BODIES = 300  # on one page


def about_country(reader: Reader, country_id: str) -> dict[str, object]:
    """Return what a country's own page says of them."""
    return {
        "subjects": reader.all("country_openness", country_id=country_id),
        "ogp_members": reader.all("country_ogp_members", country_id=country_id),
        "ogp_plans": reader.all("country_ogp_plans", country_id=country_id),
        "ogp_commitments": reader.all("country_ogp_commitments", country_id=country_id),
    }


def print_page(press: Press, reader: Reader, country: Row) -> None:
    """Print the page of `country`, and further pages where its public bodies are many."""
    country_id = country["country_id"]
    about = about_country(reader, country_id)
    page_count = chunk_count(reader.count_rows("country_openness_bodies", country_id=country_id), BODIES)
    pages = chunks(reader.rows("country_openness_bodies", country_id=country_id), BODIES)
    for number, bodies in enumerate(pages, start=1):
        press.print(
            "openness.html",
            addresses.numbered(addresses.openness(country_id), number),
            country=country,
            bodies=bodies,
            number=number,
            page_count=page_count,
            **about,
        )
