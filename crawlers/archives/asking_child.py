"""The process that asks web archives: questions come as lines on standard input, answers go out as lines.

It is started by `asking` as `python -m crawlers.archives.asking_child`; nobody else needs to. It ends when
its input does.
"""

import asyncio
import logging
import os
import sys
from collections.abc import Mapping
from typing import Any

# First: for each caller of its it looks through all modules so far (`inspect.stack`), a seventh of our start.
from scrapy.core.downloader import contextfactory  # noqa: F401 - for the time that it saves here
from scrapy.crawler import AsyncCrawlerRunner
from scrapy.utils.reactor import install_reactor

from crawlers.archives.asking import Question, Setup, line_of
from crawlers.crawling.spider import Errand, SiteSpider, scrapy_settings
from crawlers.network.door import install_guard
from crawlers.network.fetch import Fetcher
from crawlers.network.guard import Guard
from crawlers.policy import policy
from crawlers.reports import Finish

_REACTOR = "twisted.internet.asyncioreactor.AsyncioSelectorReactor"

# What an archived page sets as a cookie is not for the archive.
_NO_COOKIES = {"COOKIES_ENABLED": False}


def main() -> int:
    """Answer all questions, and return the exit code."""
    setup = Setup.model_validate_json(sys.stdin.buffer.readline())
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)  # whatever else prints goes to standard error
    logging.basicConfig(level=logging.ERROR)
    install_reactor(_REACTOR)
    install_guard(Guard(setup.allow_private))

    async def answer_all(fetcher: Fetcher) -> Finish:
        loop = asyncio.get_running_loop()
        while line := await loop.run_in_executor(None, sys.stdin.buffer.readline):
            question = Question.model_validate_json(line)
            answers.write(line_of(await fetcher.fetch(question.url, question.more)))
            answers.flush()
        return Finish.FINISHED

    headers = {
        "User-Agent": setup.user_agent,
        "Accept": "*/*",
        "Accept-Encoding": policy().accept_encoding,
    }
    _run(answer_all, headers)
    return 0


def _run(errand: Errand, headers: Mapping[str, str]) -> None:
    """Run one errand in Scrapy's engine, and end with it."""
    from twisted.internet import reactor as chosen  # noqa: PLC0415 - importing it earlier would choose another

    reactor: Any = chosen

    async def work() -> None:
        runner = AsyncCrawlerRunner(scrapy_settings() | _NO_COOKIES)
        await runner.crawl(runner.create_crawler(SiteSpider), errand=errand, headers=headers)

    def begin() -> None:
        asyncio.ensure_future(work()).add_done_callback(lambda _: reactor.stop())

    reactor.callWhenRunning(begin)
    reactor.run(installSignalHandlers=False)


if __name__ == "__main__":
    sys.exit(main())
