"""Generated public bodies: districts with municipal services, for a republic larger than the default."""

from crawlers.sample.choose import number, pick, shuffled
from crawlers.sample.content import InstitutionEntry, ServiceEntry, SiteEntry, content, institutions

_NAMES_EACH = 500  # combinations of places.yml before a number is needed


def institution(seed: int, index: int) -> tuple[InstitutionEntry, tuple[ServiceEntry, ...]]:
    """Return the `index`-th generated public body with its one site, and its services."""
    body_id = f"sample-district-{index + 1}"
    place = _place(seed, index)
    words = content("places")["district"]
    looks = pick([body.sites[0] for body in institutions() if _is_copied(body)], seed, body_id, "looks")
    site = SiteEntry.model_validate(
        {
            **looks.model_dump(),
            "id": body_id,
            "title": None,
            "extras": content("growth")["extras"],
            "robots": None,
        }
    )
    body = InstitutionEntry(
        id=body_id,
        kind="local",
        region=str(pick(content("republic")["regions"], seed, body_id, "region")["id"]),
        name={language: text.format(name=place[language]) for language, text in words["name"].items()},
        short={language: text.format(name=place[language]) for language, text in words["short"].items()},
        sites=(site,),
    )
    return body, _services(seed, body_id, site.languages)


def _place(seed: int, index: int) -> dict[str, str]:
    places = content("places")
    pairs = [(first, second) for first in places["first"] for second in places["second"]]
    first, second = shuffled(pairs, seed, "places")[index % _NAMES_EACH]
    again = f"-{index // _NAMES_EACH + 1}" if index >= _NAMES_EACH else ""
    return {language: f"{first[language]}-{second[language].capitalize()}{again}" for language in first}


def _is_copied(body: InstitutionEntry) -> bool:
    return body.id in content("growth")["looks_like"]


def _services(seed: int, body_id: str, languages: tuple[str, ...]) -> tuple[ServiceEntry, ...]:
    growth = content("growth")
    count = 4 + number(len(growth["services"]) - 3, seed, body_id, "count")
    chosen = sorted(shuffled(growth["services"], seed, body_id)[:count], key=lambda entry: str(entry["id"]))
    return tuple(
        ServiceEntry.model_validate(
            {
                **entry,
                **pick(growth["ladders"], seed, body_id, entry["id"], "ladder"),
                "id": f"{body_id}-{entry['id']}",
                "fee": pick(growth["fees"], seed, body_id, entry["id"], "fee"),
                "time": pick(growth["times"], seed, body_id, entry["id"], "time"),
                "languages": languages,
            }
        )
        for entry in chosen
    )
