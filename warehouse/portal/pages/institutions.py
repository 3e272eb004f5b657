"""A public body: how its services stand, what could not be seen of its sites, and what would help."""

from collections.abc import Iterator

from warehouse.portal import addresses, charts
from warehouse.portal.badges import Badges
from warehouse.portal.machines import feeds
from warehouse.portal.pages import drawings
from warehouse.portal.press import Press
from warehouse.portal.reader import Reader, Row, chunks

_MOST_ADVICE = 6
SERVICES = 300  # on one page


def print_pages(press: Press, reader: Reader, country: Row) -> None:
    """Print a page for each public body of `country`."""
    for institution in reader.rows("institutions", country_id=country["country_id"]):
        print_institution(press, reader, country, institution)


def print_institution(press: Press, reader: Reader, country: Row, institution: Row) -> None:
    """Print one public body's page, and further pages of its services where there are many."""
    key = {"country_id": country["country_id"], "institution_id": institution["institution_id"]}
    page_count = max(1, -(-institution["service_count"] // SERVICES))
    place = addresses.institution(**key)
    feeds.print_institution(press, reader, country, institution)
    press.print_badge(place, Badges.of_services, institution)
    for number, services in enumerate(_listed(reader, key), start=1):
        about = _about(press, reader, institution, key) if number == 1 else {}
        press.print(
            "institution.html" if number == 1 else "institution_services.html",
            addresses.numbered(place, number),
            country=country,
            institution=institution,
            services=services,
            number=number,
            page_count=page_count,
            **about,
        )


def _listed(reader: Reader, key: dict[str, str]) -> Iterator[list[Row]]:
    return chunks(reader.rows("institution_services", **key), SERVICES)


def _about(press: Press, reader: Reader, institution: Row, key: dict[str, str]) -> dict[str, object]:
    place, rounds = addresses.institution(**key), reader.all("institution_rounds", **key)
    return {
        "rounds": rounds,
        "drawn": {
            "stages": drawings.of_stages(press, place, institution),
            "rounds": drawings.of_rounds(press, place, rounds),
        },
        "bars": charts.stage_bars(institution),
        "sites": reader.all("institution_sites", **key),
        "failures": reader.all("institution_failures", **key),
        "politeness": reader.all("institution_politeness", **key),
        "refusals": reader.all("institution_refusals", **key),
        "site_indicators": reader.all("institution_indicators", **key),
        "openness": reader.all("institution_openness", **key),
        "advice": reader.all("institution_advice", **key, most=_MOST_ADVICE),
    }
