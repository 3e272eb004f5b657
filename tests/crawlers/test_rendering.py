"""A site that scripts fill is read as a citizen's browser shows it, and the browser never leaves our door."""

import asyncio
import logging
import os
import socket
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from fastwarc.warc import ArchiveIterator, WarcRecordType
from script_site import EVIL, SHELL, script_site
from small_sites import ROUND, Reply, SmallSite, registry_of
from warcio.cli import main as warcio

from crawlers.captures import ERRAND_DEPTH, Capture, RenderMode
from crawlers.captures_io import read_body, read_captures
from crawlers.harvest import crawl
from crawlers.outcomes import Outcome
from crawlers.rendering.browser import BrowserError, Chromium, Persona
from crawlers.rendering.conversion import PROFILE_FIELD
from crawlers.rendering.errands import Served
from crawlers.rendering.rules import find_chromium
from crawlers.storing.shelf import site_folder

pytest.importorskip(
    "playwright.async_api", reason="playwright is not installed; it is in the extra `browser`"
)
if find_chromium() is None:
    pytest.skip("Chromium is not installed; on Debian: apt-get install chromium", allow_module_level=True)

PERSONA = Persona(user_agent="Baskych/test", language="en")
THIN = SHELL.replace("/app.js", "/still.js")


class Canary:
    """A port that nobody may come to, by TCP or by UDP."""

    def __init__(self) -> None:
        """Listen."""
        self.tcp = socket.create_server(("127.0.0.1", 0))
        self.port = self.tcp.getsockname()[1]
        self.udp = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.udp.bind(("127.0.0.1", self.port))
        self.tcp.settimeout(0)
        self.udp.settimeout(0)

    @property
    def is_untouched(self) -> bool:
        """Whether nobody came."""
        try:
            self.tcp.accept()
        except BlockingIOError:
            pass
        else:
            return False
        try:
            self.udp.recv(1)
        except BlockingIOError:
            return True
        return False


@dataclass(frozen=True)
class Crawled:
    """What one crawl with a browser left."""

    data: Path
    sites: dict[str, SmallSite]
    canary: Canary

    def captures(self, site_id: str) -> tuple[Capture, ...]:
        """Return the captures of a site."""
        return read_captures(site_folder(self.data, ROUND, site_id))


@pytest.fixture(scope="module")
def crawled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Crawled]:
    """One round: a site that needs scripts, one whose scripts try to get out, one that gains nothing."""
    canary = Canary()
    away = {"/leads-away": Reply(status=302, headers={"Location": f"http://127.0.0.1:{canary.port}/away"})}
    still = {f"/{at}": Reply(THIN.encode()) for at in range(1, 6)}
    links = "".join(f"<a href=/{at}>{at}</a>" for at in range(1, 6))
    sites = {
        "tt-app": script_site(),
        "tt-evil": script_site(away, EVIL.replace("CANARY", f"127.0.0.1:{canary.port}")),
        "tt-still": SmallSite(
            still
            | {
                "/": Reply((THIN + links).encode()),
                "/still.js": Reply(b"1;", headers={"Content-Type": "text/javascript"}),
            }
        ),
    }
    hosts = {site_id: site.host for site_id, site in sites.items()}
    data = tmp_path_factory.mktemp("rendered")
    crawl(registry_of(hosts, allow=tuple(hosts.values()), render="auto"), round_id=ROUND, data=data)
    yield Crawled(data, sites, canary)
    for site in sites.values():
        site.close()


def test_d10_a_page_that_scripts_fill_is_kept_as_they_left_it_beside_what_was_sent(crawled: Crawled):
    """Two captures of one address: the wire's shell, and the rendered page with its text."""
    rows = [row for row in crawled.captures("tt-app") if row.url.endswith("/birth") and row.depth >= 0]
    bodies = [read_body(site_folder(crawled.data, ROUND, "tt-app"), row) for row in rows]

    assert [RenderMode.WIRE, RenderMode.RENDERED] == [row.render_mode for row in rows]
    assert (SHELL.encode(), True) == (bodies[0], b"The service is free of charge." in bodies[1])


def test_links_that_only_scripts_show_are_followed(crawled: Crawled):
    """The shell has none; the page of the only service was found all the same."""
    assert "/birth" in crawled.sites["tt-app"].paths


def test_a_rendered_page_is_a_conversion_that_names_its_response(
    crawled: Crawled, capsys: pytest.CaptureFixture[str]
):
    """ISO 28500, 6.8: with the browser and the gain in its header; other tools find the file in order."""
    (path,) = site_folder(crawled.data, ROUND, "tt-app").glob("*.warc.gz")
    with path.open("rb") as file:
        records = [
            (one.record_id, dict(one.headers))
            for one in ArchiveIterator(file, record_types=WarcRecordType.conversion)
        ]
    responses = {
        row.warc_record_id for row in crawled.captures("tt-app") if row.render_mode is RenderMode.WIRE
    }

    assert 2 == len(records)
    assert {fields["WARC-Refers-To"] for _, fields in records} <= responses
    assert all(fields[PROFILE_FIELD].startswith("chromium/") for _, fields in records)
    with pytest.raises(SystemExit) as ended:
        warcio(["check", str(path)])
    assert (0, "") == (ended.value.code or 0, capsys.readouterr().out)


def test_scripts_are_asked_for_once_a_visit_and_data_for_each_page(crawled: Crawled):
    """Each request of the browser has its row, below the depth of pages, and the page as its referrer."""
    errands = [row for row in crawled.captures("tt-app") if row.depth == ERRAND_DEPTH]
    paths = [row.url.partition(crawled.sites["tt-app"].host)[2] for row in errands]

    assert ["/app.js", "/api/", "/api/birth"] == paths
    assert all(row.referrer_url for row in errands)
    assert 1 == crawled.sites["tt-app"].paths.count("/app.js")


