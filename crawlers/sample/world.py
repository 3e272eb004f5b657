"""Build the sample republic: a pure function of seed, size and year."""

from collections.abc import Iterator

from crawlers.sample import growth
from crawlers.sample.choose import number, pick
from crawlers.sample.content import InstitutionEntry, ServiceEntry, SiteEntry, content, institutions, services
from crawlers.sample.model import Institution, Processing, Service, Site, World

_FIRST_NUMBER = 1200  # of the first service's database number


def build(*, seed: int, sites: int | None, pages: int, year: int, port: int) -> World:
    """Return the republic.

    Args:
        seed: another seed gives other wordings, numbers and dates, and other institutions beyond the default.
        sites: how many sites there are; more than republic.yml has are generated, never fewer kept.
        pages: how many further news, document and information pages each site has.
        year: services that did not exist then, or no longer, are left out; others are as they were.
        port: of the first site; the others follow.
    """
    bodies = [(body, services(body.id)) for body in institutions()]
    count = sum(len(body.sites) for body, _ in bodies)
    bodies += [growth.institution(seed, index) for index in range(max(0, (sites or 0) - count))]
    placed = {
        site.id: _site(site, body.id, port + index)
        for index, (body, site) in enumerate((body, site) for body, _ in bodies for site in body.sites)
    }
    listed = _services(bodies, placed, seed, year)
    return World(
        seed=seed,
        year=year,
        extra_pages=pages,
        country=content("republic")["country"],
        regions=tuple(content("republic")["regions"]),
        institutions={body.id: _institution(body, seed) for body, _ in bodies},
        sites=placed,
        services={service.id: service for service in listed},
    )


def _site(entry: SiteEntry, institution_id: str, port: int) -> Site:
    root = f"http://127.0.0.1:{port}/"
    patterns = content("addresses")[entry.addresses]
    return Site(
        id=entry.id,
        institution_id=institution_id,
        port=port,
        title=entry.title,
        outcome=entry.outcome,
        state=entry.state,
        merged_into=entry.merged_into,
        is_joint_portal=entry.is_joint_portal,
        languages=entry.languages,
        codes=entry.codes,
        layout=entry.layout,
        facts=entry.facts,
        addresses=patterns,
        encoding=entry.encoding,
        charset=entry.charset,
        quirks=frozenset(entry.quirks),
        extras=entry.extras,
        robots=entry.robots.replace("{root}", root) if entry.robots else None,
    )


def _institution(entry: InstitutionEntry, seed: int) -> Institution:
    # Subscriber numbers that begin with 0 are assigned to nobody; .example is reserved (RFC 2606).
    phone = f"+996 312 00 {number(90, seed, entry.id, 'a') + 10:02} {number(90, seed, entry.id, 'b') + 10:02}"
    place = content("places")
    street = place["streets"][number(len(place["streets"]), seed, entry.id, "street")]
    house = number(180, seed, entry.id, "house") + 1
    return Institution(
        id=entry.id,
        kind=entry.kind,
        name=entry.name,
        short=entry.short,
        region=entry.region,
        address={language: f"{place['city'][language]}, {street[language]}, {house}" for language in street},
        phone=phone,
        email=f"office@{entry.id.removeprefix('sample-')}.toostan.example",
    )


def _services(
    bodies: list[tuple[InstitutionEntry, tuple[ServiceEntry, ...]]],
    sites: dict[str, Site],
    seed: int,
    year: int,
) -> Iterator[Service]:
    all_entries = ((body, entry) for body, entries in bodies for entry in entries)
    for index, (body, entry) in enumerate(all_entries):
        if entry.since <= year < entry.until:
            own = sites[body.sites[0].id] if entry.own_page else None
            yield _service(entry.in_year(year), body.id, own, _Given(index, seed))


class _Given:
    """What the seed gives a service whatever the year: its number, the act that it rests on, its facts."""

    def __init__(self, index: int, seed: int) -> None:
        self._seed = seed
        self.service = _FIRST_NUMBER + index
        self.law = number(800, seed, index, "law") + 11
        self.day = number(28, seed, index, "day") + 1
        self.month = number(12, seed, index, "month") + 1
        self.year = number(14, seed, index, "year") + 2011

    def shown(self, entry: ServiceEntry) -> frozenset[str]:
        """The facts that its pages give: those that only inform give few."""
        patterns = content("shown")["brief" if entry.stage == 1 else "full"]
        return frozenset(pick(patterns, self._seed, entry.id, "shown"))


def _service(entry: ServiceEntry, institution_id: str, site: Site | None, given: _Given) -> Service:
    return Service(
        id=entry.id,
        number=given.service,
        institution_id=institution_id,
        site_id=site.id if site else None,
        name=entry.name,
        about=entry.about,
        shown=given.shown(entry),
        recipients=entry.recipients,
        documents=entry.needs,
        fee=entry.fee,
        processing=_processing(entry.time),
        result=entry.gives,
        law=(given.law, given.year, given.month, given.day),
        life_event=entry.event,
        offers=frozenset(entry.offers),
        portal_name=entry.portal_name or entry.name,
        portal=entry.portal,
        stage=entry.stage,
        languages=entry.languages or (site.languages if site else ()),
    )


def _processing(time: str | None) -> Processing | None:
    if time is None:
        return None
    amount, unit = time.split()
    days = int(amount) * content("wording")["units"][unit]["days"]
    return Processing(amount=int(amount), unit=unit, days=round(days, 6))
