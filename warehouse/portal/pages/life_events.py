"""Life events: what happens to a person or a business, and how far the services for it have gone online."""

from warehouse.portal import addresses
from warehouse.portal.charts import stage_bars
from warehouse.portal.pages.lists import SERVICES
from warehouse.portal.press import Press
from warehouse.portal.reader import Reader, Row, chunk_count, chunks


def print_pages(press: Press, reader: Reader, country: Row) -> None:
    """Print the list of life events of `country`, and a page for each that has services."""
    events = reader.all("life_events", country_id=country["country_id"])
    place = addresses.life_events(country["country_id"])
    press.print("life_events.html", place, country=country, events=events)
    for event in events:
        if event["service_count"]:
            _print_event(press, reader, country, event)


def _print_event(press: Press, reader: Reader, country: Row, event: Row) -> None:
    key = {"country_id": country["country_id"], "life_event_id": event["life_event_id"]}
    place = addresses.life_event(**key)
    listed = reader.rows("chosen_services", chosen="life_event", **key, stage=None)
    for number, services in enumerate(chunks(listed, SERVICES), start=1):
        press.print(
            "life_event.html",
            addresses.numbered(place, number),
            country=country,
            event=event,
            bars=stage_bars(event),
            services=services,
            number=number,
            page_count=chunk_count(event["service_count"], SERVICES),
        )
