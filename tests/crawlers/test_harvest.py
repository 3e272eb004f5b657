"""A round of crawling, seen from outside: small sites on loopback in, captures and reports out."""

import gzip
import subprocess
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from fastwarc.warc import ArchiveIterator
from small_sites import ROUND, Reply, SmallSite, page, registry_of, robots
from warcio.checker import Checker

from crawlers.captures import Capture
from crawlers.captures_io import read_body, read_captures
from crawlers.crawling.jobs import Progress
from crawlers.harvest import crawl
from crawlers.outcomes import Outcome
from crawlers.reports import Finish, SiteReport, read_report
from crawlers.storing.shelf import site_folder

HOME = "<!doctype html><title>Башкы бет</title>".encode()
HOME_LINKS = (
    "/service",
    "/secret/x",
    "/moved",
    "/away",
    "/inside",
    "/form.pdf",
    "/none",
    "mailto:a@example.org",
)


@dataclass
class Round:
    """What one crawl left."""

    data: Path
    reports: dict[str, SiteReport]
    sites: dict[str, SmallSite]
    events: list[Progress]

    def captures(self, site_id: str) -> list[Capture]:
        """The captures of a site, without robots.txt."""
        rows = read_captures(site_folder(self.data, ROUND, site_id))
        return [row for row in rows if row.depth >= 0]

    def capture(self, site_id: str, path: str) -> Capture:
        """The one capture of a path."""
        (found,) = (
            row for row in self.captures(site_id) if row.url.partition("//")[2].partition("/")[2] == path
        )
        return found


@pytest.fixture(scope="module")
def crawled(tmp_path_factory: pytest.TempPathFactory, small_site: Callable[..., SmallSite]) -> Round:
    """One round of sites as different as they come."""
    canary = small_site({"/": page()})
    bomb = zlib.compressobj(9, zlib.DEFLATED, 31)
    packed = b"".join(bomb.compress(bytes(1 << 20)) for _ in range(70)) + bomb.flush()
    sites = {
        "tt-plain": small_site(
            {
                "/robots.txt": robots("User-agent: *\nDisallow: /secret\n"),
                "/": Reply(
                    gzip.compress(HOME + "".join(f"<a href='{link}'>x</a>" for link in HOME_LINKS).encode()),
                    headers={
                        "Content-Type": "text/html; charset=utf-8",
                        "Content-Encoding": "gzip",
                        "ETag": '"1"',
                    },
                ),
                "/service": page(words="Кызматтар"),
                "/moved": Reply(status=302, headers={"Location": "/new"}),
                "/new": page(),
                "/away": Reply(status=302, headers={"Location": f"http://{canary.host}/"}),
                "/inside": Reply(
                    status=302, headers={"Location": "http://169.254.169.254/latest/meta-data/"}
                ),
                "/form.pdf": Reply(b"%PDF-1.4 blank", headers={"Content-Type": "application/octet-stream"}),
            }
        ),
        "tt-broken-robots": small_site({"/robots.txt": Reply(status=503), "/": page()}),
        "tt-no-robots": small_site({"/": page()}),
        "tt-slow": small_site(
            {"/robots.txt": robots("User-agent: *\nCrawl-delay: 0.4"), "/": page("/a", "/b"), "/a": page()}
        ),
        "tt-cut": small_site({"/": Reply(b"<p>half", length=1000)}),
        "tt-bomb": small_site(
            {"/": Reply(packed, headers={"Content-Type": "text/html", "Content-Encoding": "gzip"})}
        ),
        "tt-busy": small_site({"/": Reply(status=429, headers={"Retry-After": "999999"})}),
        "tt-loop": small_site(
            {"/": Reply(status=302, headers={"Location": "/?again"})}
            | {
                f"/?{'again' * n}": Reply(status=302, headers={"Location": f"/?{'again' * (n + 1)}"})
                for n in range(1, 20)
            }
        ),
    }
    hosts = {site_id: site.host for site_id, site in sites.items()}
    registry = registry_of(
        hosts | {"tt-down": "127.0.0.1:9", "tt-private": canary.host, "tt-nowhere": "nowhere.invalid"},
        allow=(*hosts.values(), "127.0.0.1:9"),
    )
    data = tmp_path_factory.mktemp("data")
    events: list[Progress] = []
    reports = crawl(registry, round_id=ROUND, data=data, on_progress=events.append)
    return Round(data, {report.site_id: report for report in reports}, sites | {"canary": canary}, events)


