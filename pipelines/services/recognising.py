"""Give each service an id that lasts: the same when its page is renamed, moved, or found by another page.

An id is opaque: `svc-` and sixteen characters of a digest of the country and the first address, without its
language, at which the service was ever seen. From then on it is known by its aliases (all addresses that it
had) and, where every address changed, by its provider and name, and where that changed too, by its provider
and what its pages state.
"""

import base64
import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import TypeVar

from pipelines.services.identify_words import IdentifyWords
from pipelines.services.known_services import Identity, KnownService, Sight
from pipelines.services.names import name_key
from pipelines.services.renamed_services import renamed_pairs
from pipelines.services.same_content import pairs_alike

_CHARACTERS = 16
_NameKey = tuple[str, str, frozenset[str]]  # institution, language, words
Item = TypeVar("Item")


def recognise(sights: Sequence[Sight], known: Sequence[KnownService], words: IdentifyWords) -> list[Identity]:
    """Return the identity of each sight, in their order; no id is given twice.

    First come those with most addresses in common with an earlier service, then those of the same provider
    and name, then those whose name has a word more or less, then those of whom the provider states the same;
    the rest are new. An earlier id that another took over becomes an alias of it.
    """
    by_id = {service.service_id: service for service in known}
    votes = [_votes(sight, known_by) for known_by in (_by_address(known),) for sight in sights]
    given: dict[int, str] = {}
    taken: set[str] = set()
    claims = [
        (-count, sights[place].addresses[0], place, service_id)
        for place, counts in enumerate(votes)
        for service_id, count in counts.items()
    ]
    for _, _, place, service_id in sorted(claims):
        if place not in given and service_id not in taken:
            given[place] = service_id
            taken.add(service_id)
    _by_name(sights, known, given, taken, words)
    _by_changed_name(sights, known, given, taken, words)
    _by_content(sights, known, given, taken, words)
    return [
        _identity(sight, given.get(place) or _new_id(sight, taken), votes[place], by_id)
        for place, sight in enumerate(sights)
    ]


def _by_address(known: Iterable[KnownService]) -> dict[str, str]:
    return {
        alias: service.service_id for service in known for kind, alias in service.aliases if kind == "url"
    }


def _votes(sight: Sight, known: Mapping[str, str]) -> Counter[str]:
    return Counter(known[address] for address in sight.addresses if address in known)


def _by_name(
    sights: Sequence[Sight],
    known: Sequence[KnownService],
    given: dict[int, str],
    taken: set[str],
    words: IdentifyWords,
) -> None:
    """Give ids by provider and name, where a single earlier service that is still free has them."""
    free: dict[_NameKey, set[str]] = defaultdict(set)
    for service in known:
        if service.service_id not in taken:
            for language, name in service.names:
                free[service.institution_id, language, name_key(name, words.names, language)].add(
                    service.service_id
                )
    for place, sight in enumerate(sights):
        if place in given:
            continue
        keys = [
            (sight.institution_id, language, name_key(name, words.names, language))
            for language, name in sight.names
        ]
        found = {service_id for key in keys for service_id in free.get(key, ())} - taken
        if len(found) == 1:
            given[place] = found.pop()
            taken.add(given[place])


def _by_changed_name(
    sights: Sequence[Sight],
    known: Sequence[KnownService],
    given: dict[int, str],
    taken: set[str],
    words: IdentifyWords,
) -> None:
    """Give ids by provider and a name that a word was put into or taken out of, where nothing competes."""
    free = _by_provider(
        (service.institution_id, service) for service in known if service.service_id not in taken
    )
    new = _by_provider(
        (sight.institution_id, place) for place, sight in enumerate(sights) if place not in given
    )
    for provider, places in new.items():
        ours = {place: sights[place].names for place in places}
        theirs = {service.service_id: service.names for service in free.get(provider, ())}
        pairs = renamed_pairs(ours, theirs, words.names)
        of_place, of_id = Counter(place for place, _ in pairs), Counter(service_id for _, service_id in pairs)
        for place, service_id in pairs:
            if of_place[place] == 1 and of_id[service_id] == 1:
                given[place] = service_id
                taken.add(service_id)


def _by_content(
    sights: Sequence[Sight],
    known: Sequence[KnownService],
    given: dict[int, str],
    taken: set[str],
    words: IdentifyWords,
) -> None:
    """Give ids by provider and what the pages state, where nothing is as much alike."""
    free = _by_provider(
        (service.institution_id, service) for service in known if service.service_id not in taken
    )
    new = _by_provider(
        (sight.institution_id, place) for place, sight in enumerate(sights) if place not in given
    )
    old = _by_provider((sights[place].institution_id, sights[place].content) for place in given)
    for provider, places in new.items():
        ours = {place: sights[place].content for place in places}
        theirs = {service.service_id: service.content for service in free.get(provider, ())}
        for place, service_id in pairs_alike(ours, theirs, old.get(provider, ()), words.content):
            given[place] = service_id
            taken.add(service_id)


def _by_provider(pairs: Iterable[tuple[str, Item]]) -> Mapping[str, Sequence[Item]]:
    found: dict[str, list[Item]] = defaultdict(list)
    for provider, item in pairs:
        found[provider].append(item)
    return found


def _identity(
    sight: Sight, service_id: str, votes: Mapping[str, int], by_id: Mapping[str, KnownService]
) -> Identity:
    earlier = {alias for known in [by_id.get(service_id)] if known for alias in known.aliases}
    urls = {("url", address) for address in sight.addresses}
    merged = {("id", other) for other in votes if other != service_id}
    return Identity(service_id=service_id, aliases=tuple(sorted(earlier | urls | merged)))


def _new_id(sight: Sight, taken: set[str]) -> str:
    """A new id; where an earlier service already has it (its address was given to another), the next one."""
    for attempt in range(len(taken) + 2):
        seed = "\n".join([sight.country_id, sight.addresses[0], *([str(attempt)] if attempt else [])])
        digest = hashlib.sha256(seed.encode()).digest()
        service_id = "svc-" + base64.b32encode(digest).decode().lower()[:_CHARACTERS]
        if service_id not in taken:
            taken.add(service_id)
            return service_id
    raise AssertionError("unreachable: more attempts than ids taken")
