"""Crawl with Scrapy as it comes: `response.follow` for every link, no WARC, no robots.txt, nothing kept.

`python bare_scrapy.py PORT…` prints how many pages were parsed. Its log, which would cost it time, is off.
"""

import json
import sys
from collections.abc import Iterator
from typing import Any

from scrapy import Request, Spider
from scrapy.crawler import CrawlerProcess
from scrapy.http import HtmlResponse


class Bare(Spider):
    """Follows every link."""

    name = "bare"
    page_count = 0

    def parse(self, response: HtmlResponse, **_: Any) -> Iterator[Request]:
        """Count a page and ask for all that it links to; Scrapy leaves out what it asked for before."""
        Bare.page_count += 1
        for href in response.css("a::attr(href)").getall():
            yield response.follow(href)


def main() -> None:
    """Crawl the sites on the ports named."""
    process = CrawlerProcess({"LOG_ENABLED": False})
    process.crawl(Bare, start_urls=[f"http://127.0.0.1:{port}/" for port in sys.argv[1:]])
    process.start()
    print(json.dumps({"pages": Bare.page_count}))


if __name__ == "__main__":
    main()
