"""robots.txt is read as RFC 9309 says."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import ada_url
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from crawlers.politeness.robots import parse_robots

VECTORS = Path(__file__).parents[2].parent / "shared" / "vectors" / "robots"
needs_vectors = pytest.mark.skipif(not VECTORS.exists(), reason="the shared vectors are not here")


@pytest.mark.parametrize(
    ("rules", "path", "is_allowed"),
    [
        ("Disallow: /a\nAllow: /a/b", "/a/b/c", True),
        ("Allow: /a\nDisallow: /a", "/a", True),
        ("Disallow: /*.php$", "/x/index.php", False),
        ("Disallow: /*.php$", "/x/index.php?id=1", True),
        ("Disallow: /a*b*c", "/aXXbYYc", False),
        ("Disallow: /a*b*c", "/aXXc", True),
        ("Disallow:", "/", True),
        ("Disallow: /кызмат", "/%D0%BA%D1%8B%D0%B7%D0%BC%D0%B0%D1%82", False),
        ("Disallow: /%7Euser", "/~user", False),
        ("Dissallow: /", "/", False),
    ],
)
def test_the_longest_rule_decides(rules: str, path: str, is_allowed: bool):  # noqa: FBT001 - a table
    """RFC 9309, section 2.2.2."""
    assert is_allowed == parse_robots(f"User-agent: *\n{rules}", "Baskych").decide(path).is_allowed


@pytest.mark.parametrize(
    ("text", "is_allowed"),
    [
        ("User-agent: Baskych\nUnknown: x\nUser-agent: *\nDisallow: /", False),
        ("User-agent: Other\nDisallow: /", True),
        ("User-agent: BASKYCH/1.0\nDisallow: /", False),
        ("User-agent: *\nDisallow: /\n\nUser-agent: baskych\nAllow: /", True),
        ("\ufeffUser-agent: *\rDisallow: /", False),
        ("user-agent *\ndisallow /", False),
    ],
)
def test_the_group_that_names_us_counts(text: str, is_allowed: bool):  # noqa: FBT001 - a table
    """And that of everybody where none names us; a line that nobody knows splits no group."""
    assert is_allowed == parse_robots(text, "Baskych").decide("/x").is_allowed


@pytest.mark.parametrize(
    ("value", "delay"),
    [
        ("10", 10.0),
        ("0.5", 0.5),
        ("abc", None),
        ("-3", None),
        ("", None),
        ("inf", None),
        ("nan", None),
        ("1_0", None),
    ],
)
def test_b6_a_crawl_delay_is_a_number_of_seconds(value: str, delay: float | None):
    """Nonsense asks for nothing."""
    assert delay == parse_robots(f"User-agent: *\nCrawl-delay: {value}", "Baskych").crawl_delay


def test_the_deciding_line_is_named():
    """A site's owner can look it up."""
    decision = parse_robots("# ours\nUser-agent: *\nDisallow: /admin # secret", "Baskych").decide("/admin/x")

    assert (False, "Disallow: /admin (line 3)") == (decision.is_allowed, decision.rule)


def test_no_pattern_takes_long():
    """A thousand stars are a page's length, not a day's work."""
    rules = f"User-agent: *\nDisallow: /{'*a' * 1000}$"

    assert parse_robots(rules, "Baskych").decide("/" + "a" * 2000 + "b").is_allowed


@dataclass(frozen=True)
class Difference:
    """A reviewed difference between us and google/robotstxt: an entry of `robots_differences.yml`."""

    test: str
    rule: str  # stands in the robots.txt of the assertion
    url: str
    ours: str
    theirs: str
    reason: str


def reviewed() -> list[Difference]:
    """Return the reviewed differences."""
    path = Path(__file__).with_name("robots_differences.yml")
    return [Difference(**entry) for entry in yaml.safe_load(path.read_text(encoding="utf-8"))]


def google_cases() -> list[dict[str, Any]]:
    """Return the 142 assertions of google/robotstxt."""
    cases: list[dict[str, Any]] = json.loads((VECTORS / "google_robotstxt.json").read_text(encoding="utf-8"))
    return cases


def is_allowed_by_us(case: dict[str, Any]) -> bool:
    """Return what we say to an assertion."""
    url = ada_url.URL(case["url"] or "http://foo.bar/")
    robots = parse_robots(case["robots_txt"], case["user_agent"])
    return robots.decide(url.pathname + url.search).is_allowed


@needs_vectors
def test_b5_googles_own_cases_hold_but_for_the_reviewed_differences():
    """Each difference is in the list with its reason, and everything in the list is a difference."""
    cases = google_cases()
    different = [case for case in cases if case["allowed"] != is_allowed_by_us(case)]
    known = [
        (one.test, one.url, one.theirs == "allowed")
        for one in reviewed()
        for case in different
        if case["test"] == one.test and case["url"] == one.url and one.rule in case["robots_txt"]
    ]

    assert 142 == len(cases)
    assert sorted((case["test"], case["url"], case["allowed"]) for case in different) == sorted(known)
    assert len(known) == len(reviewed())


def test_b5_each_reviewed_difference_gives_its_reason():
    """And says what each side says."""
    for one in reviewed():
        assert {"allowed", "forbidden"} == {one.ours, one.theirs}
        assert len(one.reason) > 50


def test_b5_a_rule_after_an_unknown_line_holds():
    """One of the two differences that matter: a known parser loses the rules after such a line."""
    text = "User-agent: Baskych\nNoindex: /x\nUser-agent: *\nDisallow: /\n"

    assert not parse_robots(text, "Baskych").decide("/x").is_allowed


@needs_vectors
def test_b4_real_files_are_read_whatever_they_hold():
    """105 files as real hosts serve them: none is an error, and each decision names a line of its file."""
    files = sorted((VECTORS / "real").iterdir())
    for path in files:
        text = path.read_bytes().decode("utf-8", "replace")
        decision = parse_robots(text, "Baskych").decide("/x")
        assert decision.is_allowed or decision.rule is not None

    assert 105 == len(files)


@given(st.binary(max_size=2000), st.text(max_size=50))
def test_b4_no_bytes_whatsoever_are_an_error(data: bytes, path: str):
    """Whatever a host calls its robots.txt, and whatever is asked about."""
    robots = parse_robots(data.decode("utf-8", "replace"), "Baskych")

    assert robots.decide(f"/{path}").is_allowed in {True, False}


_LINES = st.sampled_from(
    [
        "User-agent: *",
        "user-agent:baskych",
        "Disallow: /*a$",
        "Allow: /%",
        "Crawl-delay: 1e9",
        "\ufeff",
        "*",
        ":",
        "#",
    ]
)


@given(st.lists(st.one_of(_LINES, st.text(max_size=20)), max_size=30), st.sampled_from(["\n", "\r", "\r\n"]))
def test_b4_no_order_of_lines_is_an_error(lines: list[str], end: str):
    """And a delay is never less than none."""
    robots = parse_robots(end.join(lines), "Baskych")

    assert robots.crawl_delay is None or robots.crawl_delay >= 0
