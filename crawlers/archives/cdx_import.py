"""Take the captures of a round from archives that are asked over the network, site after site.

Each site is taken whole or not at all, and put away as soon as it is done: an import that was interrupted
keeps the sites that it finished, and goes on with the others when it is started again. What an archive does
not have is noted as such; that a page is not in an archive never says that it was not on the web.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path

import structlog

from crawlers.archives.asking import Door
from crawlers.archives.captures import SiteArchive
from crawlers.archives.choose import Window, most_promising, nearest, window_of
from crawlers.archives.copies import NoCopyError, record_of
from crawlers.archives.index import check_collection, rows_of
from crawlers.archives.polite import PoliteAsker
from crawlers.archives.rows import Row
from crawlers.archives.rules import archive_rules
from crawlers.archives.sources import Archive, archive_at
from crawlers.archives.unlisted import unlisted_site
from crawlers.crawling.ownership import ownership
from crawlers.errors import ArchiveError
from crawlers.network.addresses import Address, parse_address
from crawlers.policy import policy, user_agent
from crawlers.reports import Finish, SiteReport, counted, report_on
from crawlers.sites import Registry, Site, SiteState
from crawlers.storing.lock import only_one
from crawlers.storing.recorder import Whose
from crawlers.storing.shelf import discard, shelve, site_folder
from crawlers.visiting.frontier import Wanted

_log = structlog.get_logger("crawlers")
_NOT_OURS = {SiteState.LAPSED}  # the domain had other owners at some time; to be asked for by name

OnSite = Callable[[SiteReport], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class CdxImport:
    """What to import, and how much of it."""

    addresses: Sequence[str]  # of CDX servers
    registry: Registry | None  # None: sites are made of the hosts that come
    country_id: str
    round_id: str  # YYYY-MM
    data: Path
    site_ids: Sequence[str] = ()  # none: all sites of the registry
    max_pages: int | None = None  # a site
    tolerance_days: int | None = None  # None: as the rules say
    on_site: OnSite = field(default=lambda _: None)


def import_cdx(job: CdxImport) -> tuple[SiteReport, ...]:
    """Do `job`; return a report on each site, one that no archive has included.

    Raises:
        ArchiveError: an archive does not answer, or not as it should; sites that were done before are kept.
        UnknownSiteError: a site is not in the registry. LockHeldError: another process works in `data`.
    """
    archives = [archive_at(address) for address in job.addresses]
    registry = job.registry
    if registry is None and not all(archive.has_question for archive in archives):
        raise ArchiveError(
            f"{job.addresses[0]}: which pages? expected ?url=… in the address, or a registry that names sites"
        )
    allowed = (*(registry.allow_private if registry else ()), *(one.host_port for one in archives))
    agent = user_agent(registry) if registry else f"{policy().user_agent_token}/{version('baskych')}"
    delay = registry.crawler.delay_seconds if registry else archive_rules().delay_seconds
    with only_one(job.data), Door(allowed, agent) as door:
        return _Importer(job, archives, PoliteAsker(door.fetch, delay)).run()


class _Importer:
    """Imports site after site."""

    def __init__(self, job: CdxImport, archives: Sequence[Archive], asker: PoliteAsker) -> None:
        tolerance = archive_rules().tolerance_days if job.tolerance_days is None else job.tolerance_days
        self._job, self._archives, self._asker = job, archives, asker
        self._window: Window = window_of(job.round_id, tolerance)
        self._known: set[str] = set()  # addresses of archives that are surely there

    def run(self) -> tuple[SiteReport, ...]:
        """Import what the addresses ask for themselves, then the registry's sites from the others."""
        rows = self._typed_rows()
        taken = {site.id: (site, copies) for site, copies in self._by_site(rows)}
        general = [archive for archive in self._archives if not archive.has_question]
        for site in self._sites() if general else ():
            taken.setdefault(site.id, (site, []))
        reports = (self._site(site, copies, general) for site, copies in taken.values())
        return tuple(sorted(reports, key=lambda report: report.site_id))

    def _sites(self) -> Iterable[Site]:
        """The registry's sites that are meant."""
        registry, wanted = self._job.registry, self._job.site_ids
        if registry is None:
            return ()
        if wanted:
            return [registry.site(site_id) for site_id in wanted]
        return [site for site in registry.sites if site.state not in _NOT_OURS]

    def _typed_rows(self) -> list[Row]:
        """What the addresses that hold a question of their own ask for."""
        typed = [archive for archive in self._archives if archive.has_question]
        rows = [row for archive in typed for row in rows_of(archive, self._asker, None, self._window)]
        if typed and not any(self._window.holds(row.moment) for row in rows):
            for archive in typed:
                check_collection(archive, self._asker)
            first, last = (f"{moment:%Y-%m-%d}" for moment in (self._window.first, self._window.last))
            names = ", ".join(archive.question() for archive in typed)
            raise ArchiveError(f"{names}: no copy from {first} to {last}; expected at least one")
        return rows

    def _by_site(self, rows: Iterable[Row]) -> list[tuple[Site, list[Row]]]:
        """Rows with the sites that they are of: the one that was named, the registry's, or unlisted ones."""
        found: dict[str, tuple[Site, list[Row]]] = {}
        for row in rows:
            address = parse_address(row.url)
            if address is not None:
                site = self._site_of(address)
                found.setdefault(site.id, (site, []))[1].append(row)
        return list(found.values())

    def _site_of(self, address: Address) -> Site:
        registry, named = self._job.registry, self._job.site_ids
        if registry is not None and named:
            return registry.site(named[0])
        site = registry.site_of(address) if registry else None
        return site or unlisted_site(address.host_port, self._job.country_id)

    def _site(self, site: Site, typed: list[Row], general: Sequence[Archive]) -> SiteReport:
        """Import one site whole; leave no trace of it where that fails."""
        job = self._job
        whose = Whose(country_id=job.country_id, round_id=job.round_id, site_id=site.id)
        archive = SiteArchive(site_folder(job.data, job.round_id, site.id), whose, source="cdx")
        try:
            limit = self._limit(site)
            copies = self._copies(site, typed, general)
            for row in most_promising(copies, site.seeds, limit):
                self._take(row, archive)
            if not copies:
                url = site.seeds[0] if site.seeds else f"http://{site.stay_under[0]}/"
                archive.add_missing(Wanted(url=url, depth=0), self._nothing_there("site"))
            archive.close()
            finish = Finish.PAGE_LIMIT if len(copies) > limit else Finish.FINISHED
            archive.link_revisits()
            if copies:
                met = archive.walk(site.seeds, self._owned(site), limit + len(archive.captures))
                # Of an archive that was asked for some pages only, nobody knows whether it has the others.
                lacking = [wanted for wanted in met if wanted.url not in copies] if general else []
                for wanted in lacking[:limit]:
                    archive.add_missing(wanted, self._nothing_there("page"))
            report = report_on(site.id, job.round_id, counted(archive.captures), finish)
            report = shelve(archive.folder, archive.captures, report, archive.sums)
        finally:
            archive.close()
            discard(archive.folder)
        _log.info("site_imported", site_id=site.id, copies=len(copies), seen=report.seen_count)
        job.on_site(report)
        return report

    def _limit(self, site: Site) -> int:
        registry = self._job.registry
        usual = registry.crawler.max_pages if registry else archive_rules().max_pages
        return self._job.max_pages or site.max_pages or usual

    def _copies(self, site: Site, typed: list[Row], general: Sequence[Archive]) -> dict[str, Row]:
        """The copies of the site's pages that stand for the round, of all archives."""
        rows = [
            row
            for archive in general
            for scope in site.scopes
            for row in rows_of(archive, self._asker, scope, self._window)
        ]
        if not rows:
            for archive in general:
                self._make_sure_of(archive)
        chosen = nearest(rows, self._window, self._owned(site))
        # What was typed is meant, whatever its host.
        return chosen | nearest(typed, self._window, lambda _: True)

    def _owned(self, site: Site) -> Callable[[Address], bool]:
        """Whether an address is the site's."""
        return ownership(site, self._job.registry) if self._job.registry else site.covers

    def _make_sure_of(self, archive: Archive) -> None:
        if archive.address not in self._known:
            check_collection(archive, self._asker)
            self._known.add(archive.address)

    def _take(self, row: Row, archive: SiteArchive) -> None:
        """Put one copy into the site's archive, or note that there is none."""
        if archive.has(row.url):
            return
        try:
            archive.add(record_of(row, self._asker, self._window), row.url)
        except NoCopyError as error:
            archive.add_missing(Wanted(url=row.url, depth=1), str(error))

    def _nothing_there(self, what: str) -> str:
        first, last = (f"{moment:%Y-%m-%d}" for moment in (self._window.first, self._window.last))
        names = ", ".join(archive.address for archive in self._archives)
        return f"{names}: no copy of this {what} from {first} to {last}"
