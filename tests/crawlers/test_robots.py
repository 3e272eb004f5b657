"""robots.txt is read as RFC 9309 says."""

import json
from pathlib import Path

import ada_url
import pytest

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
    ("value", "delay"), [("10", 10.0), ("0.5", 0.5), ("abc", None), ("-3", None), ("", None)]
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


# Each reviewed. Google's matcher is handed addresses that are escaped already and normalises neither side;
# RFC 9309, section 2.2.2, compares after normalising. "index.html" for "/" is Google's own extension.
_KNOWN_DIFFERENCES = {
    ("ID_Encoding", "/foo/bar/ツ"),
    ("ID_Encoding", "/foo/bar/baz"),
    ("GoogleOnly_IndexHTMLisDirectory", "/allowed-slash/"),
}


@needs_vectors
def test_b5_googles_own_cases_hold():
    """142 assertions of google/robotstxt, but for the differences reviewed above."""
    different = set()
    for case in json.loads((VECTORS / "google_robotstxt.json").read_text(encoding="utf-8")):
        url = ada_url.URL(case["url"] or "http://foo.bar/")
        robots = parse_robots(case["robots_txt"], case["user_agent"])
        if case["allowed"] != robots.decide(url.pathname + url.search).is_allowed:
            different.add(
                (case["test"], case["url"].removeprefix("http://foo.bar").removeprefix("http://foo.com"))
            )

    assert _KNOWN_DIFFERENCES == different


@needs_vectors
def test_b4_real_files_are_read_whatever_they_hold():
    """105 files as real hosts serve them."""
    files = sorted((VECTORS / "real").iterdir())
    for path in files:
        parse_robots(path.read_bytes().decode("utf-8", "replace"), "Baskych").decide("/x")

    assert 105 == len(files)
