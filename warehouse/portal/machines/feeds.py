"""Atom feeds (RFC 4287): what changed in a country, at a public body, of a service and of a dataset.

A round is a month, and what it found counts from the day of its last look. The same tables give the same
bytes: no clock is asked.
"""

from collections.abc import Sequence

from warehouse.portal import addresses
from warehouse.portal.press import Press
from warehouse.portal.reader import Reader, Row

NAME = "feed.atom"
MOST = 100  # entries of one feed, the newest first; the dataset has all


def print_country(press: Press, reader: Reader, country: Row) -> None:
    """Print the feed of a country: its rounds, and what changed in them."""
    country_id = country["country_id"]
    press.print_beside(
        "feed_country.atom",
        addresses.country(country_id),
        NAME,
        subject=country,
        rounds=reader.all("country_rounds", country_id=country_id),
        changes=reader.all("feed_changes", country_id=country_id, institution_id=None, most=MOST),
        updated=country["as_of"] or _first_day(press.site.newest_round),
    )


def print_institution(press: Press, place: str, institution: Row, changes: Sequence[Row]) -> None:
    """Print the feed of a public body: what changed of its services, newest first."""
    press.print_beside(
        "feed_institution.atom",
        place,
        NAME,
        subject=institution,
        changes=changes,
        updated=changes[0]["as_of"] if changes else _first_day(press.site.newest_round),
    )


def print_service(press: Press, service: Row) -> None:
    """Print the feed of a service: each round in which it stood otherwise than in the one before."""
    known = service["rounds"]
    changed = [
        now for before, now in zip([None, *known], known, strict=False) if _standing(before) != _standing(now)
    ]
    rounds = changed[::-1][:MOST]
    press.print_beside(
        "feed_service.atom",
        addresses.service(service["country_id"], service["service_id"]),
        NAME,
        service=service,
        rounds=rounds,
        updated=_first_day(rounds[0]["round_id"] if rounds else service["first_seen_round"]),
    )


def print_dataset(press: Press, table: str, meaning: object) -> None:
    """Print the feed of a dataset: the release that it is of."""
    updated = _first_day(press.site.newest_round)
    press.print_beside(
        "feed_dataset.atom", addresses.dataset(table), NAME, table=table, meaning=meaning, updated=updated
    )


def _standing(known: Row | None) -> tuple[object, ...] | None:
    return None if known is None else (known["stage"], known["state"])


def _first_day(round_id: str) -> str:
    return f"{round_id}-01"
