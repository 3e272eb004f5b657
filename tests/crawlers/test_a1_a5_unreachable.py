"""Sites that do not answer, answer nonsense, or never end: HOSTILE_CASES A1, A2, A4 and A5.

All are crawled in one round, by a process whose limits are shorter than those of `policy.yml`.
"""

import time
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from faults import (
    ON_ACCEPT,
    FaultServer,
    answer,
    drips,
    endless,
    hang_up,
    links_to,
    reset,
    resets_after,
    sends,
    silent_after,
)
from odd_child import NEVER, NO_SUCH_NAME, SERVER_FAILURE, Odd, start_odd_children
from odd_rounds import OddRound, crawl_all, server

from crawlers.captures_io import read_captures
from crawlers.outcomes import Outcome, about
from crawlers.reports import Finish

OK = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"
MAX_BYTES = 300_000
TIMEOUT_SECONDS = 2
SITE_SECONDS = 5
NAMES = {
    "unknown.example": [NO_SUCH_NAME],
    "failing.example": [SERVER_FAILURE],
    "silent.example": [NEVER],
}


@dataclass(frozen=True)
class Timed:
    """A round, and the seconds that it took."""

    round: OddRound
    seconds: float


@pytest.fixture(scope="module")
def timed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Timed]:
    """The round."""
    with pytest.MonkeyPatch.context() as patch:
        limits = {"timeout_seconds": TIMEOUT_SECONDS, "dns_timeout_seconds": 1, "max_bytes": MAX_BYTES}
        start_odd_children(patch, Odd(policy=limits | {"site_seconds": SITE_SECONDS}, names=NAMES))
        begun = time.monotonic()
        left = crawl_all(tmp_path_factory.mktemp("odd"), _servers(), _nowhere())
        yield Timed(left, time.monotonic() - begun)


@pytest.fixture(scope="module")
def odd(timed: Timed) -> OddRound:
    """What the round left."""
    return timed.round


def _nowhere() -> dict[str, str]:
    """Sites without a server."""
    return {
        "tt-unknown": "unknown.example",
        "tt-failing": "failing.example",
        "tt-silent-name": "silent.example",
        "tt-long-name": f"{'a' * 64}.example",
    }


def _servers() -> dict[str, FaultServer]:
    closed = FaultServer({})
    closed.close()
    slow = [f"/{number}" for number in range(20)]
    return {
        "tt-fine": server(links_to()),
        "tt-closed": closed,
        "tt-reset": server(reset),
        "tt-reset-at-once": FaultServer({ON_ACCEPT: reset}),
        "tt-empty": server(hang_up),
        "tt-half-header": server(sends(b"HTTP/1.1 200 OK\r\nContent-Ty")),
        "tt-loris": server(silent_after(b"HTTP/1.1 200 OK\r\nContent-Ty")),
        "tt-drip": server(drips(OK + b"Content-Length: 100000\r\n\r\n")),
        "tt-drip-header": server(drips(b"HTTP/1.1 200 OK\r\nX: ")),
        "tt-slow-everywhere": server(links_to(*slow), dict.fromkeys(slow, _late)),
        "tt-infinite": server(endless(OK + b"\r\n", b"<p>Pay online</p>" * 1000)),
        "tt-infinite-chunks": server(
            endless(OK + b"Transfer-Encoding: chunked\r\n\r\n", b"4000\r\n" + b"x" * 0x4000 + b"\r\n")
        ),
        "tt-over": server(silent_after(OK + b"Content-Length: 99999999\r\n\r\n<p>Pay online")),
        "tt-infinite-header": server(endless(b"HTTP/1.1 200 OK\r\n", b"X: 1\r\n" * 1000)),
        "tt-infinite-line": server(endless(b"HTTP/1.1 200 OK\r\nX: ", b"x" * 5000)),
        "tt-short": server(sends(OK + b"Content-Length: 500\r\n\r\n<p>half")),
        "tt-cut-chunk": server(sends(OK + b"Transfer-Encoding: chunked\r\n\r\n40\r\n<p>half")),
        "tt-reset-in-body": server(resets_after(OK + b"Content-Length: 500\r\n\r\n<p>half")),
        "tt-nonsense": server(
            links_to("/1", "/2", "/3", "/4", "/5"),
            {
                "/1": sends(b"Kyzmattar\r\n\r\n"),
                "/2": sends(b"HTTP/1.1 abc OK\r\n\r\n"),
                "/3": sends(OK + b"Transfer-Encoding: gzip\r\n\r\nx"),
                "/4": sends(OK + b"Content-Length: 5\r\nContent-Length: 7\r\n\r\nhello"),
                "/5": sends(b"HTTP/1.1 999 What\r\nContent-Length: 0\r\n\r\n"),
            },
        ),
    }


def _late(connection: object) -> None:
    time.sleep(TIMEOUT_SECONDS * 0.6)
    sends(answer("<!doctype html><p>late"))(connection)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("site_id", "why"),
    [
        ("tt-unknown", "the name does not exist"),
        ("tt-failing", "its name server fails or does not answer"),
        ("tt-silent-name", "its name server does not answer"),
        ("tt-long-name", "no name can be"),
    ],
)
def test_a1_each_failure_of_dns_is_told(odd: OddRound, site_id: str, why: str):
    """One outcome, whose detail says which; the round goes on, and the site has its report."""
    capture = odd.capture(site_id)

    assert Outcome.UNREACHABLE_DNS == capture.outcome
    assert why in str(capture.outcome_detail)
    assert odd.reports[site_id].is_failure


