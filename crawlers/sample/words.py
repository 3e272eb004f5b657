"""Put a service's facts into words: money, time, law and lists, in the wording that a site keeps to."""

import re
from collections.abc import Sequence
from typing import Any

from babel import Locale

from crawlers.sample.choose import pick
from crawlers.sample.content import content
from crawlers.sample.model import Processing, Service, Site, World
from crawlers.sample.offers import knows_all

_PLURAL = re.compile(r"\{days:([^}]+)\}")
_FORMS = ("one", "few", "many")


def wording(kind: str, key: str, language: str, *choice: object) -> str:
    """Return one of the wordings that wording.yml gives for `key`, chosen by `choice`."""
    options = content("wording")[kind][key][language]
    return options if isinstance(options, str) else str(pick(options, kind, key, *choice))


def ui(key: str, language: str) -> str:
    """Return a word of the frame around a page."""
    return str(content("wording")["ui"][key][language])


def term(group: str, key: str, language: str) -> str:
    """Return a shared term of vocabulary.yml, for example a document's name."""
    return str(content("vocabulary")[group][key][language])


def fee(amount: int, language: str, *choice: object) -> str:
    """Return what a service costs, in words."""
    return wording("money", "some" if amount else "none", language, *choice).format(amount=grouped(amount))


def grouped(amount: int) -> str:
    """Return an amount as people write it: 2 500."""
    return f"{amount:,}".replace(",", " ")


def processing(time: Processing, language: str, *choice: object) -> str:
    """Return how long a service takes, in words."""
    text = wording("units", time.unit, language, *choice)
    return _PLURAL.sub(lambda found: _plural(time.amount, found[1].split("|"), language), text).replace(
        "{n}", str(time.amount)
    )


def _plural(count: int, forms: Sequence[str], language: str) -> str:
    category = str(Locale(language).plural_form(count))
    place = _FORMS.index(category) if category in _FORMS else len(forms) - 1
    return forms[min(place, len(forms) - 1)]


def date(year: int, month: int, day: int, language: str) -> str:
    """Return a date as a page of `language` writes it."""
    return _date("dates", "months", language, (year, month, day))


def _date(pattern: str, names: str, language: str, parts: tuple[int, int, int]) -> str:
    words, (year, month, day) = content("wording"), parts
    return str(words[pattern][language]).format(year=year, day=day, month=words[names][language][month - 1])


def law(service: Service, language: str, *choice: object) -> str:
    """Return the invented act that a service rests on."""
    number, *parts = service.law
    text = str(pick(content("wording")["law"][language], *choice))
    return text.format(
        number=number, date=_date("act_dates", "act_months", language, (parts[0], parts[1], parts[2]))
    )


def facts(world: World, site: Site, service: Service, language: str) -> list[dict[str, Any]]:
    """Return a service's facts as label and text or list, in the order of their importance."""
    body = world.institutions[service.institution_id]
    choice = (world.seed, site.id)
    documents = () if knows_all(world, site, service) else service.documents
    found: dict[str, str | list[str] | None] = {
        "recipients": term("recipients", service.recipients, language),
        "documents": [term("documents", document, language) for document in documents],
        "processing": processing(service.processing, language, *choice) if service.processing else None,
        "fee": None if service.fee is None else fee(service.fee, language, *choice),
        "result": term("results", service.result, language) if service.result else None,
        "law": law(service, language, *choice, service.id),
        "contact": f"{body.address[language]}, {body.phone}, {body.email}",
    }
    return [
        {"key": key, "label": wording("facts", key, language, *choice), "value": value}
        for key, value in found.items()
        if value and key in service.shown
    ]
