"""Search all services: a page with one field, and the index that a reader's browser asks."""

from warehouse.portal import addresses
from warehouse.portal.press import Press
from warehouse.portal.reader import Reader
from warehouse.portal.search_index import write_index


def print_page(press: Press, reader: Reader) -> None:
    """Print the page in each language, and write the one index for all."""
    press.print("search.html", addresses.SEARCH, countries=reader.all("countries"))
    write_index(press.folder, reader.rows("services_searched"))
