"""A service: its stage, the words that prove it, and what is missing for the next one."""

from collections.abc import Iterator

from warehouse.portal import addresses
from warehouse.portal.badges import Badges
from warehouse.portal.machines import feeds
from warehouse.portal.machines.api import Api
from warehouse.portal.press import Press
from warehouse.portal.presses import print_all
from warehouse.portal.reader import Reader, Row

_BATCH = 100  # services asked for at once: of five times as many, DuckDB needs 50 MB more
_MOST = 30  # findings, pages or facts shown of one service; the dataset has all


def print_pages(press: Press, reader: Reader, api: Api) -> None:
    """Print a page for each service, with its feed, its badge and its file in the API."""
    count = reader.count("out_services")
    print_all(press, _told(_services(reader), press, api), count, print_service)


def print_service(press: Press, service: Row) -> None:
    """Print the page of `service`, and what lies beside it."""
    place = _place(service)
    feeds.print_service(press, service)
    press.print_badge(place, Badges.of_service, service)
    press.print_untold("service.html", place, service=service)


def _told(services: Iterator[Row], press: Press, api: Api) -> Iterator[Row]:
    """Tell the API and the list of pages of each service, in their order, whoever prints it."""
    for service in services:
        api.add_service(service)
        press.on_page(_place(service))
        yield service


def _place(service: Row) -> str:
    return addresses.service(service["country_id"], service["service_id"])


def _services(reader: Reader) -> Iterator[Row]:
    after = ""
    for batch in reader.all("service_batches", size=_BATCH):
        last = batch["service_id"]
        yield from reader.rows("services", after=after, last=last, most=_MOST)
        after = last
