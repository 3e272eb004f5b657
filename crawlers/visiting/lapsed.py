"""Tell that a domain is no longer its institution's, where it sends everybody to a seller of domains."""

from functools import cache
from pathlib import Path

from crawlers.errors import CrawlersError
from crawlers.network.addresses import parse_address
from crawlers.registry.fields import HostEntry, Strict
from crawlers.strict_yaml import load_model


class LapsedRules(Strict):
    """The whole of `lapsed.yml`."""

    keepers: tuple[HostEntry, ...]


@cache
def _rules() -> LapsedRules:
    return load_model(Path(__file__).with_name("lapsed.yml"), LapsedRules, CrawlersError)


def keeper_of(url: str | None) -> str | None:
    """Return the seller or keeper of given-up domains that `url` leads to; None for every other address."""
    address = parse_address(url) if url else None
    if address is None:
        return None
    return next((keeper for keeper in _rules().keepers if f".{address.host}".endswith(f".{keeper}")), None)
