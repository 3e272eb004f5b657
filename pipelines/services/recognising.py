"""Give each service an id that lasts: the same when its page is renamed, moved, or found by another page.

An id is opaque: `svc-` and sixteen characters of a digest of the country and the first address, without its
language, at which the service was ever seen. From then on it is known by its aliases (all addresses that it
had) and, where every address changed, by its provider and name, and where that changed too, by its provider
and what its pages state.
"""

import base64
import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import count
from typing import TypeVar

from pydantic import TypeAdapter

from pipelines.services.identify_words import IdentifyWords
from pipelines.services.known_services import Identity, KnownService, Sight
from pipelines.services.names import name_key
from pipelines.services.renamed_services import renamed_pairs
from pipelines.services.same_content import pairs_alike
from pipelines.services.tables import Tables

_CHARACTERS = 16
_NameKey = tuple[str, str, frozenset[str]]  # institution, language, words
Item = TypeVar("Item")
SIGHT, ALIASES = TypeAdapter(Sight), TypeAdapter(tuple[tuple[str, str], ...])
_KNOWN = TypeAdapter(KnownService)

_BY_CLAIMS = """
insert or ignore into given
select address, service_id from claim order by votes desc, address, service_id
"""  # whoever comes first: neither a service nor an id is given twice
# Providers with services that are not known yet, and earlier ones that nobody is.
_PROVIDERS = """
select institution_id from service left join given using (address) where given.address is null
intersect
select institution_id from known where service_id not in (select service_id from given)
"""
_SIGHTS = """
select address, sight, given.service_id
from service left join given using (address) where institution_id = ? order by address
"""
_EARLIER = """
select known, service_id in (select service_id from given)
from known where institution_id = ? order by service_id
"""
_TAKEN = """
select 1 from given where service_id = ? union all select 1 from identity where service_id = ?
"""


def give_ids(known: Iterable[KnownService], tables: Tables, words: IdentifyWords) -> None:
    """Give each service that was told in `tables` an id: that of one of `known`, or a new one; none twice.

    First come those with most addresses in common with an earlier service, then those of the same provider
    and name, then those whose name has a word more or less, then those of whom the provider states the same;
    the rest are new. An earlier id that another took over becomes an alias of it.
    """
    if _note_known(known, tables):
        _by_address(tables)
        for (provider,) in tables.execute(_PROVIDERS).fetchall():
            _of_provider(provider, tables, words)
    for address, told in tables.execute("select address, sight from service order by address"):
        identity = _identity(SIGHT.validate_json(told), _given(address, tables), tables)
        row = (identity.service_id, address, ALIASES.dump_json(identity.aliases))
        tables.execute("insert into identity values (?, ?, ?)", row)


def _note_known(known: Iterable[KnownService], tables: Tables) -> bool:
    """Keep the services of earlier rounds; return whether there are any."""
    is_any = False
    for one in known:
        is_any = True
        row = (one.service_id, one.institution_id, _KNOWN.dump_json(one))
        tables.execute("insert into known values (?, ?, ?)", row)
        addresses = ((alias, one.service_id) for kind, alias in one.aliases if kind == "url")
        tables.executemany("insert or replace into known_address values (?, ?)", addresses)
    return is_any


def _by_address(tables: Tables) -> None:
    """Give ids by the addresses that services had, those with most of them first."""
    for address, told in tables.execute("select address, sight from service order by address"):
        votes = Counter(_votes(SIGHT.validate_json(told), tables))
        claims = ((address, service_id, number) for service_id, number in votes.items())
        tables.executemany("insert into claim values (?, ?, ?)", claims)
    tables.execute(_BY_CLAIMS)


def _votes(sight: Sight, tables: Tables) -> Iterator[str]:
    """The earlier service at each address of `sight` that had one."""
    for address in sight.addresses:
        query = "select service_id from known_address where address = ?"
        yield from (service_id for (service_id,) in tables.execute(query, (address,)))


def _of_provider(provider: str, tables: Tables, words: IdentifyWords) -> None:
    """Give ids to those services of a provider that were not known by their addresses."""
    rows = tables.execute(_SIGHTS, (provider,)).fetchall()
    sights = [SIGHT.validate_json(told) for _, told, _ in rows]
    earlier = tables.execute(_EARLIER, (provider,)).fetchall()
    known = [_KNOWN.validate_json(told) for told, _ in earlier]
    given = {place: service_id for place, (*_, service_id) in enumerate(rows) if service_id is not None}
    taken = {one.service_id for one, (_, is_taken) in zip(known, earlier, strict=True) if is_taken}
    before = set(given)
    for more in (_by_name, _by_changed_name, _by_content):
        more(sights, known, given, taken, words)
    found = ((rows[place][0], given[place]) for place in set(given) - before)
    tables.executemany("insert into given values (?, ?)", found)


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


def _given(address: str, tables: Tables) -> str | None:
    found = tables.execute("select service_id from given where address = ?", (address,)).fetchone()
    return found[0] if found else None


def _identity(sight: Sight, given: str | None, tables: Tables) -> Identity:
    service_id = given or _new_id(sight, tables)
    query = "select known from known where service_id = ?"
    rows = tables.execute(query, (service_id,))
    earlier = {alias for (told,) in rows for alias in _KNOWN.validate_json(told).aliases}
    urls = {("url", address) for address in sight.addresses}
    merged = {("id", other) for other in _votes(sight, tables) if other != service_id}
    return Identity(service_id=service_id, aliases=tuple(sorted(earlier | urls | merged)))


def _new_id(sight: Sight, tables: Tables) -> str:
    """A new id; where another service already has it (its address was given to another), the next one."""
    for attempt in count():
        seed = "\n".join([sight.country_id, sight.addresses[0], *([str(attempt)] if attempt else [])])
        digest = hashlib.sha256(seed.encode()).digest()
        service_id = "svc-" + base64.b32encode(digest).decode().lower()[:_CHARACTERS]
        if tables.execute(_TAKEN, (service_id, service_id)).fetchone() is None:
            return service_id
    raise AssertionError("unreachable: there are more ids than services")
