"""Captures of a round out of archives that are asked over the network."""

import gzip
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from fake_archives import Copy, FakeArchive, Said, common_crawl, internet_archive
from small_sites import registry_of
from small_warcs import complaints, record

from crawlers.archives.cdx_import import CdxImport, import_cdx
from crawlers.archives.polite import PoliteAsker
from crawlers.captures import Capture
from crawlers.captures_io import read_body, read_captures
from crawlers.errors import ArchiveError
from crawlers.network.answers import Answer, Asked, Failure
from crawlers.outcomes import Outcome
from crawlers.reports import Finish, SiteReport
from crawlers.storing.shelf import site_folder

ROUND = "2019-05"
INDEX = "/cdx/search/cdx"
Fake = Callable[[FakeArchive], FakeArchive]


@pytest.fixture
def serving() -> Iterator[Fake]:
    """Close fake archives at the end of a test."""
    made: list[FakeArchive] = []

    def keep(archive: FakeArchive) -> FakeArchive:
        made.append(archive)
        return archive

    yield keep
    for archive in made:
        archive.close()


def take(
    address: str, data: Path, hosts: dict[str, str] | None = None, **more: Any
) -> tuple[SiteReport, ...]:
    """Import a round of the sites at `hosts` (id -> host)."""
    registry = registry_of(hosts or {"tt-a": "a.kg"}, allow=())
    job = CdxImport(
        addresses=[address], registry=registry, country_id="tt", round_id=ROUND, data=data, **more
    )
    return import_cdx(job)


def captures(data: Path, site_id: str = "tt-a") -> tuple[Capture, ...]:
    """Return the captures of a site."""
    return read_captures(site_folder(data, ROUND, site_id))


def bodies(data: Path, site_id: str = "tt-a") -> dict[str, bytes]:
    """Return the bodies of a site's captures by address."""
    folder = site_folder(data, ROUND, site_id)
    return {one.url: read_body(folder, one) for one in captures(data, site_id) if one.warc_file}


def test_a_copy_becomes_a_capture_with_the_archives_own_time(tmp_path: Path, serving: Fake):
    """Status, header fields, date and bytes are those of the copy; the record tells where it was replayed."""
    copy = Copy("http://a.kg/x", "20190510010203", gzip.compress(b"<p>page"), headers=(("ETag", '"7"'),))
    packed = Said(
        200,
        copy.body,
        {
            "Content-Type": "text/html",
            "Content-Encoding": "gzip",
            "X-Archive-Orig-ETag": '"7"',
            "X-Archive-Orig-Content-Encoding": "gzip",
            "X-Archive-Orig-Transfer-Encoding": "chunked",
            "Memento-Datetime": "Fri, 10 May 2019 01:02:03 GMT",
        },
    )
    archive = serving(internet_archive([Copy("http://a.kg/x", "20190510010203", replay=packed)]))
    take(archive.origin + INDEX, tmp_path)
    (capture,) = (one for one in captures(tmp_path) if one.warc_file)
    (warc,) = site_folder(tmp_path, ROUND, "tt-a").glob("*.warc.gz")

    assert ("cdx", Outcome.OK, 200, '"7"', "2019-05-10T01:02:03+00:00") == (
        capture.source,
        capture.outcome,
        capture.http_status,
        capture.etag,
        capture.captured_at.isoformat(),
    )
    assert {"http://a.kg/x": b"<p>page"} == bodies(tmp_path)
    assert (
        f"WARC-Source-URI: {archive.origin}/web/20190510010203id_/http://a.kg/x".encode()
        in gzip.decompress(warc.read_bytes())
    )


def test_the_index_is_read_to_its_end(tmp_path: Path, serving: Fake):
    """Part after part, by the resume key; each copy once."""
    copies = [Copy(f"http://a.kg/{number}", "20190510010203") for number in range(7)]
    archive = serving(internet_archive(copies, rows_at_once=3))
    (report,) = take(archive.origin + INDEX, tmp_path)

    assert {"not_archived": 1, "ok": 7} == report.counts  # its first page is not among them
    assert ["3", "6"] == [path.partition("resumeKey=")[2] for path in archive.paths if "&resumeKey=" in path]


