"""What the sample republic is made of: frozen records, from which pages, registry and truth all follow.

Nothing here knows HTML, sockets or YAML. A `World` is a value: the same seed, size and year, the same world.
"""

from collections.abc import Mapping
from dataclasses import dataclass

Text = Mapping[str, str]  # language -> words


@dataclass(frozen=True, slots=True, kw_only=True)
class Processing:
    """How long a service takes, as its page says it."""

    amount: int
    unit: str  # a key of wording.yml's `units`
    days: float  # the same in days; working days count as they are written


@dataclass(frozen=True, slots=True, kw_only=True)
class Institution:
    """An invented public body."""

    id: str
    kind: str  # ministry, agency, fund, local…
    name: Text
    short: Text  # as its own site's header says it
    region: str | None  # id of one of the republic's; None: of all of it
    address: Text
    phone: str
    email: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """One site: a host of its own on loopback, with its own looks and quirks."""

    id: str
    institution_id: str
    port: int
    title: Text | None  # None: its institution's name
    outcome: str  # what a crawl of its home page must end in: a value of `crawlers.outcomes.Outcome`
    state: str  # live | lapsed | merged | historical
    merged_into: str | None
    is_joint_portal: bool
    languages: tuple[str, ...]  # the first is the one its home page is in
    codes: Mapping[str, str]  # language -> how the site writes it in addresses: some write kg for Kyrgyz
    layout: str  # folder-less name of templates/layouts/<layout>.html
    facts: str  # name of templates/facts/<facts>.html: how it sets out a service's facts
    addresses: Mapping[str, str]  # page role -> pattern of its path
    encoding: str  # of the bytes
    charset: str | None  # as the Content-Type header says; None says nothing
    quirks: frozenset[str]
    extras: tuple[str, ...]  # ids of pages.yml that this site carries beside its services
    robots: str | None  # body of robots.txt; None is 404

    @property
    def host(self) -> str:
        """Host and port, as a registry names a site."""
        return f"127.0.0.1:{self.port}"

    @property
    def root(self) -> str:
        """The address of the home page."""
        return f"http://{self.host}/"


@dataclass(frozen=True, slots=True, kw_only=True)
class Service:
    """One public service, and how far its pages let a person go."""

    id: str
    number: int  # used in addresses such as ?ELEMENT_ID=
    institution_id: str
    site_id: str | None  # None: it stands on the joint portal only
    name: Text
    about: Text
    shown: frozenset[str]  # the facts that its pages give: keys of wording.yml's `facts`
    recipients: str  # id in vocabulary.yml
    documents: tuple[str, ...]  # ids in vocabulary.yml
    fee: int | None  # in the republic's currency; 0 is free; None: the pages do not say
    processing: Processing | None
    result: str | None  # id in vocabulary.yml
    law: tuple[int, int, int, int]  # number, year, month, day of the invented act
    life_event: str | None
    offers: frozenset[str]  # what its own page offers: ids of offers.yml
    portal_name: Text  # what the joint portal calls it: mostly the same
    portal: str | None  # its place on the joint portal: apply | info | None
    stage: int  # 1 to 4, as a careful person would judge all its pages together
    languages: tuple[str, ...]  # in which its own page exists
    slug: str = ""  # what stands for it in addresses such as /services/…; "": its id


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """The whole republic in one year."""

    seed: int
    year: int
    extra_pages: int  # additional news, documents and information pages a site
    is_deep: bool = False  # services stand behind a catalogue, further pages behind archives
    country: Mapping[str, object]
    regions: tuple[Mapping[str, object], ...]
    institutions: Mapping[str, Institution]
    sites: Mapping[str, Site]
    services: Mapping[str, Service]

    @property
    def portal(self) -> Site:
        """The joint portal."""
        return next(site for site in self.sites.values() if site.is_joint_portal)

    def services_of(self, site_id: str) -> tuple[Service, ...]:
        """The services described on a site of their provider, in the order of their numbers."""
        own = (service for service in self.services.values() if service.site_id == site_id)
        return tuple(sorted(own, key=lambda service: service.number))
