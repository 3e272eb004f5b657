"""Where each page lies: one shape of address in every language, safe as folders, linked relatively.

A place is a path without its language: `sample/services/abc`. The page of that place in Kyrgyz is
`ky/sample/services/abc/index.html`. Relative links that name `index.html` work from any host, from a
sub-path and from a disk.
"""

import hashlib
import re
from functools import lru_cache

HOME = ""
METHOD = "method"
SOURCES = "method/sources"
ABOUT = "about"
BOT = "about/bot"
ERRATA = "about/errata"
DATASETS = "datasets"
CONSOLE = "sql"
RELEASE = "release"
SEARCH = "search"

_SAFE = re.compile(r"[a-z0-9][a-z0-9_-]{0,79}(\.[a-z0-9_-]+)*")
_UNSAFE = re.compile(r"[^a-z0-9]+")
_DIGEST_LENGTH = 12
_LONGEST = 100
_PAGE = re.compile(r"page-\d+")  # what `numbered` makes
# Names of devices on Windows, which no folder there can have (with or without an ending).
_DEVICES = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?")


@lru_cache(maxsize=4096)
def segment(value: str) -> str:
    """Return `value` as one folder's name: itself where that is safe, else a readable part and a digest.

    Different values never give the same name, on no file system: capitals count as unsafe.
    """
    is_plain = len(value) <= _LONGEST and _SAFE.fullmatch(value) and "--" not in value
    if is_plain and not _DEVICES.fullmatch(value) and not _PAGE.fullmatch(value):
        return value
    readable = _UNSAFE.sub("-", value.lower()).strip("-")[:40]
    digest = hashlib.sha256(value.encode("utf-8", "surrogatepass")).hexdigest()[:_DIGEST_LENGTH]
    return f"{readable or 'x'}--{digest}"


def country(country_id: str) -> str:
    """Return the place of a country's page."""
    return segment(country_id)


def institution(country_id: str, institution_id: str) -> str:
    """Return the place of a public body's page."""
    return f"{segment(country_id)}/institutions/{segment(institution_id)}"


def institutions(country_id: str) -> str:
    """Return the place of the list of a country's public bodies."""
    return f"{segment(country_id)}/institutions"


def service(country_id: str, service_id: str) -> str:
    """Return the place of a service's page."""
    return f"{segment(country_id)}/services/{segment(service_id)}"


def services(country_id: str) -> str:
    """Return the place of the list of a country's services."""
    return f"{segment(country_id)}/services"


def stage(country_id: str, number: int | None) -> str:
    """Return the place of a stage's page; None is the page of services without a stage."""
    return f"{segment(country_id)}/stages/{number or 'undetermined'}"


def indicators(country_id: str) -> str:
    """Return the place of the list of indicators, as one country's services show them."""
    return f"{segment(country_id)}/indicators"


def indicator(country_id: str, indicator_id: str) -> str:
    """Return the place of an indicator's page."""
    return f"{segment(country_id)}/indicators/{segment(indicator_id)}"


def life_events(country_id: str) -> str:
    """Return the place of the list of life events, with the services of one country for each."""
    return f"{segment(country_id)}/life-events"


def life_event(country_id: str, life_event_id: str) -> str:
    """Return the place of a life event's page, as one country serves it."""
    return f"{segment(country_id)}/life-events/{segment(life_event_id)}"


def coverage(country_id: str) -> str:
    """Return the place of the page that says what could not be seen."""
    return f"{segment(country_id)}/coverage"


def openness(country_id: str) -> str:
    """Return the place of the page on what a country's public bodies show of openness and participation."""
    return f"{segment(country_id)}/openness"


def dataset(table: str) -> str:
    """Return the place of a dataset's page."""
    return f"{DATASETS}/{segment(table)}"


def numbered(place: str, number: int) -> str:
    """Return the place of the `number`th page of a list; the first is the list itself."""
    return place if number == 1 else f"{place}/page-{number}"


def file_of(language: str, place: str) -> str:
    """Return the file of a page below the portal's folder."""
    return f"{language}/{place}/index.html" if place else f"{language}/index.html"


def up(place: str) -> str:
    """Return the way from a page up to the portal's folder: `../../`."""
    return "../" * (place.count("/") + 2 if place else 1)
