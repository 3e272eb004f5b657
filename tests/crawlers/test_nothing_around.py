"""A host that has no sitemap, and says "not found" of what cannot exist, is not asked again in each round."""

from collections.abc import Mapping
from pathlib import Path

from changing_web import ChangingWeb, Sheet, folder_of, tagged, visit_round

from crawlers.captures import AROUND_DEPTH, Capture
from crawlers.captures_io import read_captures
from crawlers.outcomes import Outcome
from crawlers.visiting.coming_back import coming_back_rules

ROUNDS = [f"2026-{month:02}" for month in range(1, 13)]


def around(rows: Mapping[str, Capture]) -> dict[str, Outcome]:
    """What came of looking around, by the last part of the path."""
    return {
        path.rpartition("/")[2].partition("-")[0]: row.outcome
        for path, row in rows.items()
        if row.depth == AROUND_DEPTH
    }


def test_where_there_was_nothing_is_not_asked_again_in_the_next_round(tmp_path: Path):
    """Neither for a sitemap nor for a page that cannot be; the record says what was there."""
    web = ChangingWeb({"/": tagged()})
    visit_round(tmp_path, ROUNDS[0], web, looks_around=True)
    web.sent.clear()
    rows = visit_round(tmp_path, ROUNDS[1], web, looks_around=True)

    assert ["/robots.txt", "/"] == [path for path, _, _ in web.sent]
    assert {"no": Outcome.NOT_DUE, "sitemap.xml": Outcome.NOT_DUE} == around(rows)


def test_where_there_was_nothing_is_looked_at_again_after_some_rounds(tmp_path: Path):
    """A site may get a sitemap."""
    web = ChangingWeb({"/": tagged()})
    patience = coming_back_rules().in_full_every
    asked = []
    for round_id in ROUNDS[: patience + 1]:
        web.sent.clear()
        visit_round(tmp_path, round_id, web, looks_around=True)
        asked.append("/sitemap.xml" in [path for path, _, _ in web.sent])

    assert [True, *[False] * (patience - 1), True] == asked


def test_a_sitemap_that_there_is_is_asked_for_in_each_round(tmp_path: Path):
    """It is how new pages are found; unchanged, it is not sent again."""
    sitemap = Sheet("http://a.kg/1\n", etag='"1"', content_type="text/plain")
    web = ChangingWeb({"/": tagged(), "/1": tagged(words="1"), "/sitemap.xml": sitemap})
    for round_id in ROUNDS[:2]:
        rows = visit_round(tmp_path, round_id, web, looks_around=True)

    assert [200, 304] == web.statuses("/sitemap.xml")
    assert Outcome.UNCHANGED is around(rows)["sitemap.xml"]
    assert Outcome.UNCHANGED is rows["/1"].outcome


def test_not_modified_of_nothing_is_not_believed(tmp_path: Path):
    """What answered "not found" has no version to come back to: a robots.txt that was gone is read anew."""
    web = ChangingWeb({"/": tagged(), "/robots.txt": Sheet("gone", status=404, etag='"1"')})
    visit_round(tmp_path, ROUNDS[0], web, looks_around=True)
    visit_round(tmp_path, ROUNDS[1], web, looks_around=True)

    assert {} == dict(web.fields("/robots.txt"))


def test_what_is_around_pages_is_no_page_and_no_robots_txt(tmp_path: Path):
    """By their depths each step of the work knows its own."""
    visit_round(tmp_path, ROUNDS[0], ChangingWeb({"/": tagged()}), looks_around=True)
    rows = read_captures(folder_of(tmp_path, ROUNDS[0]))

    assert [-3, -3, -1, 0] == sorted(row.depth for row in rows)
