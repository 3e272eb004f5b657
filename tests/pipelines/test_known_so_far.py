"""What is known of services does not depend on how it was put together: laws, over many imagined rounds."""

from collections.abc import Sequence
from dataclasses import dataclass, fields

from hypothesis import given
from hypothesis import strategies as st

from pipelines.records import Service, ServiceAlias, ServiceFact, ServiceName
from pipelines.services.known_rows import KnownAlias, KnownName, KnownRow, Statement
from pipelines.services.known_so_far import KnownSoFar

FEW = st.sampled_from("abcd")


@dataclass(frozen=True, kw_only=True)
class Round:
    """The rows of a round of which services can be known."""

    services: Sequence[Service]
    names: Sequence[ServiceName]
    aliases: Sequence[ServiceAlias]
    facts: Sequence[ServiceFact]


def service(service_id: str, round_id: str, word: str) -> Service:
    """Return a service of which only what it can be known by is said."""
    given = {
        "service_id": service_id,
        "round_id": round_id,
        "institution_id": word,
        "name": word,
        "language": "ru",
    }
    return Service(**{field.name: given.get(field.name) for field in fields(Service)})  # type: ignore[arg-type] - unused


@st.composite
def rounds(draw: st.DrawFn) -> list[Round]:
    """A few rounds, each with some of four services."""
    found = []
    for number in range(draw(st.integers(0, 5))):
        round_id = f"2026-0{number + 1}"
        there = draw(st.lists(st.tuples(FEW, FEW), unique_by=lambda one: one[0]))
        said = (
            draw(st.lists(st.tuples(st.sampled_from([one for one, _ in there]), FEW, FEW))) if there else []
        )
        found.append(
            Round(
                services=[service(one, round_id, word) for one, word in there],
                names=[
                    ServiceName(service_id=one, round_id=round_id, language=a, name=b, page_id="")
                    for one, a, b in said[::2]
                ],
                aliases=[
                    ServiceAlias(service_id=one, round_id=round_id, alias=a, kind=b)
                    for one, a, b in said[1::2]
                ],
                facts=[
                    ServiceFact(
                        service_id=one, round_id=round_id, fact=a, value=b,
                        quote="", page_id="", offset=0, language="ru",
                    )
                    for one, a, b in said[::3]
                ],
            )
        )  # fmt: skip
    return found


def expected(given: Sequence[Round]) -> list[KnownRow]:
    """What is known by definition: of all rounds at once, service by service."""
    known = []
    for service_id in sorted({row.service_id for one in given for row in one.services}):
        found = [row for one in given for row in one.services if row.service_id == service_id]
        newest = max(found, key=lambda row: row.round_id)
        facts = [row for one in given for row in one.facts if row.service_id == service_id]
        stated = max((row.round_id for row in facts), default=None)
        names = {
            (row.language, row.name) for one in given for row in one.names if row.service_id == service_id
        }
        aliases = {
            (row.kind, row.alias) for one in given for row in one.aliases if row.service_id == service_id
        }
        said = {(row.fact, row.language, row.value) for row in facts if row.round_id == stated}
        known.append(
            KnownRow(
                service_id=service_id,
                round_id=newest.round_id,
                institution_id=newest.institution_id,
                head=KnownName(language=newest.language, name=newest.name),
                names=tuple(KnownName(language=a, name=b) for a, b in sorted(names)),
                aliases=tuple(KnownAlias(kind=a, alias=b) for a, b in sorted(aliases)),
                stated_round_id=stated,
                stated=tuple(Statement(fact=a, language=b, value=c) for a, b, c in sorted(said)),
            )
        )
    return known


def folded(given: Sequence[Round], base: Sequence[KnownRow] = ()) -> list[KnownRow]:
    """What is known after some rounds, beside what was known before."""
    known = KnownSoFar()
    known.add_known(base)
    for one in given:
        known.add_round(one.services, one.names, one.aliases, one.facts)
    return [*known.rows()]


@given(rounds())
def test_round_after_round_gives_what_all_rounds_at_once_give(given: list[Round]):
    """Each round is added to the rows that the rounds before it gave."""
    known: list[KnownRow] = []
    for one in given:
        known = folded([one], known)

    assert expected(given) == known


@given(rounds(), st.randoms(use_true_random=False))
def test_neither_order_nor_repetition_matters(given: list[Round], chance: "st.Random"):
    """So any state will do as a beginning, and archives may go back in time."""
    begun = folded([one for one in given if chance.random() < 0.5])
    chance.shuffle(shuffled := [*given])

    assert expected(given) == folded(shuffled, begun)