def test_archived_failures_and_redirects_stay_what_they_were(tmp_path: Path, serving: Fake):
    """An archived redirect is not followed: where it led has a copy of its own, or none."""
    archive = serving(
        internet_archive(
            [
                Copy(
                    "http://a.kg/old",
                    "20190510010203",
                    replay=Said(
                        302,
                        headers={"Location": "/new", "Memento-Datetime": "Fri, 10 May 2019 01:02:03 GMT"},
                    ),
                    status=302,
                ),
                Copy("http://a.kg/gone", "20190510010203", b"no", 404),
                Copy("http://a.kg/ill", "20190510010203", b"no", 503),
            ]
        )
    )
    take(archive.origin + INDEX, tmp_path)
    found = {one.url: (one.outcome, one.redirect_url) for one in captures(tmp_path)}

    assert {
        "http://a.kg/old": (Outcome.REDIRECTED, "http://a.kg/new"),
        "http://a.kg/gone": (Outcome.GONE, None),
        "http://a.kg/ill": (Outcome.UNREACHABLE_HTTP_5XX, None),
        "http://a.kg/": (Outcome.NOT_ARCHIVED, None),
        "http://a.kg/new": (Outcome.NOT_ARCHIVED, None),
    } == found


def test_a_revisit_is_the_page_that_it_repeats(tmp_path: Path, serving: Fake):
    """The archive resolves it when it replays; the row itself has no status."""
    archive = serving(internet_archive([Copy("http://a.kg/", "20190510010203", b"<p>same", is_revisit=True)]))
    take(archive.origin + INDEX, tmp_path)

    assert {"http://a.kg/": b"<p>same"} == bodies(tmp_path)
    assert [(Outcome.OK, 200)] == [(one.outcome, one.http_status) for one in captures(tmp_path)]


def test_the_archives_own_redirect_is_followed(tmp_path: Path, serving: Fake):
    """To a copy of another moment, whose time is the capture's; it is no archived redirect."""
    other = Said(302, headers={"Location": "/web/20190520000000id_/http://a.kg/"})
    archive = serving(
        internet_archive(
            [
                Copy("http://a.kg/", "20190516000000", replay=other),
                Copy("http://a.kg/", "20190520000000", b"<p>later"),
            ]
        )
    )
    take(archive.origin + INDEX, tmp_path)

    assert ["2019-05-20"] == [f"{one.captured_at:%Y-%m-%d}" for one in captures(tmp_path)]
    assert {"http://a.kg/": b"<p>later"} == bodies(tmp_path)


def test_an_archive_that_leads_elsewhere_is_not_followed(tmp_path: Path, serving: Fake):
    """A redirect out of the archive is an error, and nothing is connected to."""
    away = Said(302, headers={"Location": "http://169.254.169.254/latest/meta-data/"})
    archive = serving(internet_archive([Copy("http://a.kg/", "20190516000000", replay=away)]))
    with pytest.raises(ArchiveError, match=r"expected to stay with this archive"):
        take(archive.origin + INDEX, tmp_path)


def test_a8_only_the_archive_that_was_typed_may_be_private(tmp_path: Path, serving: Fake):
    """Its host at its port, because a person typed it; a redirect to another port of it is refused."""
    canary = serving(internet_archive([]))
    lured = Said(302, headers={"Location": f"{canary.origin}/secret"})
    archive = serving(internet_archive([Copy("http://a.kg/", "20190516000000", replay=lured)]))
    with pytest.raises(ArchiveError, match=r"policy_refused .*not a public address"):
        take(archive.origin + INDEX, tmp_path)

    assert [] == canary.paths


def test_what_the_archive_does_not_have_is_told(tmp_path: Path, serving: Fake):
    """A site without copies, and a copy that the index only promises: neither is ever taken for absent."""
    archive = serving(
        internet_archive(
            [
                Copy("http://a.kg/", "20190510010203"),
                Copy("http://a.kg/2", "20190510010203", replay=Said(404, b"not here")),
            ]
        )
    )
    reports = take(archive.origin + INDEX, tmp_path, {"tt-a": "a.kg", "tt-b": "b.kg"})

    assert [{"not_archived": 1, "ok": 1}, {"not_archived": 1}] == [report.counts for report in reports]
    assert not Outcome.NOT_ARCHIVED.is_observation
    assert "no copy of this site from 2019-01-29 to 2019-08-31" in (
        captures(tmp_path, "tt-b")[0].outcome_detail or ""
    )


def linked(*paths: str) -> bytes:
    """Return a page that leads to `paths`."""
    return "".join(f'<p><a href="{path}">{path}</a>' for path in paths).encode()


def test_a_copy_has_the_depth_of_the_links_that_lead_to_it(tmp_path: Path, serving: Fake):
    """As in a visit; what no link leads to is never taken for a first page."""
    archive = serving(
        internet_archive(
            [
                Copy("http://a.kg/", "20190510010203", linked("/list")),
                Copy("http://a.kg/list", "20190510010203", linked("/services/deep")),
                Copy("http://a.kg/services/deep", "20190510010203", b"gone", 404),
                Copy("http://a.kg/lonely", "20190510010203"),
            ]
        )
    )
    take(archive.origin + INDEX, tmp_path)
    found = {one.url: (one.depth, one.referrer_url) for one in captures(tmp_path)}

    assert {
        "http://a.kg/": (0, None),
        "http://a.kg/list": (1, "http://a.kg/"),
        "http://a.kg/services/deep": (2, "http://a.kg/list"),
        "http://a.kg/lonely": (1, None),
    } == found


