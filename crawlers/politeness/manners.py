"""What is owed to a site beyond its robots.txt: its visiting hours, and what it asked us to leave alone."""

import asyncio
from dataclasses import dataclass, field
from pathlib import Path

from crawlers.network.addresses import Address
from crawlers.politeness.clock import Clock
from crawlers.politeness.opt_outs import OptOut, opt_out_of
from crawlers.politeness.state import hosts_folder
from crawlers.politeness.visiting_hours import VisitingHours
from crawlers.sites import Registry, Site


@dataclass(slots=True, kw_only=True)
class Manners:
    """How one site is to be treated in one visit."""

    hours: VisitingHours | None = None  # None: at any time
    opt_outs: tuple[OptOut, ...] = ()
    clock: Clock = field(default_factory=Clock)
    queues: Path = field(default_factory=hosts_folder)  # where hosts' queues lie
    are_hours_over: bool = False  # they ended in the middle of the visit
    _has_begun: bool = False

    def opt_out(self, address: Address) -> OptOut | None:
        """Return the request to stay away that covers `address`, if there is one."""
        return opt_out_of(address, self.opt_outs)

    async def wait_for_hours(self, stop: asyncio.Event) -> None:
        """Wait until the site's hours begin, unless they began already, or until `stop` is set."""
        if self.hours is not None and not self._has_begun:
            await self.clock.pause(self.hours.seconds_until_open(self.clock.now()), stop)
        self._has_begun = True

    def may_ask_now(self) -> bool:
        """Whether the site's hours last; once they are over, they are for this visit."""
        if self.hours is not None and self.hours.seconds_until_open(self.clock.now()) > 0:
            self.are_hours_over = True
        return not self.are_hours_over


def manners_of(site: Site, registry: Registry) -> Manners:
    """Return how `site` of `registry` is to be treated.

    Raises:
        StateFolderError: there is nowhere to keep hosts' queues.
    """
    return Manners(hours=hours_of(site, registry), opt_outs=tuple(registry.opt_outs))


def hours_of(site: Site, registry: Registry) -> VisitingHours | None:
    """Return the hours at which `site` of `registry` may be visited; None: at any time."""
    hours = site.visiting_hours or registry.crawler.visiting_hours
    zone = site.time_zone or registry.country.time_zone
    return VisitingHours(opens=hours.opens, closes=hours.closes, time_zone=zone) if hours else None