def test_a1_a_silent_name_server_holds_up_no_other_site(odd: OddRound):
    """It has a time limit of its own, and other names are looked up meanwhile."""
    assert [Outcome.OK] == [capture.outcome for capture in odd.captures("tt-fine")]


@pytest.mark.parametrize(
    ("site_id", "outcome"),
    [
        ("tt-closed", Outcome.UNREACHABLE_REFUSED),
        ("tt-reset", Outcome.UNREACHABLE_RESET),
        ("tt-reset-at-once", Outcome.UNREACHABLE_RESET),
        ("tt-empty", Outcome.UNREACHABLE_EMPTY),
        ("tt-half-header", Outcome.UNREACHABLE_RESET),
    ],
)
def test_a2_refused_reset_and_empty_are_told_apart(odd: OddRound, site_id: str, outcome: Outcome):
    """Each points at another machine that somebody must look after."""
    assert outcome == odd.capture(site_id).outcome


def test_a2_each_way_of_not_answering_may_be_tried_again():
    """All of them pass, at times."""
    ways = [Outcome.UNREACHABLE_REFUSED, Outcome.UNREACHABLE_RESET, Outcome.UNREACHABLE_EMPTY]

    assert all(about(outcome).can_retry for outcome in ways)


@pytest.mark.parametrize("path", ["/1", "/2", "/3", "/4", "/5"])
def test_a2_what_is_no_http_is_bad_content(odd: OddRound, path: str):
    """A greeting, a status in letters, an unknown framing, two lengths, a status from nowhere."""
    assert Outcome.BAD_CONTENT == odd.capture("tt-nonsense", path).outcome


@pytest.mark.parametrize("site_id", ["tt-loris", "tt-drip", "tt-drip-header"])
def test_a4_a_request_has_a_total_limit(odd: OddRound, site_id: str):
    """However often a byte comes: the clock is not set back."""
    capture = odd.capture(site_id)

    assert Outcome.UNREACHABLE_TIMEOUT == capture.outcome
    assert TIMEOUT_SECONDS <= capture.elapsed_seconds < TIMEOUT_SECONDS * 3  # on a busy machine


def test_a4_a_site_has_a_total_limit(odd: OddRound):
    """Each answer came in time, and all of them together would take for ever; what was seen stays."""
    report = odd.reports["tt-slow-everywhere"]
    captures = read_captures(odd.folder("tt-slow-everywhere"))
    waited = sum(capture.elapsed_seconds for capture in captures)

    assert Finish.TIME_LIMIT == report.finish
    assert 2 <= report.seen_count < 20
    assert SITE_SECONDS <= waited < SITE_SECONDS + TIMEOUT_SECONDS * 2


def test_a4_slow_sites_delay_the_others_by_nothing(timed: Timed):
    """The round takes as long as its slowest site may, not as long as all of them together."""
    waited = [
        sum(capture.elapsed_seconds for capture in timed.round.captures(site_id))
        for site_id in timed.round.reports
    ]

    assert timed.seconds < sum(waited)
    assert timed.round.capture("tt-fine").elapsed_seconds < TIMEOUT_SECONDS


@pytest.mark.parametrize("site_id", ["tt-infinite", "tt-infinite-chunks"])
def test_a5_a_body_without_end_is_cut_at_the_limit_and_kept(odd: OddRound, site_id: str):
    """The archive has what came, and says in the standard's words why it is not all (ISO 28500)."""
    capture = odd.capture(site_id)
    record = odd.record(capture)
    record.parse_http(auto_decode="none")

    assert Outcome.TOO_LARGE == capture.outcome
    assert "length" == record.headers["WARC-Truncated"]
    assert MAX_BYTES == len(record.reader.read())


def test_a5_a_body_that_says_that_it_is_too_long_is_not_asked_for(odd: OddRound):
    """Its header is kept; the ministry's line is not used for what we should throw away."""
    capture = odd.capture("tt-over")
    record = odd.record(capture)
    record.parse_http(auto_decode="none")

    assert (Outcome.TOO_LARGE, 200, "text/html") == (
        capture.outcome,
        capture.http_status,
        capture.content_type,
    )
    assert ("length", "99999999") == (record.headers["WARC-Truncated"], record.http_headers["Content-Length"])
    assert capture.elapsed_seconds < TIMEOUT_SECONDS


@pytest.mark.parametrize("site_id", ["tt-infinite", "tt-over", "tt-short", "tt-reset-in-body"])
def test_a5_nothing_is_judged_by_a_cut_body(odd: OddRound, site_id: str):
    """It is no observation, and no link of it is followed."""
    captures = odd.captures(site_id)

    assert not any(capture.outcome.is_observation for capture in captures)
    assert {"/", "/robots.txt"} == set(odd.servers[site_id].paths)


@pytest.mark.parametrize("site_id", ["tt-short", "tt-cut-chunk", "tt-reset-in-body"])
def test_a5_a_body_that_the_server_cut_is_kept_and_says_so(odd: OddRound, site_id: str):
    """By a closed connection, an unfinished chunk or a reset."""
    capture = odd.capture(site_id)

    assert Outcome.TRUNCATED == capture.outcome
    assert "disconnect" == odd.record(capture).headers["WARC-Truncated"]


@pytest.mark.parametrize("site_id", ["tt-infinite-header", "tt-infinite-line"])
def test_a5_a_header_without_end_is_given_up(odd: OddRound, site_id: str):
    """Long before the time is over or the memory full."""
    capture = odd.capture(site_id)

    assert Outcome.BAD_CONTENT == capture.outcome
    assert capture.elapsed_seconds < TIMEOUT_SECONDS
