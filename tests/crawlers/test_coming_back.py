"""A site is visited again: what did not change is not sent again, and what is known is not forgotten."""

import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from changing_web import ChangingWeb, KilledError, Sheet, folder_of, outcomes, tagged, visit_round
from fastwarc.warc import ArchiveIterator
from warcio.checker import Checker

from crawlers.captures_io import read_body, read_captures, write_captures
from crawlers.errors import CaptureError
from crawlers.outcomes import Outcome
from crawlers.storing.originals import payload_digest
from crawlers.storing.shelf import ATTEMPTS_FILE, part_of

NOV, DEC, JAN, FEB = "2026-11", "2026-12", "2027-01", "2027-02"
OLD = "Thu, 01 Jan 2026 00:00:00 GMT"
BOTH = {"/": Outcome.UNCHANGED, "/a": Outcome.UNCHANGED}


def site() -> ChangingWeb:
    """A front page that links to a page."""
    return ChangingWeb({"/": tagged("/a"), "/a": tagged(words="Passport")})


def records(folder: Path, kind: str) -> list[dict[str, str]]:
    """The WARC header fields of the records of a kind in a folder."""
    return [
        dict(record.headers)
        for path in sorted(folder.glob("*.warc.gz"))
        for record in ArchiveIterator(path.open("rb"), parse_http=False)
        if record.headers["WARC-Type"] == kind
    ]


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


def test_the_same_bytes_sent_again_are_not_stored_again(tmp_path: Path):
    """A server without tags sends the whole page; the archive keeps it once."""
    web = ChangingWeb({"/": Sheet("<p>" + "words " * 5000)})
    first = visit_round(tmp_path, NOV, web)["/"]
    second = visit_round(tmp_path, DEC, web)["/"]

    assert (Outcome.UNCHANGED, 200, first.capture_id) == (
        second.outcome,
        second.http_status,
        second.revisit_of,
    )
    assert read_body(folder_of(tmp_path, NOV), first) == read_body(folder_of(tmp_path, DEC), second)


def test_revisit_records_say_what_they_repeat(tmp_path: Path):
    """ISO 28500, section 6.7: the profile, and the original by its id, address, date and digest."""
    web = ChangingWeb({"/": tagged("/plain"), "/plain": Sheet("<p>x")})
    first = visit_round(tmp_path, NOV, web)
    visit_round(tmp_path, DEC, web)
    dates = {
        one["WARC-Target-URI"]: one["WARC-Date"] for one in records(folder_of(tmp_path, NOV), "response")
    }
    said = {
        row["WARC-Target-URI"].removeprefix("http://a.kg"): (
            row["WARC-Profile"].rpartition("/")[2],
            row["WARC-Refers-To"],
            row["WARC-Refers-To-Target-URI"],
            row["WARC-Refers-To-Date"],
            row["WARC-Payload-Digest"],
        )
        for row in records(folder_of(tmp_path, DEC), "revisit")
    }

    assert said == {
        path: (
            profile,
            first[path].warc_record_id,
            first[path].url,
            dates[first[path].url],
            payload_digest(web.sheets[path].body.encode()),
        )
        for path, profile in {"/": "server-not-modified", "/plain": "identical-payload-digest"}.items()
    }


