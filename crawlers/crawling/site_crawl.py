"""Crawl one site from an empty folder to shelved captures, inside the crawling process."""

import asyncio
from collections.abc import Callable
from importlib.metadata import version

import structlog
from scrapy.crawler import AsyncCrawlerRunner

from crawlers.captures import Capture
from crawlers.crawling.jobs import Job, Progress
from crawlers.crawling.ownership import ownership
from crawlers.crawling.spider import SiteSpider
from crawlers.network.fetch import Fetcher
from crawlers.policy import accepted_languages, policy, user_agent
from crawlers.politeness.host_book import HostBook
from crawlers.reports import Finish, SiteReport, report_on
from crawlers.sites import Site
from crawlers.storing.journal import read_journal
from crawlers.storing.recorder import Recorder, Whose
from crawlers.storing.shelf import new_part, shelve, site_folder
from crawlers.visiting.visit import Task, Tools, Visit

_log = structlog.get_logger("crawlers")


class SiteCrawl:
    """One site of a job."""

    def __init__(self, job: Job, site: Site, say: Callable[[Progress], None], stop: asyncio.Event) -> None:
        """Crawl `site` of `job`, saying what moves, until `stop` is set."""
        self._job, self._site, self._say, self._stop = job, site, say, stop
        self._limit = job.max_pages or site.max_pages or job.registry.crawler.max_pages
        self._folder = site_folder(job.data, job.round_id, site.id)
        self._part = new_part(self._folder)

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
        finish = visit.result() if visit and error is None else Finish.CRAWLER_FAILED
        detail = f"{type(error).__name__}: {error}" if error else None
        if error:
            _log.error("site_crawl_failed", site_id=self._site.id, exc_info=error)
        captures = read_journal(self._part)
        report = report_on(self._site.id, self._job.round_id, captures, finish, detail)
        return shelve(self._folder, captures, report)

    async def _visit(self, fetcher: Fetcher) -> Finish:
        """Visit the site with a recorder that is closed whatever happens."""
        delay = self._site.delay_seconds
        pause = self._job.registry.crawler.delay_seconds if delay is None else delay
        whose = Whose(
            country_id=self._job.registry.country.id, round_id=self._job.round_id, site_id=self._site.id
        )
        with Recorder(self._part, whose, self._info()) as recorder:
            tools = Tools(
                fetch=fetcher.fetch,
                hosts=HostBook(fetcher.fetch, pause, self._stop),
                recorder=recorder,
                stop=self._stop,
                on_capture=self._say_capture,
            )
            task = Task(
                seeds=self._site.seeds,
                owns=ownership(self._site, self._job.registry),
                max_pages=self._limit,
                looks_around=True,
            )
            return await Visit(task, tools).run()

    def _say_capture(self, capture: Capture) -> None:
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
