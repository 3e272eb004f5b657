"""A public body: how its services stand, what could not be seen of its sites, and what would help."""

from collections.abc import Iterator

from warehouse.portal import addresses, charts
from warehouse.portal.badges import Badges
from warehouse.portal.machines import feeds
from warehouse.portal.pages import drawings
from warehouse.portal.press import Press
from warehouse.portal.presses import print_all
from warehouse.portal.reader import Reader, Row, chunks

_MOST_ADVICE = 6
SERVICES = 300  # on one page
_WORTH = 15  # services that take as long to print as one public body with its charts


def print_pages(press: Press, reader: Reader, country: Row) -> None:
    """Print a page for each public body of `country`, and more of its services where there are many."""
    print_all(press, _told(press, reader, country), country["institution_count"] * _WORTH, print_institution)


def print_institution(press: Press, read: Row) -> None:
    """Print one public body's pages, feed, badge and charts from the rows that were read of it."""
    institution, place = read["institution"], _place(read["institution"])
    feeds.print_institution(press, place, institution, read["changes"])
    press.print_badge(place, Badges.of_services, institution)
    drawn = {
        "stages": drawings.of_stages(press, place, institution),
        "rounds": drawings.of_rounds(press, place, read["rounds"]),
    }
    for number, services in enumerate(read["lists"], start=1):
        press.print_untold(
            "institution.html" if number == 1 else "institution_services.html",
            addresses.numbered(place, number),
            services=services,
            number=number,
            page_count=len(read["lists"]),
            drawn=drawn,
            **read,
        )


def _told(press: Press, reader: Reader, country: Row) -> Iterator[Row]:
    """Read each public body, and tell the list of pages of it, whoever prints it."""
    for institution in reader.rows("institutions", country_id=country["country_id"]):
        read = _read(reader, country, institution)
        for number, _ in enumerate(read["lists"], start=1):
            press.on_page(addresses.numbered(_place(institution), number))
        yield read


def _read(reader: Reader, country: Row, institution: Row) -> Row:
    key = {"country_id": country["country_id"], "institution_id": institution["institution_id"]}
    return {
        "country": country,
        "institution": institution,
        "lists": list(chunks(reader.rows("institution_services", **key), SERVICES)),
        "changes": reader.all("feed_changes", **key, most=feeds.MOST),
        "rounds": reader.all("institution_rounds", **key),
        "bars": charts.stage_bars(institution),
        "sites": reader.all("institution_sites", **key),
        "failures": reader.all("institution_failures", **key),
        "politeness": reader.all("institution_politeness", **key),
        "refusals": reader.all("institution_refusals", **key),
        "site_indicators": reader.all("institution_indicators", **key),
        "openness": reader.all("institution_openness", **key),
        "advice": reader.all("institution_advice", **key, most=_MOST_ADVICE),
    }


def _place(institution: Row) -> str:
    return addresses.institution(institution["country_id"], institution["institution_id"])
