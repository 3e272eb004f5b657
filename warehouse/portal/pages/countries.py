"""The first pages: the door, the list of countries, and each country's headline."""

from itertools import chain

from warehouse.portal import addresses, charts
from warehouse.portal.badges import Badges
from warehouse.portal.machines import feeds
from warehouse.portal.pages import drawings, openness
from warehouse.portal.press import Press
from warehouse.portal.reader import Reader, Row, chunk_count, chunks
from warehouse.portal.speech import LANGUAGES, speech

_MOST_CHANGES = 12
INSTITUTIONS = 100  # on one page


def print_gate(press: Press) -> None:
    """Print the root page, where a reader chooses a language."""
    press.print_gate("gate.html", voices=[speech(language) for language in LANGUAGES])


def print_home(press: Press, reader: Reader) -> None:
    """Print the list of all countries."""
    press.print("home.html", addresses.HOME, countries=reader.all("countries"))


def print_country(press: Press, reader: Reader, country: Row) -> None:
    """Print a country's page, and the list of its institutions."""
    country_id = country["country_id"]
    feeds.print_country(press, reader, country)
    surveys = reader.all("country_egdi", country_id=country_id)
    rounds = reader.all("country_rounds", country_id=country_id)
    regions = reader.all("country_regions", country_id=country_id)
    page_count = chunk_count(reader.count_rows("institutions", country_id=country_id), INSTITUTIONS)
    listed = chunks(reader.rows("institutions", country_id=country_id), INSTITUTIONS)
    first = next(listed)
    place = addresses.country(country_id)
    press.print_badge(place, Badges.of_services, country)
    press.print(
        "country.html",
        place,
        country=country,
        institutions=first,
        institution_pages=page_count,
        bars=charts.stage_bars(country),
        rounds=rounds,
        regions=regions,
        surveys=surveys,
        drawn={
            "stages": drawings.of_stages(press, place, country),
            "rounds": drawings.of_rounds(press, place, rounds),
            "bodies": drawings.of_bodies(press, place, first),
            "regions": drawings.of_regions(press, place, regions),
            **drawings.of_surveys(press, place, surveys),
        },
        faults=reader.all("country_faults", country_id=country_id),
        changes=reader.all("country_changes", country_id=country_id, most=_MOST_CHANGES),
        change_counts=reader.all("country_change_counts", country_id=country_id),
        **openness.about_country(reader, country_id),
    )
    for number, institutions in enumerate(chain([first], listed), start=1):
        press.print(
            "institutions.html",
            addresses.numbered(addresses.institutions(country_id), number),
            country=country,
            institutions=institutions,
            number=number,
            page_count=page_count,
        )
