"""A round of crawling, seen from outside: small sites on loopback in, captures and reports out."""

import pytest
from different_sites import HOME, Round
from fastwarc.warc import ArchiveIterator
from small_sites import ROUND
from small_warcs import complaints

from crawlers.captures_io import read_body
from crawlers.outcomes import Outcome
from crawlers.reports import Finish, read_report
from crawlers.storing.shelf import site_folder

pytestmark = pytest.mark.usefixtures("warm")  # no test here is about how a process begins


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


def test_the_archive_passes_another_tools_check(crawled: Round):
    """`warcio check` finds nothing to complain of, in any file of any site."""
    files = list(crawled.data.glob("captures/*/*/*.warc.gz"))

    assert len(files) >= 6
    assert "" == complaints(files)


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

    assert ["started", "captured", "captured", "finished"] == kinds


def test_the_report_lies_beside_the_captures(crawled: Round):
    """`site.json` says what `crawl` returned."""
    assert crawled.reports["tt-plain"] == read_report(site_folder(crawled.data, ROUND, "tt-plain"))