def test_every_site_has_a_report(crawled: Round):
    """A site that fails never stops the round, and never goes missing."""
    expected = {*crawled.sites, "tt-down", "tt-private", "tt-nowhere"} - {"canary"}

    assert expected == set(crawled.reports)


def test_a_page_is_captured_with_its_body(crawled: Round):
    """What the server sent packed is read back unpacked."""
    capture = crawled.capture("tt-plain", "")

    assert read_body(site_folder(crawled.data, ROUND, "tt-plain"), capture).startswith(HOME)


def test_bodies_stay_packed_in_the_archive(crawled: Round):
    """A WARC holds what came over the wire."""
    capture = crawled.capture("tt-plain", "")
    path = site_folder(crawled.data, ROUND, "tt-plain") / str(capture.warc_file)
    records = [record.reader.read() for record in ArchiveIterator(path.open("rb"), parse_http=False)]

    assert any(b"\r\n\r\n\x1f\x8b" in block for block in records)


def test_the_archive_passes_another_tools_check(crawled: Round, capsys: pytest.CaptureFixture[str]):
    """`warcio check` finds nothing to complain of."""
    (path,) = site_folder(crawled.data, ROUND, "tt-plain").glob("*.warc.gz")
    command = type("Command", (), {"inputs": [str(path)], "verbose": False})
    checker = Checker(command)
    checker.process_all()

    assert (0, "") == (checker.exit_value, capsys.readouterr().out)


def test_requests_are_archived_beside_their_answers(crawled: Round):
    """Each response has its request, which names it."""
    (path,) = site_folder(crawled.data, ROUND, "tt-plain").glob("*.warc.gz")
    kinds = [record.headers["WARC-Type"] for record in ArchiveIterator(path.open("rb"), parse_http=False)]

    assert ["warcinfo", "response", "request", "response", "request"] == kinds[:5]


def test_the_crawler_says_who_it_is(crawled: Round):
    """A one-word token, and an address at which its owner answers."""
    agents = {agent for _, _, agent in crawled.sites["tt-plain"].hits}
    (agent,) = agents

    assert agent.startswith("Baskych/")
    assert agent.endswith("(+mailto:crawler@example.org)")


def test_robots_txt_is_obeyed_and_its_line_recorded(crawled: Round):
    """What robots.txt forbids is not asked for, and the row says by which line."""
    capture = crawled.capture("tt-plain", "secret/x")

    assert (Outcome.ROBOTS_DISALLOWED, "Disallow: /secret (line 2)") == (capture.outcome, capture.robots_rule)
    assert "/secret/x" not in crawled.sites["tt-plain"].paths


def test_b1_a_server_error_for_robots_txt_forbids_everything(crawled: Round):
    """RFC 9309, section 2.3.1.4: unreachable means complete disallow."""
    (capture,) = crawled.captures("tt-broken-robots")

    assert Outcome.ROBOTS_DISALLOWED == capture.outcome
    assert {"/robots.txt"} == set(crawled.sites["tt-broken-robots"].paths)


def test_b2_a_missing_robots_txt_allows_everything(crawled: Round):
    """RFC 9309, section 2.3.1.3: unavailable means no rules."""
    (capture,) = crawled.captures("tt-no-robots")

    assert Outcome.OK == capture.outcome


