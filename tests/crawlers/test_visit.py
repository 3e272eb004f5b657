"""How a visit goes on from one answer to the next, with an imagined web."""

from pathlib import Path

from tabled_web import Web, html, visited

from crawlers.outcomes import Outcome
from crawlers.politeness.decisions import Refusal
from crawlers.reports import Finish
from crawlers.storing.journal import read_journal


def test_every_page_is_asked_for_once(tmp_path: Path):
    """However often and under whatever spelling it is linked to."""
    links = ("/b", "/b#top", "/b?utm_source=x", "/b;jsessionid=1A", "http://A.KG:80/b", "/./b", "/")
    web = Web({"/": html(*links), "/b": html("/")})
    finish, _ = visited(tmp_path, web)

    assert (Finish.FINISHED, ["/robots.txt", "/", "/b"]) == (finish, web.asked)


def test_what_promises_a_service_comes_first(tmp_path: Path):
    """Then pages, then documents."""
    web = Web({"/": html("/a.pdf", "/news", "/uslugi/1", "/style.css")})
    visited(tmp_path, web)

    assert ["/uslugi/1", "/news", "/a.pdf"] == web.asked[2:]


def test_links_off_the_site_are_not_asked_for(tmp_path: Path):
    """Nor are those of other schemes."""
    web = Web({"/": html("http://b.kg/", "mailto:x@a.kg", "javascript:x()", "file:///etc/hostname", "tel:1")})
    visited(tmp_path, web)

    assert ["/robots.txt", "/"] == web.asked


def test_a_failure_that_may_pass_is_tried_once_more(tmp_path: Path):
    """At the end, when everything else was asked for; each attempt has its row."""
    web = Web({"/": html("/bad", "/good"), "/bad": Outcome.UNREACHABLE_TIMEOUT, "/good": html()})
    _, captures = visited(tmp_path, web)

    assert ["/bad", "/good", "/bad"] == web.asked[2:]
    assert [Outcome.UNREACHABLE_TIMEOUT] * 2 == [row.outcome for row in captures if row.url.endswith("bad")]


def test_what_was_asked_for_is_not_noted_as_refused_when_no_page_is_left(tmp_path: Path):
    """Only its second attempt falls out of the budget: its first one has its row."""
    web = Web({"/": html("/bad"), "/bad": Outcome.UNREACHABLE_TIMEOUT})
    refused = list[Refusal]()
    finish, captures = visited(tmp_path, web, max_pages=2, on_refusal=refused.append)

    assert (Finish.PAGE_LIMIT, 2, []) == (finish, len(captures), refused)


def test_a_failure_that_will_not_pass_is_not_tried_again(tmp_path: Path):
    """404 stays 404."""
    web = Web({"/": html("/none")})
    visited(tmp_path, web)

    assert ["/none"] == web.asked[2:]


def test_a_site_that_stops_answering_is_left_alone(tmp_path: Path):
    """Five requests without an answer in a row are enough."""
    pages = {f"/{number}": Outcome.UNREACHABLE_TIMEOUT for number in range(50)}
    web = Web(pages | {"/": html(*pages)})
    finish, _ = visited(tmp_path, web)

    assert (Finish.GAVE_UP, 7) == (finish, len(web.asked))


def test_a_site_in_trouble_is_left_alone(tmp_path: Path):
    """Twenty server errors in a row are enough."""
    pages = {f"/{number}": (500, {}, "") for number in range(50)}
    web = Web(pages | {"/": html(*pages)})
    finish, _ = visited(tmp_path, web)

    assert (Finish.GAVE_UP, 22) == (finish, len(web.asked))


def test_a_redirect_to_itself_with_a_cookie_is_followed(tmp_path: Path):
    """Some sites let nobody in who has not come back with their cookie; not more often than the limit."""
    web = Web({"/": (302, {"Location": "/", "Set-Cookie": "seen=1"}, "")})
    visited(tmp_path, web)

    assert 7 == web.asked.count("/")


