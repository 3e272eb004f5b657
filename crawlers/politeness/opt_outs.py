"""Requests to stay away that came by letter instead of robots.txt: the `opt_outs` of a registry."""

from collections.abc import Iterable
from datetime import date
from functools import cached_property

from crawlers.network.addresses import Address, Scope, parse_scope
from crawlers.registry.fields import HostEntry, Strict, Words


class OptOut(Strict):
    """One request: what to stay out of, since when, and why."""

    stay_out_of: HostEntry  # host, host:port or host/path, as in `stay_under`
    since: date
    reason: Words

    @cached_property
    def _scope(self) -> Scope | None:
        return parse_scope(self.stay_out_of)

    def covers(self, address: Address) -> bool:
        """Whether `address` is meant."""
        return self._scope is not None and self._scope.covers(address)

    def told(self) -> str:
        """Return the request in a few words, for the ledger."""
        return f"opt-out of {self.stay_out_of} since {self.since:%Y-%m-%d}: {self.reason}"


def opt_out_of(address: Address, opt_outs: Iterable[OptOut]) -> OptOut | None:
    """Return the first of `opt_outs` that covers `address`, if one does."""
    return next((one for one in opt_outs if one.covers(address)), None)
