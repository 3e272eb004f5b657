"""Stories of services over nine rounds; each has a service and a site of its own name."""

from dataclasses import dataclass

from tiny_history import History

from crawlers.outcomes import Outcome

ROUNDS = tuple(f"2026-{month:02}" for month in range(1, 10))
JAN, FEB, MAR, APR = ROUNDS[:4]


@dataclass(frozen=True, slots=True, kw_only=True)
class Changed:
    """A field that is otherwise in February: what the page said then, and what is told."""

    february: dict[str, object]
    told: tuple[str, str, str | None, str | None]


FIELDS = {
    "dearer": Changed(february={"fee_amount": 200.0}, told=("changed", "fee", "120.5 KGS", "200 KGS")),
    "free": Changed(
        february={"fee_amount": None, "fee_currency": None, "is_free": True},
        told=("changed", "fee", "120.5 KGS", "free"),
    ),
    "slower": Changed(february={"processing_days": 5.0}, told=("changed", "processing_days", "3", "5")),
    "born": Changed(february={"life_event_id": "birth"}, told=("changed", "life_event_id", None, "birth")),
    "handed": Changed(
        february={"institution_id": "health"}, told=("changed", "institution_id", "tax", "health")
    ),
    "called": Changed(february={"name": "Licence"}, told=("renamed", "name", "Permit", "Licence")),
    "moves": Changed(february={"at": "movesto"}, told=("moved", "site_id", "sample-moves", "sample-movesto")),
}


def all_stories() -> History:
    """Return all stories as one history, in which one service is seen in each round."""
    history = History()
    for round_id in ROUNDS:
        history.asks([round_id], "lasting")
        history.provides(f"{round_id}/lasting")
    for story in (_came, _went, _half_seen, _fields, _words, _stages, _voices):
        story(history)
    return history


def _came(history: History) -> None:
    history.asks([JAN, APR], "late")
    history.asks([FEB, MAR], "late", is_silent=True)
    history.provides(f"{APR}/late")
    history.asks([JAN], "first", is_silent=True)
    history.asks([FEB], "first")
    history.provides(f"{FEB}/first")
    history.asks([JAN, FEB], "behind")
    history.page(f"{JAN}/behind/behind", Outcome.UNREACHABLE_TIMEOUT)
    history.provides(f"{FEB}/behind")


def _went(history: History) -> None:
    history.asks([JAN, FEB, MAR], "returns")
    history.provides(f"{JAN}/returns")
    history.misses(f"{FEB}/returns/returns")
    history.provides(f"{MAR}/returns")
    history.asks([JAN], "listed")
    history.asks([FEB], "listed", is_silent=True)
    history.provides(f"{JAN}/listed")
    history.also_at(f"{JAN}/listed", "lists", role="list")
    history.page(f"{FEB}/lists/listed")


def _half_seen(history: History) -> None:
    history.asks([JAN, APR], "half")
    history.asks([FEB, MAR], "half", is_silent=True)
    history.asks(ROUNDS, "halfportal")
    for round_id in (JAN, APR):
        history.provides(f"{round_id}/half", 3)
        history.also_at(f"{round_id}/half", "halfportal")
    for round_id in (FEB, MAR):
        history.provides(f"{round_id}/half", 1, at="halfportal", fee_amount=9.0)
    history.asks([JAN, FEB, MAR], "partly")
    history.provides(f"{JAN}/partly")
    history.provides(f"{FEB}/partly", unseen=2, fee_amount=None, fee_currency=None)
    history.provides(f"{MAR}/partly", fee_amount=300.0)


def _fields(history: History) -> None:
    for name, changed in FIELDS.items():
        history.asks([JAN, FEB], name, f"{name}to")
        history.provides(f"{JAN}/{name}")
        history.provides(f"{FEB}/{name}", **changed.february)


def _words(history: History) -> None:
    for round_id in (JAN, FEB):
        history.asks([round_id], "papers", "translated")
        for name in ("papers", "translated"):
            history.provides(f"{round_id}/{name}")
            history.states(f"{round_id}/{name}", "documents_required", "passport")
    history.states(f"{JAN}/papers", "documents_required", "паспорт", "ky")
    history.states(f"{FEB}/papers", "documents_required", "паспорт; сүрөт", "ky")
    history.states(f"{FEB}/translated", "documents_required", "паспорт", "ky")


def _stages(history: History) -> None:
    for round_id, unsure, climbs in ((JAN, None, 2), (FEB, 2, 3), (MAR, None, 3)):
        history.asks([round_id], "unsure", "climbs")
        history.provides(f"{round_id}/unsure", unsure)
        history.provides(f"{round_id}/climbs", climbs)


def _voices(history: History) -> None:
    """One site speaks in every round, one only at first, and one is silent for two rounds, then three."""
    for number, round_id in enumerate(ROUNDS):
        history.says(f"{round_id}/speaker/news", f"News of {round_id}")
        history.says(f"{round_id}/sleeper/news", "News of old")
        history.asks([round_id], "failing", is_silent=number in {1, 2, 5, 6, 7})
