"""What is known of every service after some rounds, one row a service: the next round is added to it.

The rows of rounds may be added in any order, and any of them twice: what comes out is the same as if all
had been added at once. So each round costs the same, however many came before. Nothing here depends on
knowledge: rules that change need no round to be read again.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import groupby
from operator import attrgetter
from typing import Any

from pipelines.records import Service, ServiceAlias, ServiceFact, ServiceName
from pipelines.services.known_rows import KnownAlias, KnownName, KnownRow, Statement

Told = KnownRow | Service | ServiceName | ServiceAlias | ServiceFact


class KnownSoFar:
    """The services of the rounds that were added."""

    def __init__(self) -> None:
        """Begin with none."""
        self._newest: dict[str, tuple[str, str, KnownName]] = {}  # round, institution, head
        self._names: dict[str, set[KnownName]] = defaultdict(set)
        self._aliases: dict[str, set[KnownAlias]] = defaultdict(set)
        self._stated: dict[str, tuple[str, set[Statement]]] = {}  # round, what its pages stated

    def add_known(self, rows: Iterable[KnownRow]) -> None:
        """Add what was known after other rounds."""
        for row in rows:
            self._found(row.service_id, row.round_id, row.institution_id, row.head)
            self._names[row.service_id].update(row.names)
            self._aliases[row.service_id].update(row.aliases)
            if row.stated_round_id is not None:
                self._statements(row.service_id, row.stated_round_id).update(row.stated)

    def add_round(
        self,
        services: Iterable[Service],
        names: Iterable[ServiceName],
        aliases: Iterable[ServiceAlias],
        facts: Iterable[ServiceFact],
    ) -> None:
        """Add the services of a round, with their names, addresses and earlier ids, and what they state."""
        for service in services:
            head = KnownName(language=service.language, name=service.name)
            self._found(service.service_id, service.round_id, service.institution_id, head)
        for name in names:
            self._names[name.service_id].add(KnownName(language=name.language, name=name.name))
        for alias in aliases:
            self._aliases[alias.service_id].add(KnownAlias(kind=alias.kind, alias=alias.alias))
        for fact in facts:
            said = Statement(fact=fact.fact, language=fact.language, value=fact.value)
            self._statements(fact.service_id, fact.round_id).add(said)

    def rows(self) -> Iterator[KnownRow]:
        """Yield all that is known, by service id."""
        for service_id, (round_id, institution_id, head) in sorted(self._newest.items()):
            stated_round_id, stated = self._stated.get(service_id, (None, set[Statement]()))
            yield KnownRow(
                service_id=service_id,
                round_id=round_id,
                institution_id=institution_id,
                head=head,
                names=tuple(sorted(self._names[service_id])),
                aliases=tuple(sorted(self._aliases[service_id])),
                stated_round_id=stated_round_id,
                stated=tuple(sorted(stated)),
            )

    def _found(self, service_id: str, round_id: str, institution_id: str, head: KnownName) -> None:
        if service_id not in self._newest or round_id >= self._newest[service_id][0]:
            self._newest[service_id] = (round_id, institution_id, head)

    def _statements(self, service_id: str, round_id: str) -> set[Statement]:
        """What the service stated in a round, to be added to; of an older round than the newest, in vain."""
        newest, stated = self._stated.get(service_id, ("", set[Statement]()))
        if round_id == newest:
            return stated
        if round_id > newest:
            self._stated[service_id] = (round_id, set())
            return self._stated[service_id][1]
        return set()


def known_rows(rows: Iterable[Told]) -> Iterator[KnownRow]:
    """Yield all that is known by `rows`, which come in the order of services: one service is in memory."""
    for _, of_service in groupby(rows, key=attrgetter("service_id")):
        told: dict[type, list[Any]] = defaultdict(list)
        for row in of_service:
            told[type(row)].append(row)
        known = KnownSoFar()
        known.add_known(told[KnownRow])
        known.add_round(told[Service], told[ServiceName], told[ServiceAlias], told[ServiceFact])
        yield from known.rows()
