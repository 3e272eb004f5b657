"""Crawl one site from an empty folder to shelved captures, inside the crawling process."""

import contextlib
from collections.abc import Callable, Mapping
from importlib.metadata import version

import structlog
from scrapy.crawler import AsyncCrawlerRunner

from crawlers.captures import Capture
from crawlers.crawling.allowance import page_limit, pause_seconds
from crawlers.crawling.hurry import hurried_by
from crawlers.crawling.jobs import Job, Progress
from crawlers.crawling.ownership import ownership
from crawlers.crawling.return_to_site import returning
from crawlers.crawling.spider import SiteSpider
from crawlers.crawling.unfinished import ticket_of
from crawlers.crawling.watch import Watch
from crawlers.network.fetch import Fetcher
from crawlers.policy import accepted_languages, policy, user_agent
from crawlers.politeness.host_book import HostBook
from crawlers.politeness.ledger import Ledger
from crawlers.politeness.manners import manners_of
from crawlers.rendering.site_rendering import rendering
from crawlers.reports import Counts, Finish, SiteReport, counted, report_on
from crawlers.sites import Site
from crawlers.storing.journal import read_journal
from crawlers.storing.recorder import Recorder, Whose
from crawlers.storing.repair import repair
from crawlers.storing.resume import begin_or_go_on
from crawlers.storing.shelf import shelve, site_folder
from crawlers.storing.sums import Sums
from crawlers.visiting.frontier import Frontier
from crawlers.visiting.task import Task, Tools
from crawlers.visiting.visit import Visit

_log = structlog.get_logger("crawlers")


class SiteCrawl:
    """One site of a job."""

    def __init__(self, job: Job, site: Site, say: Callable[[Progress], None], watch: Watch) -> None:
        """Crawl `site` of `job`, saying what moves, until told to stop; go on where it was cut short."""
        self._job, self._site, self._say = job, site, say
        self._stop, self._disk, self._clocks = watch.stop, watch.disk, watch.clocks
        self._limit = page_limit(site, job.registry, job.max_pages)
        self._folder = site_folder(job.data, job.round_id, site.id)
        self._memory = begin_or_go_on(self._folder, ticket_of(job, site))

    async def run(self, runner: AsyncCrawlerRunner) -> SiteReport:
        """Visit the site and shelve its captures; an error of ours is the report's, not the round's."""
        self._say(Progress(kind="started", site_id=self._site.id, limit=self._limit))
        crawler = runner.create_crawler(SiteSpider)
        await runner.crawl(crawler, errand=self._visit, headers=self._headers())
        spider = crawler.spider
        visit = spider.visit if isinstance(spider, SiteSpider) else None
        error = (
            visit.exception() if visit and visit.done() else RuntimeError("Scrapy never started the visit")
        )
        if error or visit is None:
            return self._shelved_after(error or RuntimeError("Scrapy lost the visit"))
        finish, detail = visit.result(), None
        if finish is Finish.INTERRUPTED and self._disk.fault:
            finish, detail = Finish.DISK_FULL, self._disk.fault
        return self._shelved(self._memory.counts, finish, detail, self._memory.sums)

    def _shelved_after(self, error: BaseException) -> SiteReport:
        """Shelve what there is, as far as it is whole."""
        finish = Finish.DISK_FULL if self._disk.note(error) else Finish.CRAWLER_FAILED
        if finish is Finish.CRAWLER_FAILED:  # a full disk has no room for a log either; the report tells it
            _log.error("site_crawl_failed", site_id=self._site.id, exc_info=error)
        sums = repair(self._memory.folder).sums
        counts = counted(read_journal(self._memory.folder))
        return self._shelved(counts, finish, f"{type(error).__name__}: {error}", sums)

    def _shelved(
        self, counts: Counts, finish: Finish, detail: str | None, sums: Mapping[str, Sums]
    ) -> SiteReport:
        report = report_on(self._site.id, self._job.round_id, counts, finish, detail)
        return shelve(self._folder, read_journal(self._memory.folder), report, sums)

    async def _visit(self, fetcher: Fetcher) -> Finish:
        """Visit the site with a recorder that is closed whatever happens."""
        pause = pause_seconds(self._site, self._job.registry)
        whose = Whose(
            country_id=self._job.registry.country.id, round_id=self._job.round_id, site_id=self._site.id
        )
        again = returning(self._clocks.listening(fetcher.fetch), self._folder, whose.country_id)
        hosts = HostBook(again.fetch, pause, self._stop, manners_of(self._site, self._job.registry))
        with (
            contextlib.closing(hosts),
            Recorder(self._memory.folder, whose, self._info(), self._memory) as recorder,
            Ledger(self._memory.folder, whose) as ledger,
        ):
            tools = Tools(
                fetch=again.fetch,
                passes_by=again.passes_by,
                is_of_service=again.is_of_service,
                hosts=hosts,
                recorder=recorder,
                stop=self._stop,
                on_capture=self._say_capture,
                on_refusal=ledger.note,
            )
            task = Task(
                seeds=self._site.seeds,
                owns=ownership(self._site, self._job.registry),
                max_pages=self._limit,
                looks_around=self._job.registry.crawler.looks_around,
            )
            async with (
                hurried_by(self._stop, fetcher),
                rendering(self._site, self._job.registry, task, tools),
            ):
                return await Visit(task, tools, Frontier(again.promises)).run()

    def _say_capture(self, capture: Capture) -> None:
        self._disk.look()
        self._say(
            Progress(
                kind="captured",
                site_id=self._site.id,
                count=capture.seq + 1,
                limit=self._limit,
                url=capture.url,
                outcome=capture.outcome,
            )
        )

    def _headers(self) -> dict[str, str]:
        return {
            "User-Agent": user_agent(self._job.registry),
            "Accept": policy().accept,
            "Accept-Language": accepted_languages(self._site),
            "Accept-Encoding": policy().accept_encoding,
        }

    def _info(self) -> str:
        """What each WARC file says of its making (ISO 28500, annex: warcinfo)."""
        fields = {
            "software": f"baskych/{version('baskych')}",
            "format": "WARC File Format 1.1",
            "conformsTo": "https://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/",
            "isPartOf": f"{self._job.registry.country.id} {self._job.round_id}",
            "robots": "obey",
            "http-header-user-agent": user_agent(self._job.registry),
        }
        return "".join(f"{name}: {value}\r\n" for name, value in fields.items())