def test_a_page_that_copies_lead_to_and_the_archive_lacks_is_listed(tmp_path: Path, serving: Fake):
    """With the page that leads there: not observed is never absent; other sites' pages are not ours."""
    pages = linked("/kept", "/lost", "http://b.kg/theirs")
    copies = [Copy("http://a.kg/", "20190510010203", pages), Copy("http://a.kg/kept", "20190510010203")]
    archive = serving(internet_archive(copies))
    (report,) = take(archive.origin + INDEX, tmp_path)
    (lost,) = (one for one in captures(tmp_path) if one.outcome is Outcome.NOT_ARCHIVED)

    assert {"not_archived": 1, "ok": 2} == report.counts
    assert ("http://a.kg/lost", 1, "http://a.kg/", "/lost") == (
        lost.url,
        lost.depth,
        lost.referrer_url,
        lost.link_text,
    )
    assert "no copy of this page from 2019-01-29 to 2019-08-31" in (lost.outcome_detail or "")


def test_what_was_lacking_is_forgotten_when_it_comes(tmp_path: Path, serving: Fake):
    """A later import with a wider tolerance leaves no trace of the first one's lack."""
    archive = serving(internet_archive([Copy("http://a.kg/", "20190301000000")]))
    take(archive.origin + INDEX, tmp_path, tolerance_days=10)
    before = [one.outcome for one in captures(tmp_path)]
    take(archive.origin + INDEX, tmp_path, tolerance_days=90)

    assert ([Outcome.NOT_ARCHIVED], [Outcome.OK]) == (before, [one.outcome for one in captures(tmp_path)])


def test_importing_again_asks_for_no_copy_twice(tmp_path: Path, serving: Fake):
    """An import that was interrupted goes on; one that was not changes nothing."""
    archive = serving(internet_archive([Copy("http://a.kg/", "20190510010203")]))
    take(archive.origin + INDEX, tmp_path)
    before = captures(tmp_path)
    take(archive.origin + INDEX, tmp_path)

    assert before == captures(tmp_path)
    assert 1 == sum(path.startswith("/web/") for path in archive.paths)


def test_sites_that_were_done_are_kept_when_an_archive_fails(tmp_path: Path, serving: Fake):
    """Each site whole or not at all: of the one under way nothing is left."""
    broken = Said(302, headers={"Location": "http://elsewhere.example/"})
    archive = serving(
        internet_archive(
            [
                Copy("http://a.kg/", "20190510010203"),
                Copy("http://b.kg/1", "20190510010203"),
                Copy("http://b.kg/2", "20190510010203", replay=broken),
            ]
        )
    )
    with pytest.raises(ArchiveError):
        take(archive.origin + INDEX, tmp_path, {"tt-a": "a.kg", "tt-b": "b.kg"})

    assert ["tt-a"] == [folder.name for folder in (tmp_path / "captures" / ROUND).iterdir()]


def test_no_more_pages_than_asked_for_the_most_promising_first(tmp_path: Path, serving: Fake):
    """The report says that there would have been more."""
    paths = ("news/1", "news/2", "services/passport", "")
    archive = serving(internet_archive([Copy(f"http://a.kg/{path}", "20190510010203") for path in paths]))
    (report,) = take(archive.origin + INDEX, tmp_path, max_pages=2)

    assert Finish.PAGE_LIMIT == report.finish
    assert ["http://a.kg/", "http://a.kg/services/passport"] == [one.url for one in captures(tmp_path)]


def test_an_address_with_a_question_needs_no_registry(tmp_path: Path, serving: Fake):
    """Hosts become unlisted sites, as with WARC files."""
    archive = serving(internet_archive([Copy("http://a.kg/", "20190510010203")]))
    job = CdxImport(
        addresses=[f"{archive.origin}{INDEX}?url=http://a.kg/&matchType=host"],
        registry=None,
        country_id="zz",
        round_id=ROUND,
        data=tmp_path,
    )
    (report,) = import_cdx(job)

    assert ("zz-a.kg", {"ok": 1}) == (report.site_id, report.counts)


def test_an_address_without_a_question_needs_a_registry(tmp_path: Path):
    """It is said before anything is asked."""
    job = CdxImport(
        addresses=["http://127.0.0.1:9/old/cdx"],
        registry=None,
        country_id="zz",
        round_id=ROUND,
        data=tmp_path,
    )
    with pytest.raises(ArchiveError, match=r"which pages\? expected \?url="):
        import_cdx(job)