def test_b6_a_crawl_delay_is_kept(crawled: Round):
    """The requests take at least the delays between them; one that arrives late does not hasten the next."""
    times = [moment for moment, _, _ in crawled.sites["tt-slow"].hits]
    jitter = 0.1  # of the first request's arrival, on a busy machine

    assert times[-1] - times[0] >= 0.4 * (len(times) - 1) - jitter
    assert {0.4} == {capture.delay_seconds for capture in crawled.captures("tt-slow")}


def test_a_redirect_is_recorded_hop_by_hop(crawled: Round):
    """The hop has a row of its own, and the target another."""
    hop, target = crawled.capture("tt-plain", "moved"), crawled.capture("tt-plain", "new")

    assert (Outcome.REDIRECTED, target.url) == (hop.outcome, hop.redirect_url)
    assert (Outcome.OK, hop.url) == (target.outcome, target.referrer_url)


def test_a7_a_chain_of_redirects_ends_at_the_limit(crawled: Round):
    """Seven requests at most, then the row says why not more."""
    captures = crawled.captures("tt-loop")

    assert [Outcome.REDIRECTED] * 6 + [Outcome.POLICY_REFUSED] == [capture.outcome for capture in captures]


def test_a8_private_addresses_are_never_contacted(crawled: Round):
    """Neither as a seed nor through a redirect: the canary on loopback hears nothing."""
    (capture,) = crawled.captures("tt-private")

    assert Outcome.POLICY_REFUSED == capture.outcome
    assert [] == crawled.sites["canary"].hits


def test_a11_a_redirect_off_the_site_is_not_followed(crawled: Round):
    """Another host's page is not this ministry's."""
    captures = [crawled.capture("tt-plain", path) for path in ("away", "inside")]

    assert [Outcome.MOVED_OFFSITE] * 2 == [capture.outcome for capture in captures]


def test_d4_the_media_type_is_that_of_the_bytes(crawled: Round):
    """A PDF stays one, whatever the server calls it; both are kept."""
    capture = crawled.capture("tt-plain", "form.pdf")

    assert ("application/octet-stream", "application/pdf") == (capture.content_type, capture.media_type)


def test_a_missing_page_is_gone(crawled: Round):
    """404 is an outcome, not an absence of rows."""
    assert Outcome.GONE == crawled.capture("tt-plain", "none").outcome


def test_a1_an_unknown_host_is_an_outcome(crawled: Round):
    """The site is reported with its fault."""
    (capture,) = crawled.captures("tt-nowhere")

    assert Outcome.UNREACHABLE_DNS == capture.outcome


def test_a2_a_site_that_is_down_is_an_outcome(crawled: Round):
    """Nobody listens: the home page's row says so, and whose fault it is."""
    (capture,) = crawled.captures("tt-down")

    assert Outcome.UNREACHABLE_REFUSED == capture.outcome
    assert {"site": 1} == crawled.reports["tt-down"].faults


def test_a5_a_cut_answer_is_marked(crawled: Round):
    """A body that ends before its stated length proves nothing."""
    captures = crawled.captures("tt-cut")

    assert {Outcome.TRUNCATED} == {capture.outcome for capture in captures}


def test_a6_a_bomb_is_not_unpacked(crawled: Round):
    """The body is left packed, and no words of it are used."""
    (capture,) = crawled.captures("tt-bomb")

    assert (Outcome.BOMB, 0) == (capture.outcome, capture.byte_count)


def test_a10_a_site_that_asks_for_a_long_rest_is_left_alone(crawled: Round):
    """Retry-After beyond our patience ends the visit."""
    assert Finish.GAVE_UP == crawled.reports["tt-busy"].finish


def test_progress_is_told_while_it_happens(crawled: Round):
    """A site starts, gives captures and ends, in this order."""
    kinds = [event.kind for event in crawled.events if event.site_id == "tt-no-robots"]

    # robots.txt, the page, a page that does not exist, the sitemap
    assert ["started", *["captured"] * 4, "finished"] == kinds


def test_the_report_lies_beside_the_captures(crawled: Round):
    """`site.json` says what `crawl` returned."""
    assert crawled.reports["tt-plain"] == read_report(site_folder(crawled.data, ROUND, "tt-plain"))


