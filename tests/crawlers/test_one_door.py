"""There is one door to the network, and nothing in our code goes round it."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from faults import EVERY_PATH, FaultServer, answer, sends

ROOT = Path(__file__).parents[2]
DOOR = "crawlers/network/"
PACKAGES = ("crawlers", "pipelines", "warehouse")

# Module -> files outside the door that may use it, each with its reason.
ALLOWED = {
    "crawlers/crawling/child.py": {"twisted"},  # starts and stops the reactor, whose guard it installs
    "crawlers/archives/asking_child.py": {"twisted"},  # the same, for web archives
    "crawlers/sample/server.py": {"http"},  # serves the sample republic; takes the names of statuses
    "crawlers/sample/serving.py": {"http"},  # asks those servers on loopback whether they are up
    "pipelines/cli/__init__.py": {"import_module"},  # loads our own commands when they are asked for
    # These post and mail the operator's digest, where the operator's own environment says, and nowhere else.
    "pipelines/desk/sending.py": {"http", "smtplib", "urllib"},
    "pipelines/desk/mailing.py": {"smtplib", "ssl"},
    # These ask the operator's own store, where the operator says, and never what a page names.
    "crawlers/stores/server.py": {"s3fs"},
    "crawlers/stores/objects.py": {"fsspec"},
    "crawlers/stores/answers.py": {"aiohttp"},  # the names of its failures
    "crawlers/stores/lease.py": {"socket"},  # takes this machine's name
    "pipelines/operating/ports.py": {"socket"},  # finds a free port on loopback
    "pipelines/operating/ui.py": {"http"},  # asks Dagster's own web page on loopback whether it is up
    "warehouse/serve.py": {"socket"},  # listens, for readers of the portal
}
# What opens connections, or could.
OPENERS = {
    *("socket", "socketserver", "ssl", "http", "urllib", "urllib3", "requests", "httpx", "aiohttp", "aiodns"),
    *("ftplib", "smtplib", "poplib", "imaplib", "telnetlib", "xmlrpc", "websocket", "websockets", "pycurl"),
    *("twisted", "treq", "fsspec", "s3fs", "boto3", "paramiko", "dns"),
}
HARMLESS = {"urllib.parse", "urllib.error", "http.client.responses", "http.HTTPStatus"}  # these open nothing
SCRAPYS_DOORS = {
    "DOWNLOAD_HANDLERS",
    "DOWNLOAD_HANDLERS_BASE",
    "DOWNLOADER_CLIENTCONTEXTFACTORY",
    "DNS_RESOLVER",
}
OPENING_CALLS = {
    "create_connection",
    "open_connection",
    "open_unix_connection",
    "urlopen",
    "connectTCP",
    "connectSSL",
}
"""Calls that connect, by whatever module they come from."""


def _files() -> Iterator[Path]:
    for package in PACKAGES:
        yield from (ROOT / package).rglob("*.py")


def _name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


FILES = [path for path in _files() if not _name(path).startswith(DOOR)]


def imported(tree: ast.AST) -> Iterator[str]:
    """Everything that a module imports, with the names taken from it."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def openers_in(code: str) -> set[str]:
    """Return what of `code` could open a connection: imports, calls by name, imports by a string."""
    tree = ast.parse(code)
    names = {
        name
        for name in imported(tree)
        if name.partition(".")[0] in OPENERS and not any(f"{name}.".startswith(f"{h}.") for h in HARMLESS)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            names |= {called} & (OPENING_CALLS | {"import_module", "__import__"})
    return names


def scrapys_ways_in(code: str) -> set[str]:
    """Return the settings and requests of Scrapy by which `code` could reach the network its own way."""
    tree = ast.parse(code)
    strings = {
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    requests = {name for name in imported(tree) if name.startswith("scrapy") and name.endswith("Request")}
    calls = {
        f"{getattr(node.value, 'id', '')}.{node.attr}"
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute)
    }
    assigned = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
    return (
        (strings & SCRAPYS_DOORS)
        | requests
        | ({"response.follow", "response.follow_all"} & calls)
        | (assigned & {"custom_settings"})
    )


@pytest.mark.parametrize("path", FILES, ids=_name)
def test_nothing_but_the_door_opens_connections(path: Path):
    """No other module imports what could, but those that serve on loopback, by name."""
    found = {name.partition(".")[0] for name in openers_in(path.read_text(encoding="utf-8"))}

    assert found <= ALLOWED.get(_name(path), set())


@pytest.mark.parametrize("path", [path for path in FILES if _name(path).startswith("crawlers/")], ids=_name)
def test_spiders_use_scrapy_only_through_the_door(path: Path):
    """One place says which handlers there are, and no place outside the door makes a request."""
    may = {"DOWNLOAD_HANDLERS_BASE"} if _name(path) == "crawlers/crawling/spider.py" else set()

    assert scrapys_ways_in(path.read_text(encoding="utf-8")) <= may


@pytest.mark.parametrize(
    "code",
    [
        "import socket",
        "from urllib.request import urlopen",
        "from urllib import request",
        "import http.client",
        "from twisted.web.client import Agent",
        "import requests as r",
        "import importlib\nimportlib.import_module('requests')",
        "import asyncio\nasyncio.open_connection('a', 80)",
        "def f():\n    import ssl",
    ],
)
def test_a_way_round_would_be_found(code: str):
    """The control: each of these is seen."""
    assert openers_in(code)


@pytest.mark.parametrize(
    "code",
    [
        "from scrapy import Request",
        "from scrapy.http import FormRequest",
        "class S:\n    custom_settings = {}",
        "x = {'DOWNLOAD_HANDLERS': {}}",
        "response.follow('/x')",
    ],
)
def test_a_spider_that_goes_round_would_be_found(code: str):
    """The control: each of these is seen."""
    assert scrapys_ways_in(code)


def test_the_process_that_crawls_has_nothing_that_asks_a_store():
    """What pages name is asked for by the door alone; files go to a store when the visits are over."""
    loaded = "import sys, crawlers.crawling.child; print(*sys.modules)"
    said = subprocess.run([sys.executable, "-c", loaded], check=True, capture_output=True, text=True)

    assert set() == {"s3fs", "fsspec", "aiohttp", "crawlers.stores.objects"} & set(said.stdout.split())


def test_harmless_imports_are_not_taken_for_ways_round():
    """Reading addresses apart opens nothing."""
    assert not openers_in("from urllib.parse import unquote\nfrom http.client import responses\nimport json")


SPIDER = """
import sys
from scrapy import Request, Spider
from scrapy.crawler import AsyncCrawlerRunner
from scrapy.utils.reactor import install_reactor
install_reactor("twisted.internet.asyncioreactor.AsyncioSelectorReactor")
from twisted.internet import reactor
import asyncio
from crawlers.crawling.spider import scrapy_settings
from crawlers.network.door import install_guard
from crawlers.network.guard import Guard

canary, allowed, settings, meta = sys.argv[1], sys.argv[2], eval(sys.argv[3]), eval(sys.argv[4])

class Rogue(Spider):
    name = "rogue"
    custom_settings = settings
    async def start(self):
        for host in (canary, allowed):
            yield Request(f"http://{host}/", self.parse, errback=self.failed, dont_filter=True, meta=meta)
    def parse(self, response):
        print("answered", response.url)
    def failed(self, failure):
        print("failed", failure.type.__name__)

install_guard(Guard([allowed]))
async def main():
    try:
        await AsyncCrawlerRunner(scrapy_settings() | {"EXTENSIONS_BASE": {}}).crawl(Rogue)
    finally:
        reactor.stop()
reactor.callWhenRunning(lambda: asyncio.ensure_future(main()))
reactor.run(installSignalHandlers=False)
"""
SCRAPYS_OWN = "scrapy.core.downloader.handlers.http11.HTTP11DownloadHandler"
ROGUES = {
    "as they come": ({}, {}),
    "with Scrapy's own handler": ({"DOWNLOAD_HANDLERS": {"http": SCRAPYS_OWN}}, {}),
    "with another handler": (
        {"DOWNLOAD_HANDLERS": {"http": "scrapy.core.downloader.handlers.http10.HTTP10DownloadHandler"}},
        {},
    ),
    "with a proxy": ({}, {"proxy": "http://{canary}"}),
    "with Scrapy's own handler and a proxy": (
        {"DOWNLOAD_HANDLERS": {"http": SCRAPYS_OWN}},
        {"proxy": "http://{canary}"},
    ),
    "with another resolver": ({"DNS_RESOLVER": "scrapy.resolver.CachingHostnameResolver"}, {}),
    "with redirects": (
        {"DOWNLOADER_MIDDLEWARES": {"scrapy.downloadermiddlewares.redirect.RedirectMiddleware": 600}},
        {},
    ),
}


@pytest.mark.parametrize("how", ROGUES)
def test_a8_a_spider_of_ones_own_meets_the_guard(how: str):
    """Whatever settings and requests it brings, it reaches the allowed server at most, never the canary."""
    canary = FaultServer({EVERY_PATH: sends(answer("canary"))})
    allowed = FaultServer(
        {EVERY_PATH: sends(answer("", f"Location: http://{canary.host}/x", status="302 Found"))}
    )
    options, meta = ROGUES[how]
    told = {key: value.format(canary=canary.host) for key, value in meta.items()}
    command = [sys.executable, "-c", SPIDER, canary.host, allowed.host, repr(options), repr(told)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=True)
    for one in (canary, allowed):
        one.close()

    assert 0 == canary.connections, done.stdout + done.stderr
    assert "failed" in done.stdout
    assert f"answered http://{canary.host}" not in done.stdout


def test_a8_a_spider_of_ones_own_reaches_what_is_allowed():
    """The control: the same spider, the same process; what the registry allows answers."""
    canary = FaultServer({EVERY_PATH: sends(answer("canary"))})
    allowed = FaultServer({EVERY_PATH: sends(answer("here"))})
    command = [sys.executable, "-c", SPIDER, canary.host, allowed.host, "{}", "{}"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=True)
    for one in (canary, allowed):
        one.close()

    assert (f"answered http://{allowed.host}/", 1) == (
        next(line for line in done.stdout.splitlines() if "answered" in line),
        allowed.connections,
    )