def test_a_question_without_any_copy_is_an_error(tmp_path: Path, serving: Fake):
    """As a WARC file without pages is."""
    archive = serving(internet_archive([]))
    with pytest.raises(ArchiveError, match=r"no copy from 2019-01-29 to 2019-08-31"):
        take(f"{archive.origin}{INDEX}?url=http://a.kg/", tmp_path)


def test_common_crawls_records_are_kept_as_they_are(tmp_path: Path, serving: Fake):
    """The very record out of its WARC file, asked for by its place; the index page by page."""
    block = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<p>page"
    records = {
        f"http://a.kg/{number}": (
            "20190510010203",
            record("response", f"http://a.kg/{number}", block, number=number),
        )
        for number in range(3)
    }
    archive = serving(common_crawl(records))
    take(f"{archive.origin}/CC-MAIN-2019-22-index", tmp_path)
    (warc,) = site_folder(tmp_path, ROUND, "tt-a").glob("*.warc.gz")
    kept = gzip.decompress(warc.read_bytes())

    assert all(record in kept for _, record in records.values())
    assert dict.fromkeys(records, b"<p>page") == bodies(tmp_path)


def test_common_crawl_without_captures_is_an_empty_archive(tmp_path: Path, serving: Fake):
    """It answers 404 then, which is no error."""
    archive = serving(common_crawl({}))
    (report,) = take(f"{archive.origin}/CC-MAIN-2019-22-index", tmp_path)

    assert {"not_archived": 1} == report.counts


def test_e10_a_damaged_record_of_common_crawl_is_refused(tmp_path: Path, serving: Fake):
    """With the file and the byte; nothing of the site is imported."""
    archive = serving(common_crawl({"http://a.kg/": ("20190510010203", b"no record at all")}))
    with pytest.raises(ArchiveError, match=r"a\.warc\.gz, byte 0"):
        take(f"{archive.origin}/CC-MAIN-2019-22-index", tmp_path)

    assert not (tmp_path / "captures").exists()


def test_a10_a_busy_archive_is_waited_for(tmp_path: Path, serving: Fake):
    """429 with Retry-After: as long as it asks, then the same question again."""
    archive = serving(internet_archive([Copy("http://a.kg/", "20190510010203")]))
    archive.first.append(Said(429, headers={"Retry-After": "1"}))
    (report,) = take(archive.origin + INDEX, tmp_path)
    (asked, again, *_) = archive.asked

    assert {"ok": 1} == report.counts
    assert again[0] - asked[0] >= 1
    assert asked[1] == again[1]


def test_a10_an_archive_that_asks_for_too_long_a_pause_is_left_alone(tmp_path: Path, serving: Fake):
    """With the time that it asked for."""
    archive = serving(internet_archive([]))
    archive.first.append(Said(503, headers={"Retry-After": "86400"}))
    with pytest.raises(ArchiveError, match="asks us to wait 86400 seconds"):
        take(archive.origin + INDEX, tmp_path)

    assert 1 == len(archive.asked)


def test_an_archive_that_is_not_there_is_named(tmp_path: Path):
    """With the address that was asked and what was expected; without long patience."""
    begun = time.monotonic()
    with pytest.raises(
        ArchiveError, match=r"127\.0\.0\.1:9/old/cdx.*unreachable_refused.*expected an answer"
    ):
        take("http://127.0.0.1:9/old/cdx", tmp_path)

    assert time.monotonic() - begun < 30


def test_an_archive_has_one_request_at_a_time_a_pause_apart():
    """The next one begins a pause after the last one's end."""
    times: list[float] = []

    def fetch(url: str, more: object) -> Answer | Failure:
        times.append(time.monotonic())
        asked = Asked(url=url, asked_at=datetime.now(UTC), header=b"")
        return Answer(
            asked=asked,
            elapsed_seconds=0.0,
            status=200,
            headers=(),
            body=b"",
            ip_address=None,
            tls_fault=None,
            is_cut=False,
        )

    asker = PoliteAsker(fetch, 0.2)
    for number in range(3):
        asker.ask(f"http://archive.example/{number}")

    assert all(later - earlier >= 0.2 for earlier, later in pairwise(times))


def test_every_record_that_we_rebuild_is_clean(tmp_path: Path, serving: Fake):
    """`warcio check` finds nothing to complain of."""
    archive = serving(internet_archive([Copy("http://a.kg/", "20190510010203")]))
    take(archive.origin + INDEX, tmp_path)
    files = list(site_folder(tmp_path, ROUND, "tt-a").glob("*.warc.gz"))

    assert 1 == len(files)
    assert "" == complaints(files)