def test_a_site_that_gains_nothing_is_probed_twice_and_left(crawled: Crawled):
    """Six thin pages, and no rendered capture of any; its script was asked for once."""
    rows = crawled.captures("tt-still")

    assert [] == [row for row in rows if row.render_mode is RenderMode.RENDERED]
    assert 6 == len([row for row in rows if row.depth >= 0])
    assert 1 == crawled.sites["tt-still"].paths.count("/still.js")


def test_a8_a_page_s_scripts_cannot_reach_a_private_address(crawled: Crawled):
    """From fetch to WebRTC, some twenty ways out: the canary hears nothing, and the page is read."""
    rendered = [row for row in crawled.captures("tt-evil") if row.render_mode is RenderMode.RENDERED]

    assert (True, 2) == (crawled.canary.is_untouched, len(rendered))


def test_robots_txt_holds_for_what_a_page_asks_for(crawled: Crawled):
    """A path that is forbidden to us is forbidden to its scripts; the row says so."""
    rows = [row for row in crawled.captures("tt-evil") if row.url.endswith("/private/list")]

    assert {Outcome.ROBOTS_DISALLOWED} == {row.outcome for row in rows}
    assert "/private/list" not in crawled.sites["tt-evil"].paths


def test_only_the_crawler_asks_and_never_for_pictures_or_with_post(crawled: Crawled):
    """All requests of all sites came under the crawler's name; none was another than GET."""
    hits = [hit for site in crawled.sites.values() for hit in site.hits]

    assert {True} == {agent.startswith("Baskych/") for _, _, agent in hits}
    assert [] == [path for _, path, _ in hits if path in {"/api/post", "/worker.js", "/favicon.ico"}]


@pytest.mark.soak
def test_a_host_s_pause_holds_between_the_requests_of_a_page(tmp_path: Path):
    """Scripts and data come one after the other, as far apart as pages do.

    Requests are timed where they arrive: on a busy machine one gap may be shorter, never all of them.
    """
    site = script_site()
    registry = registry_of({"tt-a": site.host}, allow=(site.host,), delay_seconds=0.4, render="auto")
    crawl(registry, round_id=ROUND, data=tmp_path, max_pages=1)
    times = [at for at, _, _ in site.hits]
    site.close()

    assert ["/robots.txt", "/", "/app.js", "/api/"] == site.paths
    assert times[-1] - times[0] > 3 * 0.35


@pytest.mark.parametrize("setting", ["never", "no browser"])
def test_without_a_browser_pages_are_kept_as_sent_and_the_site_is_visited(
    setting: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
):
    """Where none is installed, that is told once a probe, with advice."""
    site = script_site()
    if setting == "no browser":
        monkeypatch.setenv("PATH", str(tmp_path / "nothing"))
    render = "never" if setting == "never" else "auto"
    with caplog.at_level(logging.WARNING):
        crawl(
            registry_of({"tt-a": site.host}, allow=(site.host,), render=render), round_id=ROUND, data=tmp_path
        )
    site.close()
    modes = {row.render_mode for row in read_captures(site_folder(tmp_path, ROUND, "tt-a"))}

    assert ({RenderMode.WIRE}, ["/robots.txt", "/"]) == (modes, site.paths)
    assert (setting == "no browser") == ("no Chromium is installed" in caplog.text)


async def _nothing(_url: str, _kind: str, _method: str) -> None:
    return None


def _shown(html: str) -> Served:
    return Served(status=200, headers={"Content-Type": "text/html; charset=utf-8"}, body=html.encode())


@pytest.mark.soak
def test_a_page_that_never_ends_costs_its_own_time_and_the_next_gets_a_new_browser():
    """An endless loop in a script is a typed failure."""

    async def two_pages() -> str:
        async with Chromium(PERSONA) as browser:
            with pytest.raises(BrowserError, match="not rendered within"):
                await browser.dom("http://a.kg/", _shown("<script>for(;;);</script>"), _nothing, 3)
            return await browser.dom("http://a.kg/", _shown("<p>next"), _nothing, 60)

    assert "<p>next" in asyncio.run(two_pages())


def test_a_browser_that_dies_is_a_typed_failure_and_leaves_no_process_behind():
    """Killed in the middle of a page; the next page gets a new browser, which ends with the visit."""

    async def kill(_url: str, _kind: str, _method: str) -> None:
        for pid in _children():
            os.kill(pid, 9)

    async def two_pages() -> str:
        async with Chromium(PERSONA) as browser:
            with pytest.raises(BrowserError):
                await browser.dom("http://a.kg/", _shown("<script src=/a.js></script>"), kill, 30)
            return await browser.dom("http://a.kg/", _shown("<p>next"), _nothing, 60)

    assert "<p>next" in asyncio.run(two_pages())
    assert [] == _children()


def _children() -> list[int]:
    """The browsers below this process."""
    parents: dict[int, int] = {}
    names: dict[int, str] = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            pid, _, rest = stat.read_text().partition(" (")
        except OSError:  # it ended meanwhile
            continue
        name, _, fields = rest.rpartition(") ")
        if fields[0] != "Z":
            parents[int(pid)], names[int(pid)] = int(fields.split()[1]), name

    def is_ours(pid: int) -> bool:
        return pid == os.getpid() or (pid in parents and is_ours(parents[pid]))

    return [pid for pid, name in names.items() if "chrom" in name and is_ours(pid)]
