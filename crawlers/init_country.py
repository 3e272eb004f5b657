"""Write a registry for a new country: a skeleton that works, with what is known of any country filled in."""

import re
from pathlib import Path
from zoneinfo import available_timezones

from babel import Locale
from babel.core import get_global
from babel.languages import get_official_languages
from babel.numbers import get_territory_currencies

from crawlers.errors import NoSuchCountryError, RegistryError
from crawlers.sites import REGISTRY_FOLDER, load_registry

_LANGUAGES_OF_NAMES = ("ky", "ru", "en")
_NO_CURRENCY = "XXX"  # ISO 4217: no currency


def init_country(country: str, place: Path | None = None) -> Path:
    """Write the registry of `country` (ISO 3166-1, two letters) and return its path.

    `place` is a file, or a folder in which `<country>.yml` is made; without it, the current folder.

    Raises:
        NoSuchCountryError: there is no such country.
        RegistryError: the file is there already, or cannot be written.
    """
    if not re.fullmatch("[a-z]{2}", country) or country.upper() not in Locale("en").territories:
        raise NoSuchCountryError(
            f"country {country!r}: is none; expected two small letters of ISO 3166-1, such as uz"
        )
    path = _path(country, place)
    text = (REGISTRY_FOLDER / "_template.yml").read_text(encoding="utf-8").format(**_known(country, path))
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("x", encoding="utf-8") as file:
            file.write(text)
    except FileExistsError as failure:
        raise RegistryError(f"{path}: is there already; expected a name of a new file") from failure
    except OSError as failure:
        raise RegistryError(f"{path}: cannot be written ({failure.strerror})") from failure
    load_registry(path)
    return path


def _path(country: str, place: Path | None) -> Path:
    if place is None:
        return Path(f"{country}.yml")
    return place if place.suffix else place / f"{country}.yml"


def _known(country: str, path: Path) -> dict[str, str]:
    """What the Unicode Common Locale Data Repository and the time zone database know of a country."""
    territory = country.upper()
    known = {language: Locale(language).territories.get(territory) for language in _LANGUAGES_OF_NAMES}
    names = {language: name for language, name in known.items() if name}
    currencies = get_territory_currencies(territory)
    return {
        "country": country,
        "file_name": path.name,
        "english_name": names["en"],
        "names": ", ".join(f"{language}: {name!r}" for language, name in names.items()),
        "time_zone": _time_zone(territory),
        "currency": currencies[0] if currencies else _NO_CURRENCY,
        "languages": ", ".join(f'"{language}"' for language in _languages(territory)),
    }


def _time_zone(territory: str) -> str:
    """The first of the country's time zones; UTC where none is known."""
    zones = get_global("territory_zones").get(territory, ())
    return next((zone for zone in zones if zone in available_timezones()), "UTC")


def _languages(territory: str) -> list[str]:
    """The official languages by their short codes, with English where none is known."""
    found = [language.partition("_")[0] for language in get_official_languages(territory)]
    return sorted(set(found), key=found.index) or ["en"]
