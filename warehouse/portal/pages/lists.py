"""Lists of services: all of a country, and those of each stage."""

from warehouse.portal import addresses
from warehouse.portal.charts import STAGES
from warehouse.portal.press import Press
from warehouse.portal.reader import Reader, Row, chunk_count, chunks

SERVICES = 300  # on one page


def print_pages(press: Press, reader: Reader, country: Row) -> None:
    """Print the list of all services of `country`, and one for each stage and for none."""
    _print_all(press, reader, country)
    for stage in (*STAGES, None):
        _print_stage(press, reader, country, stage)


def _print_all(press: Press, reader: Reader, country: Row) -> None:
    listed = reader.rows("services_listed", country_id=country["country_id"])
    place = addresses.services(country["country_id"])
    page_count = chunk_count(country["service_count"], SERVICES)
    for number, services in enumerate(chunks(listed, SERVICES), start=1):
        press.print(
            "services.html",
            addresses.numbered(place, number),
            country=country,
            services=services,
            number=number,
            page_count=page_count,
        )


def _print_stage(press: Press, reader: Reader, country: Row, stage: int | None) -> None:
    key = {"country_id": country["country_id"], "stage": stage}
    listed = reader.rows("chosen_services", chosen="stage", **key, life_event_id=None)
    place = addresses.stage(country["country_id"], stage)
    count = country[f"stage_{stage}_count"] if stage else country["undetermined_count"]
    for number, services in enumerate(chunks(listed, SERVICES), start=1):
        press.print(
            "stage.html",
            addresses.numbered(place, number),
            country=country,
            stage=stage,
            count=count,
            services=services,
            number=number,
            page_count=chunk_count(count, SERVICES),
        )
