"""A service: its stage, the words that prove it, and what is missing for the next one."""

from collections.abc import Iterator

from warehouse.portal import addresses
from warehouse.portal.badges import Badges
from warehouse.portal.machines import feeds
from warehouse.portal.machines.api import Api
from warehouse.portal.press import Press
from warehouse.portal.reader import Reader, Row

_BATCH = 500
_MOST = 30  # findings, pages or facts shown of one service; the dataset has all


def print_pages(press: Press, reader: Reader, api: Api) -> None:
    """Print a page for each service, batch by batch, with its feed and its file in the API."""
    for service in _services(reader):
        api.add_service(service)
        feeds.print_service(press, service)
        place = addresses.service(service["country_id"], service["service_id"])
        press.print_badge(place, Badges.of_service, service)
        press.print("service.html", place, service=service)


def _services(reader: Reader) -> Iterator[Row]:
    after = ""
    for batch in reader.all("service_batches", size=_BATCH):
        last = batch["service_id"]
        yield from reader.rows("services", after=after, last=last, most=_MOST)
        after = last
