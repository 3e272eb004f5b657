"""What can happen to the sample republic from one round to the next, and what becomes of it then."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict

from crawlers.sample.model import Service, World
from crawlers.sample.truth import implied_stage

DOWN = "down"
_OTHER_NUMBERS = 5000  # added to a service's number where its address is another
_RENAMING = {"reworded", "readdressed", "remade"}


class Event(BaseModel):
    """One thing that happens, in `content/story.yml`."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    round: int  # from 1; true from that round on
    event: Literal[
        "added", "gone", "back", "reworded", "readdressed", "remade", "to_portal", "offers", "fee", "down"
    ]
    of: str  # a service's id; of `down` a site's
    name: dict[str, str] | None = None
    offers: tuple[str, ...] = ()
    fee: int | None = None
    rounds: int = 1  # that a site is down

    @property
    def renames(self) -> bool:
        """Whether the same service is called or found otherwise."""
        return self.event in _RENAMING


def in_round(world: World, events: tuple[Event, ...], number: int) -> World:
    """Return what `events` have made of `world` by a round, counted from 1."""
    services = {**world.services}
    for event in sorted(events, key=lambda one: one.round):
        if event.event == "added" and event.round > number:
            services.pop(event.of)
        elif event.event != DOWN and event.round <= number:
            _happen(event, services, world.services)
    down = {one.of for one in events if one.event == DOWN and one.round <= number < one.round + one.rounds}
    sites = {
        site.id: replace(site, quirks=site.quirks | {DOWN}) if site.id in down else site
        for site in world.sites.values()
    }
    return replace(world, sites=sites, services=services)


def _happen(event: Event, services: dict[str, Service], first: Mapping[str, Service]) -> None:
    """Let an event happen to the services of a round."""
    if event.event == "gone":
        services.pop(event.of)
    elif event.event == "back":
        services[event.of] = first[event.of]
    elif event.event in _CHANGES:
        changed = replace(services[event.of], **_CHANGES[event.event](event, services[event.of]))
        services[event.of] = replace(changed, stage=implied_stage(changed))


def _reworded(event: Event, _: Service) -> dict[str, Any]:
    return {"name": event.name, "portal_name": event.name}


def _readdressed(event: Event, service: Service) -> dict[str, Any]:
    return {"slug": f"{service.id}-{event.round}", "number": service.number + _OTHER_NUMBERS}


_CHANGES: Mapping[str, Callable[[Event, Service], dict[str, Any]]] = {
    "reworded": _reworded,
    "readdressed": _readdressed,
    "remade": lambda event, service: _reworded(event, service) | _readdressed(event, service),
    "to_portal": lambda *_: {"site_id": None, "portal": "apply"},
    "offers": lambda event, _: {"offers": frozenset(event.offers)},
    "fee": lambda event, _: {"fee": event.fee},
}