def test_a_failed_recrawl_keeps_good_captures(tmp_path: Path, small_site: Callable[..., SmallSite]):
    """What was seen stays; the attempt is noted beside it."""
    site = SmallSite({"/": page()})
    registry = registry_of({"tt-a": site.host}, allow=(site.host,))
    crawl(registry, round_id=ROUND, data=tmp_path)
    site.close()
    (report,) = crawl(registry, round_id=ROUND, data=tmp_path)
    folder = site_folder(tmp_path, ROUND, "tt-a")

    assert (True, 0) == (report.kept_earlier, report.seen_count)
    assert 1 == read_report(folder).seen_count
    assert 2 == len((folder / "attempts.jsonl").read_text().splitlines())


def test_a_page_limit_bounds_a_site(tmp_path: Path, small_site: Callable[..., SmallSite]):
    """`max_pages` holds for each site."""
    site = small_site(
        {"/": page(*(f"/{number}" for number in range(9)))} | {f"/{n}": page() for n in range(9)}
    )
    registry = registry_of({"tt-a": site.host}, allow=(site.host,))
    (report,) = crawl(registry, round_id=ROUND, data=tmp_path, max_pages=4)

    assert (Finish.PAGE_LIMIT, 4) == (report.finish, report.seen_count)


def test_ctrl_c_puts_away_what_was_seen(tmp_path: Path, small_site: Callable[..., SmallSite]):
    """The interrupt is passed on, after the captures so far are in their place."""
    site = small_site(
        {"/": page(*(f"/{number}" for number in range(50)))} | {f"/{n}": page() for n in range(50)}
    )
    registry = registry_of({"tt-a": site.host}, allow=(site.host,), delay_seconds=0.1)

    def interrupt(event: Progress) -> None:
        if event.kind == "captured" and event.count == 6:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        crawl(registry, round_id=ROUND, data=tmp_path, on_progress=interrupt)
    report = read_report(site_folder(tmp_path, ROUND, "tt-a"))

    assert Finish.INTERRUPTED == report.finish
    assert 2 <= report.seen_count < 50


def test_a_child_that_is_killed_is_a_failure_of_ours(
    tmp_path: Path, small_site: Callable[..., SmallSite], monkeypatch: pytest.MonkeyPatch
):
    """What it had captured is kept, and a row says that we failed."""
    site = small_site(
        {"/": page(*(f"/{number}" for number in range(50)))} | {f"/{n}": page() for n in range(50)}
    )
    registry = registry_of({"tt-a": site.host}, allow=(site.host,), delay_seconds=0.1)
    children: list[subprocess.Popen[str]] = []

    class Noted(subprocess.Popen):
        def __init__(self, *args: Any, **kwargs: Any) -> None:
            super().__init__(*args, **kwargs)
            children.append(self)

    monkeypatch.setattr(subprocess, "Popen", Noted)

    def kill(event: Progress) -> None:
        if event.count == 6:
            children[0].kill()

    (report,) = crawl(registry, round_id=ROUND, data=tmp_path, on_progress=kill)
    captures = read_captures(site_folder(tmp_path, ROUND, "tt-a"))

    assert Finish.CRAWLER_FAILED == report.finish
    assert "signal 9" in str(report.detail)
    assert Outcome.CRAWLER_FAILED == captures[-1].outcome
    assert report.seen_count >= 2


def test_a_child_that_dies_at_its_start_is_a_failure(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Scrapy ends with code 0 when it never began: success is believed of reports only."""
    monkeypatch.setattr("crawlers.crawling.child_process._COMMAND", ("true",))
    registry = registry_of({"tt-a": "a.invalid", "tt-b": "b.invalid"}, allow=())
    reports = crawl(registry, round_id=ROUND, data=tmp_path)

    assert [Finish.CRAWLER_FAILED] * 2 == [report.finish for report in reports]
    assert [{"us": 1}] * 2 == [report.faults for report in reports]
