"""When robots.txt is asked for, what counts where it fails or leads on, and for how long (B1 to B7)."""

from pathlib import Path

import pytest
from imagined import Imagined, Said, linking, once, pages, visited

from crawlers.outcomes import Outcome
from crawlers.policy import policy


def test_b1_a_robots_txt_that_failed_is_tried_again_an_hour_later(tmp_path: Path):
    """It forbids all meanwhile; it is not cached for ever."""
    web = Imagined(pages(2) | {"/robots.txt": lambda count: (404, {}, "") if count >= 2 else (503, {}, "")})
    first = visited(tmp_path / "1", web)
    web.clock.time += policy().robots_failed_max_age_seconds + 1
    second = visited(tmp_path / "2", web)

    assert [("/", Outcome.ROBOTS_DISALLOWED)] == first.outcomes
    assert 3 == len(second.outcomes)


@pytest.mark.parametrize(
    "failure", [Outcome.UNREACHABLE_TIMEOUT, Outcome.UNREACHABLE_TLS, Outcome.UNREACHABLE_DNS, (500, {}, "")]
)
def test_b1_what_robots_txt_failed_with_stands_in_the_ledger(tmp_path: Path, failure: Said):
    """A site's owner reads why nothing was asked for."""
    visit = visited(tmp_path, Imagined({"/robots.txt": failure, "/": linking()}))

    assert [True] == [str(rule).startswith("robots.txt: ") for rule in visit.rules]


@pytest.mark.parametrize("status", [401, 403, 404, 410])
def test_b2_a_robots_txt_that_is_not_there_allows_everything(tmp_path: Path, status: int):
    """RFC 9309, section 2.3.1.3: unavailable."""
    visit = visited(tmp_path, Imagined({"/robots.txt": (status, {}, "no"), "/": linking()}))

    assert [("/", Outcome.OK)] == visit.outcomes


def test_b3_a_sixth_redirect_of_robots_txt_is_not_followed(tmp_path: Path):
    """Five are; a file behind the sixth is as good as none."""
    hops: dict[str, Said] = {f"/r{n}": (302, {"Location": f"/r{n + 1}"}, "") for n in range(6)}
    forbids = {"/r5": (200, {}, "User-agent: *\nDisallow: /")}
    web = Imagined(hops | forbids | {"/robots.txt": (302, {"Location": "/r0"}, ""), "/": linking()})
    visit = visited(tmp_path, web)

    assert "/r5" not in web.paths
    assert [("/", Outcome.OK)] == visit.outcomes


def test_b3_a_fifth_redirect_of_robots_txt_is_followed(tmp_path: Path):
    """And what stands there counts for the host that was asked."""
    hops: dict[str, Said] = {f"/r{n}": (302, {"Location": f"/r{n + 1}"}, "") for n in range(4)}
    forbids = {"/r4": (200, {}, "User-agent: *\nDisallow: /")}
    web = Imagined(hops | forbids | {"/robots.txt": (302, {"Location": "/r0"}, ""), "/": linking()})

    assert [("/", Outcome.ROBOTS_DISALLOWED)] == visited(tmp_path, web).outcomes


def test_b3_a_robots_txt_on_another_host_counts_for_the_host_that_was_asked(tmp_path: Path):
    """RFC 9309, section 2.3.1.2."""
    elsewhere = {"http://b.kg/robots.txt": (200, {}, "User-agent: *\nDisallow: /")}
    web = Imagined(
        elsewhere | {"/robots.txt": (301, {"Location": "http://b.kg/robots.txt"}, ""), "/": linking()}
    )

    assert [("/", Outcome.ROBOTS_DISALLOWED)] == visited(tmp_path, web).outcomes


def test_b4_a_rule_within_the_first_500_kib_counts_and_one_behind_them_does_not(tmp_path: Path):
    """RFC 9309, section 2.5, asks for at least so much."""
    rules = "User-agent: *\nDisallow: /0\n"
    filler = "#" * (policy().robots_max_bytes - len(rules) - 1) + "\n"
    web = Imagined(pages(2) | {"/robots.txt": (200, {}, f"{rules}{filler}Disallow: /1\n")})
    outcomes = dict(visited(tmp_path, web).outcomes)

    assert (Outcome.ROBOTS_DISALLOWED, Outcome.OK) == (outcomes["/0"], outcomes["/1"])


def test_b6_a_crawl_delay_holds_between_all_requests(tmp_path: Path):
    """Ten seconds are ten seconds, the first page's too; a shorter one than ours does not hurry us."""
    web = Imagined(pages(2) | {"/robots.txt": (200, {}, "User-agent: *\nCrawl-delay: 10")})
    visited(tmp_path / "1", web, delay=5)
    hurried = Imagined(pages(2) | {"/robots.txt": (200, {}, "User-agent: *\nCrawl-delay: 0.1")})
    visited(tmp_path / "2", hurried, delay=5)

    assert [10, 10, 10] == web.gaps
    assert [5, 5, 5] == hurried.gaps


def test_b7_robots_txt_is_read_again_after_a_day_and_its_new_rules_count(tmp_path: Path):
    """A long visit to a slow host does not live by yesterday's rules."""
    count = 24 * 60 + 30  # pages, a minute apart
    rules = once((404, {}, ""), (200, {}, "User-agent: *\nDisallow: /"))
    web = Imagined(pages(count) | {"/robots.txt": rules})
    visit = visited(tmp_path, web, delay=60, max_pages=10_000)
    read_at = [at for at, path in web.asked if path == "/robots.txt"]

    assert 2 == len(read_at)
    assert 24 * 3600 <= read_at[1] <= 24 * 3600 + 120
    assert "/robots.txt" == web.paths[-1]
    assert Outcome.ROBOTS_DISALLOWED == visit.outcomes[-1][1]


def test_robots_txt_of_today_counts_from_the_next_request(tmp_path: Path):
    """Whoever names us there is left alone in the very next round."""
    web = Imagined(
        pages(2) | {"/robots.txt": once((404, {}, ""), (200, {}, "User-agent: Baskych\nDisallow: /"))}
    )
    visited(tmp_path / "1", web)
    visit = visited(tmp_path / "2", web)

    assert [("/", Outcome.ROBOTS_DISALLOWED)] == visit.outcomes
