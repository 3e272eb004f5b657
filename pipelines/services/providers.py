"""Recognise a public body by its name or by its site's address.

A page says "Министерство юстиции" where the registry has "Министерство юстиции Республики": the body is
recognised when the words of one name hold all words of the other and no second body fits as well.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from crawlers.network.addresses import parse_address
from crawlers.sites import Registry
from pipelines.records import SummaryLink
from pipelines.services.identify_words import NameWords
from pipelines.services.names import name_key

_FEWEST_WORDS = 2  # "Министерство" alone names nobody


@dataclass(frozen=True, slots=True, kw_only=True)
class Providers:
    """The public bodies of a country, to be recognised."""

    keys: Mapping[frozenset[str], str]  # words of a name -> institution, in the order of the words
    hosts: Mapping[str, str]  # host with port -> institution
    words: NameWords
    said: frozenset[str]  # all words of all names

    def named(self, text: str) -> str | None:
        """Return the one institution that `text` names, None for none or several."""
        key = name_key(text, self.words)
        exact = self.keys.get(key)
        if exact or len(key) < _FEWEST_WORDS or key.isdisjoint(self.said):
            return exact
        fitting = {
            institution: len(key & known)
            for known, institution in self.keys.items()
            if key <= known or (known <= key and len(known) >= _FEWEST_WORDS)
        }
        best = max(fitting.values(), default=0)
        winners = sorted(institution for institution, shared in fitting.items() if shared == best)
        return winners[0] if len(winners) == 1 else None

    def knows(self, text: str) -> bool:
        """Whether `text` is the whole name of one of the bodies."""
        return name_key(text, self.words) in self.keys

    def linked(self, links: Iterable[SummaryLink]) -> str | None:
        """Return the one institution whose site `links` lead to, None for none or several."""
        found = {self.hosts.get(_host(link.url)) for link in links} - {None}
        return found.pop() if len(found) == 1 else None


def providers_of(registry: Registry, words: NameWords) -> Providers:
    """Return the institutions of `registry`; a host that several own is nobody's."""
    keys: dict[frozenset[str], str] = {}
    for institution in registry.institutions:
        for name in institution.name.values():
            keys.setdefault(name_key(name, words), institution.id)
    hosts: dict[str, set[str]] = {}
    for site in registry.sites:
        if site.institution and not site.is_joint_portal:
            for entry in site.stay_under:
                hosts.setdefault(entry.partition("/")[0].removeprefix("www."), set()).add(site.institution)
    single = {host: owners.pop() for host, owners in hosts.items() if len(owners) == 1}
    return known_by(keys, single, words)


def known_by(keys: Mapping[frozenset[str], str], hosts: Mapping[str, str], words: NameWords) -> Providers:
    """Return public bodies that are known by the words of their names, and by their hosts."""
    in_order = dict(sorted(keys.items(), key=lambda pair: sorted(pair[0])))
    return Providers(keys=in_order, hosts=hosts, words=words, said=frozenset().union(*keys))


def _host(url: str) -> str:
    address = parse_address(url)
    return address.host_port.removeprefix("www.") if address else ""