def test_revisit_records_pass_another_tools_check(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    """`warcio check` finds nothing to complain of in a second round."""
    web = ChangingWeb({"/": tagged("/plain"), "/plain": Sheet("<p>x")})
    visit_round(tmp_path, NOV, web)
    visit_round(tmp_path, DEC, web)
    (path,) = folder_of(tmp_path, DEC).glob("*.warc.gz")
    checker = Checker(type("Options", (), {"verbose": True, "inputs": [str(path)]})())
    checker.process_all()

    assert (0, True) == (checker.exit_value, "digest pass" in capsys.readouterr().out)


def test_not_modified_that_nobody_asked_about_proves_nothing(tmp_path: Path):
    """There is no page then, neither old nor new."""
    web = ChangingWeb({"/": tagged()}, broken=("/",))
    pages = visit_round(tmp_path, NOV, web)

    assert {"/": Outcome.BAD_CONTENT} == outcomes(pages)
    assert "not asked" in str(pages["/"].outcome_detail)


def test_robots_txt_that_nobody_could_read_forbids_all(tmp_path: Path):
    """Also where the server says that it did not change since a visit that never was."""
    pages = visit_round(tmp_path, NOV, ChangingWeb(site().sheets, broken=("/robots.txt",)))

    assert Outcome.BAD_CONTENT == pages["/robots.txt"].outcome
    assert {"/": Outcome.ROBOTS_DISALLOWED} == outcomes(pages)


def test_an_unchanged_robots_txt_forbids_what_it_forbade(tmp_path: Path):
    """Its rules are read from the original."""
    web = site()
    web.sheets["/robots.txt"] = Sheet("User-agent: *\nDisallow: /a", etag='"1"')
    visit_round(tmp_path, NOV, web)
    pages = visit_round(tmp_path, DEC, web)

    assert Outcome.UNCHANGED == pages["/robots.txt"].outcome
    assert {"/": Outcome.UNCHANGED, "/a": Outcome.ROBOTS_DISALLOWED} == outcomes(pages)


@pytest.mark.parametrize("loss", ["removed", "cut", "other words"])
def test_a_page_whose_original_is_lost_is_asked_for_in_full(tmp_path: Path, loss: str):
    """An archive that cannot give a body back any more must not be what a later round rests on."""
    web = site()
    visit_round(tmp_path, NOV, web)
    (archive,) = folder_of(tmp_path, NOV).glob("*.warc.gz")
    if loss == "removed":
        archive.unlink()
    elif loss == "cut":
        archive.write_bytes(archive.read_bytes()[:300])
    else:
        rows = read_captures(folder_of(tmp_path, NOV))
        write_captures(folder_of(tmp_path, NOV), [replace(row, body_sha256="0" * 64) for row in rows])
    pages = visit_round(tmp_path, DEC, web)

    assert {"/": Outcome.OK, "/a": Outcome.OK} == outcomes(pages)
    assert {} == web.fields("/a")


def test_a_page_whose_original_is_in_no_round_any_more_cannot_be_read(tmp_path: Path):
    """The failure names the capture that is missing; a later visit asks for the page in full."""
    web = site()
    first = visit_round(tmp_path, NOV, web)["/a"]
    second = visit_round(tmp_path, DEC, web)["/a"]
    shutil.rmtree(tmp_path / "captures" / NOV)

    with pytest.raises(CaptureError, match=f"{second.capture_id} repeats {first.capture_id}, which neither"):
        read_body(folder_of(tmp_path, DEC), second)
    assert {"/": Outcome.OK, "/a": Outcome.OK} == outcomes(visit_round(tmp_path, JAN, web))


def test_a_round_whose_list_is_broken_is_not_rested_on(tmp_path: Path):
    """Everything is asked for in full; the visit itself goes on."""
    web = site()
    visit_round(tmp_path, NOV, web)
    (folder_of(tmp_path, NOV) / "captures.parquet").write_bytes(b"no Parquet")

    assert {"/": Outcome.OK, "/a": Outcome.OK} == outcomes(visit_round(tmp_path, DEC, web))


def test_a_server_is_not_believed_for_ever(tmp_path: Path):
    """One that keeps the tag of a page that changed hides the change until the sixth round, and no longer."""
    web = site()
    visit_round(tmp_path, "2026-01", web)
    web.sheets["/a"] = Sheet("changed behind its tag", etag=web.sheets["/a"].etag)
    seen = [visit_round(tmp_path, f"2026-{month:02}", web)["/a"].outcome for month in range(2, 9)]

    assert [Outcome.UNCHANGED] * 5 + [Outcome.OK, Outcome.UNCHANGED] == seen


def test_a_page_that_failed_is_asked_for_in_full_the_next_time(tmp_path: Path):
    """Its tag may be of a page that came before the failure."""
    web = site()
    visit_round(tmp_path, NOV, web)
    well = web.sheets.pop("/a")
    visit_round(tmp_path, DEC, web)
    web.sheets["/a"] = well
    pages = visit_round(tmp_path, JAN, web)

    assert ({}, Outcome.OK) == (web.fields("/a"), pages["/a"].outcome)


def test_captures_that_a_later_round_rests_on_are_not_driven_out(tmp_path: Path):
    """A visit to the earlier round again is noted; its captures stay, and the later round can be read."""
    web = site()
    first = visit_round(tmp_path, NOV, web)
    later = visit_round(tmp_path, DEC, web)
    again = visit_round(tmp_path, NOV, web)
    notes = (folder_of(tmp_path, NOV) / ATTEMPTS_FILE).read_text().splitlines()

    assert first == again
    assert "a later round repeats pages of this one" in notes[-1]
    assert b"Passport" in read_body(folder_of(tmp_path, DEC), later["/a"])


def test_a_round_that_is_repeated_rests_on_no_capture_of_its_own(tmp_path: Path):
    """They make room for the new ones; so they are asked for anew, or repeat a round before."""
    web = site()
    visit_round(tmp_path, NOV, web)
    again = visit_round(tmp_path, NOV, web)
    second = visit_round(tmp_path, DEC, web)
    repeated = visit_round(tmp_path, DEC, web)

    assert {"/": Outcome.OK, "/a": Outcome.OK} == outcomes(again)
    assert BOTH == outcomes(second) == outcomes(repeated)
    assert {row.revisit_of for row in repeated.values() if row.revisit_of} <= {
        row.capture_id for row in again.values()
    }
    assert b"<!doctype html><p>Passport</p>" == read_body(folder_of(tmp_path, DEC), repeated["/a"])


def test_a_body_is_stored_again_when_its_round_is_long_past(tmp_path: Path):
    """So that no round rests on more than the twelve before it."""
    web = site()
    rounds = [f"{2026 + month // 12}-{month % 12 + 1:02}" for month in range(14)]
    pages = [visit_round(tmp_path, round_id, web)["/a"] for round_id in rounds]
    stored = [number for number, row in enumerate(pages) if row.revisit_of is None]

    assert [0, 13] == stored


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