def test_a_redirect_to_a_page_seen_before_is_not_followed_again(tmp_path: Path):
    """Its content is known."""
    web = Web({"/": html("/old"), "/old": (301, {"Location": "/"}, "")})
    _, captures = visited(tmp_path, web)

    assert ["/robots.txt", "/", "/old"] == web.asked
    assert Outcome.REDIRECTED == captures[-1].outcome


def test_a_redirect_to_no_web_address_is_refused(tmp_path: Path):
    """With the address in the row."""
    web = Web({"/": (302, {"Location": "file:///etc/hostname"}, "")})
    _, captures = visited(tmp_path, web)

    assert (Outcome.POLICY_REFUSED, "file:///etc/hostname") == (captures[0].outcome, captures[0].redirect_url)


def test_a_refresh_is_a_link(tmp_path: Path):
    """`<meta http-equiv=refresh>` sends browsers on, and us too."""
    web = Web({"/": (200, {}, "<meta http-equiv='Refresh' content='0; url=/ru/'>")})
    visited(tmp_path, web)

    assert ["/ru/"] == web.asked[2:]


def test_b3_robots_txt_is_followed_through_five_redirects(tmp_path: Path):
    """RFC 9309, section 2.3.1.2; after that it counts as unavailable, which allows."""
    hops = {f"/r{n}": (302, {"Location": f"/r{n + 1}"}, "") for n in range(20)}
    web = Web(hops | {"/robots.txt": (302, {"Location": "/r0"}, ""), "/": html()})
    _, captures = visited(tmp_path, web)

    assert ["/robots.txt", "/r0", "/r1", "/r2", "/r3", "/r4", "/"] == web.asked
    assert [Outcome.OK] == [capture.outcome for capture in captures]


def test_b1_an_unreachable_robots_txt_is_tried_twice_and_then_forbids(tmp_path: Path):
    """The home page's row has the outcome that robots.txt had, for it was the same host."""
    web = Web({"/robots.txt": Outcome.UNREACHABLE_TLS})
    _, captures = visited(tmp_path, web)

    assert ["/robots.txt"] * 2 == web.asked
    assert [Outcome.UNREACHABLE_TLS] == [capture.outcome for capture in captures]


def test_b2_too_many_requests_for_robots_txt_forbids(tmp_path: Path):
    """429 is a site in need, not a site without rules: we treat it as a server error."""
    web = Web({"/robots.txt": (429, {}, ""), "/": html()})
    _, captures = visited(tmp_path, web)

    assert [Outcome.ROBOTS_DISALLOWED] == [capture.outcome for capture in captures]


def test_b6_a_crawl_delay_beyond_our_patience_keeps_us_out(tmp_path: Path):
    """We say so instead of asking faster than we may."""
    web = Web({"/robots.txt": (200, {}, "User-agent: *\nCrawl-delay: 86400"), "/": html()})
    _, captures = visited(tmp_path, web)

    assert ["/robots.txt"] == web.asked
    assert str(captures[0].robots_rule).startswith("Crawl-delay: 86400")


def test_b4_a_page_instead_of_robots_txt_has_no_rules(tmp_path: Path):
    """Soft 404s, binary files and marks at the beginning disturb nothing."""
    web = Web({"/robots.txt": (200, {}, "<html>Disallow: /</html>\x00\xff"), "/": html()})
    _, captures = visited(tmp_path, web)

    assert [Outcome.OK] == [capture.outcome for capture in captures]


def test_a_page_limit_counts_pages_not_hops(tmp_path: Path):
    """Redirects cost no page."""
    web = Web(
        {"/": (301, {"Location": "/ru"}, ""), "/ru": html("/1", "/2", "/3"), "/1": html(), "/2": html()}
    )
    finish, captures = visited(tmp_path, web, max_pages=2)

    assert (Finish.PAGE_LIMIT, 3) == (finish, len(captures))


def test_the_journal_forgets_only_a_line_that_was_cut(tmp_path: Path):
    """After a kill, all captures but the last one under way are there."""
    visited(tmp_path, Web({"/": html("/b"), "/b": html()}))
    journal = tmp_path / "captures.jsonl"
    journal.write_bytes(journal.read_bytes()[:-20])

    assert [0, 1] == [capture.seq for capture in read_journal(tmp_path)]
