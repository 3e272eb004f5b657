"""Let the sample republic live through rounds of known events: what is true of each, and what can be seen.

A pure function of the first world and `content/story.yml`. What cannot be seen in a round, because the site
is down, is seen in the first round in which it is up again: then the change is to be told, once.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from crawlers.sample.content import ContentError, content
from crawlers.sample.events import DOWN, Event, in_round
from crawlers.sample.model import World


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What is to be told of a service in a round, in the words of `out_changes`."""

    round: int  # from 1
    change: str
    service_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """The republic in each round, and what happened in between."""

    worlds: tuple[World, ...]
    events: tuple[Event, ...]

    def world(self, number: int) -> World:
        """Return the republic of a round, counted from 1."""
        return self.worlds[number - 1]

    def seen_in(self, event: Event) -> int | None:
        """Return the first round in which what happened to a service can be seen; None where none can."""
        rounds = range(event.round, len(self.worlds) + 1)
        return next((number for number in rounds if not self._is_hidden(event, number)), None)

    def _is_hidden(self, event: Event, number: int) -> bool:
        """Whether the site that shows it is down; of a service that leaves a site, the one that it leaves."""
        worlds = [self.world(number), self.world(max(1, event.round - 1))]
        services = [world.services[event.of] for world in worlds if event.of in world.services]
        site_id = services[0].site_id or self.world(number).portal.id
        return DOWN in self.world(number).sites[site_id].quirks


def tell(first: World, length: int | None = None) -> Story:
    """Return what `content/story.yml` makes of `first`, in so many rounds (all, if not said).

    Raises:
        ContentError: an event is of a service or a site that the republic has not, or of no kind.
    """
    told = content("story")
    events = tuple(Event.model_validate(entry) for entry in told["events"])
    part = only(first, told["sites"])
    for event in events:
        if event.of not in part.services and event.of not in part.sites:
            raise ContentError(f"story.yml: {event.event} of {event.of!r}: expected a service or site there")
    rounds = range(1, (length or int(told["rounds"])) + 1)
    worlds = tuple(in_round(part, events, number) for number in rounds)
    return Story(worlds=worlds, events=tuple(event for event in events if event.round <= len(worlds)))


def only(world: World, site_ids: list[str]) -> World:
    """Return the part of a republic that some of its sites make up, with their institutions' services."""
    sites = {site_id: world.sites[site_id] for site_id in site_ids}
    bodies = {site.institution_id for site in sites.values()}
    return replace(
        world,
        sites=sites,
        institutions={body_id: body for body_id, body in world.institutions.items() if body_id in bodies},
        services={
            service.id: service
            for service in world.services.values()
            if service.institution_id in bodies and service.site_id in {None, *sites}
        },
    )


def true_changes(story: Story) -> tuple[Change, ...]:
    """Return what is to be told of the services' coming and going, names, places and stages; each once."""
    found = [
        Change(round=seen, change=change, service_id=event.of)
        for event in story.events
        if event.event != DOWN and event.round > 1 and (seen := story.seen_in(event))
        for change in _told_of(story, event)
    ]
    return tuple(sorted(found, key=lambda one: (one.round, one.service_id, one.change)))


def _told_of(story: Story, event: Event) -> Iterator[str]:
    plain = {"added": "new", "gone": "gone", "back": "back", "reworded": "renamed", "remade": "renamed"}
    if event.event in plain:
        yield plain[event.event]
        return
    if event.event == "to_portal":
        yield "moved"
    before = story.world(event.round - 1).services[event.of].stage
    after = story.world(event.round).services[event.of].stage
    if before != after:
        yield "stage_up" if after > before else "stage_down"
