"""A site is visited again: what did not change is not sent again, and what is known is not forgotten."""

from pathlib import Path

import pytest
from changing_web import (
    BOTH,
    DEC,
    FEB,
    JAN,
    NOV,
    ChangingWeb,
    KilledError,
    Sheet,
    folder_of,
    outcomes,
    site,
    tagged,
    visit_round,
)

from crawlers.captures_io import read_body
from crawlers.outcomes import Outcome
from crawlers.storing.shelf import part_of

OLD = "Thu, 01 Jan 2026 00:00:00 GMT"


def test_a_first_visit_asks_for_everything_in_full(tmp_path: Path):
    """Nothing is known yet, so nothing is conditional."""
    web = site()
    pages = visit_round(tmp_path, NOV, web)

    assert {"/": Outcome.OK, "/a": Outcome.OK} == outcomes(pages)
    assert all(fields == {} for _, fields, _ in web.sent)


def test_an_unchanged_page_is_not_sent_again(tmp_path: Path):
    """The server is told what we have, and answers 304; links of the page are still followed."""
    web = site()
    visit_round(tmp_path, NOV, web)
    pages = visit_round(tmp_path, DEC, web)

    assert BOTH == outcomes(pages)
    assert {"If-None-Match": web.sheets["/a"].etag} == web.fields("/a")
    assert [200, 304] == web.statuses("/a")


def test_an_unchanged_page_has_the_body_of_its_original(tmp_path: Path):
    """All that is known of the body is carried over; only the status says that it was not sent."""
    web = site()
    first = visit_round(tmp_path, NOV, web)["/a"]
    second = visit_round(tmp_path, DEC, web)["/a"]
    kept = ("byte_count", "body_sha256", "media_type", "content_type", "etag")

    assert b"<!doctype html><p>Passport</p>" == read_body(folder_of(tmp_path, DEC), second)
    assert [getattr(first, name) for name in kept] == [getattr(second, name) for name in kept]
    assert (first.capture_id, 304) == (second.revisit_of, second.http_status)


def test_a_visit_under_way_has_the_bodies_of_earlier_rounds_too(tmp_path: Path):
    """Its folder has another name than those of the site that it will stand beside."""
    web = site()
    visit_round(tmp_path, NOV, web)
    second = visit_round(tmp_path, DEC, web)["/a"]
    part = folder_of(tmp_path, DEC).rename(part_of(folder_of(tmp_path, DEC)))

    assert b"<!doctype html><p>Passport</p>" == read_body(part, second)


def test_a_chain_of_unchanged_rounds_ends_at_the_body(tmp_path: Path):
    """However many rounds lie between, one step leads to it."""
    web = site()
    first = visit_round(tmp_path, NOV, web)["/a"]
    later = [visit_round(tmp_path, round_id, web)["/a"] for round_id in (DEC, JAN, FEB)]

    assert [first.capture_id] * 3 == [row.revisit_of for row in later]
    assert read_body(folder_of(tmp_path, NOV), first) == read_body(folder_of(tmp_path, FEB), later[-1])


def test_a_changed_page_is_sent_again(tmp_path: Path):
    """It is its own original from then on."""
    web = site()
    visit_round(tmp_path, NOV, web)
    web.sheets["/a"] = tagged(words="Passport, and now by post")
    changed = visit_round(tmp_path, DEC, web)["/a"]
    later = visit_round(tmp_path, JAN, web)["/a"]

    assert (Outcome.OK, None) == (changed.outcome, changed.revisit_of)
    assert (Outcome.UNCHANGED, changed.capture_id) == (later.outcome, later.revisit_of)


def test_a_new_link_of_a_changed_page_is_found(tmp_path: Path):
    """Coming back lightly finds what is new."""
    web = site()
    visit_round(tmp_path, NOV, web)
    web.sheets |= {"/": tagged("/a", "/new"), "/new": tagged(words="new")}

    assert {"/": Outcome.OK, "/a": Outcome.UNCHANGED, "/new": Outcome.OK} == outcomes(
        visit_round(tmp_path, DEC, web)
    )


def test_a_weak_tag_is_sent_back_as_it_came(tmp_path: Path):
    """For `If-None-Match` weak tags are compared too (RFC 9110, section 13.1.2)."""
    web = ChangingWeb({"/": tagged(weak=True)})
    visit_round(tmp_path, NOV, web)
    pages = visit_round(tmp_path, DEC, web)

    assert str(web.fields("/")["If-None-Match"]).startswith('W/"')
    assert {"/": Outcome.UNCHANGED} == outcomes(pages)


def test_a_page_without_a_tag_is_asked_for_by_its_date(tmp_path: Path):
    """Last-Modified goes back as it came."""
    web = ChangingWeb({"/": Sheet("<p>x", last_modified=OLD)})
    visit_round(tmp_path, NOV, web)
    pages = visit_round(tmp_path, DEC, web)

    assert {"If-Modified-Since": OLD} == web.fields("/")
    assert {"/": Outcome.UNCHANGED} == outcomes(pages)


@pytest.mark.parametrize(
    "said", ["Thu, 05 Nov 2026 00:01:30 GMT", "Fri, 01 Jan 2100 00:00:00 GMT", "yesterday", "-1"]
)
def test_a_date_that_proves_nothing_is_not_sent_back(tmp_path: Path, said: str):
    """Of the second of the capture, of the future, or no date: the page is asked for in full."""
    web = ChangingWeb({"/": Sheet("<p>x", last_modified=said)})
    visit_round(tmp_path, NOV, web)
    visit_round(tmp_path, DEC, web)

    assert {} == web.fields("/")


def test_an_unchanged_robots_txt_forbids_what_it_forbade(tmp_path: Path):
    """Its rules are read from the original."""
    web = site()
    web.sheets["/robots.txt"] = Sheet("User-agent: *\nDisallow: /a", etag='"1"')
    visit_round(tmp_path, NOV, web)
    pages = visit_round(tmp_path, DEC, web)

    assert Outcome.UNCHANGED == pages["/robots.txt"].outcome
    assert {"/": Outcome.UNCHANGED, "/a": Outcome.ROBOTS_DISALLOWED} == outcomes(pages)


@pytest.mark.parametrize("request_number", range(5))
def test_e1_a_second_visit_that_is_killed_goes_on_where_it_was(tmp_path: Path, request_number: int):
    """Also with pages of which it has no more than the word that they are unchanged."""
    web = ChangingWeb({"/": tagged("/a", "/b"), "/a": tagged("/c"), "/b": tagged(), "/c": tagged()})
    visit_round(tmp_path, NOV, web)
    web.dies_at = len(web.sent) + request_number
    with pytest.raises(KilledError):
        visit_round(tmp_path, DEC, web)
    pages = visit_round(tmp_path, DEC, web)

    assert dict.fromkeys(web.sheets, Outcome.UNCHANGED) == outcomes(pages)
    assert [[200, 304]] * 4 == [web.statuses(path) for path in web.sheets]
    assert read_body(folder_of(tmp_path, DEC), pages["/c"]) == web.sheets["/c"].body.encode()
