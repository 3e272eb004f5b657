"""What a copy in an archive that is asked over the network becomes."""

import gzip
from pathlib import Path

import pytest
from cdx_imports import INDEX, ROUND, Fake, bodies, captures, take
from fake_archives import Copy, Said, internet_archive
from small_warcs import complaints

from crawlers.outcomes import Outcome
from crawlers.storing.shelf import site_folder

pytestmark = pytest.mark.usefixtures("warm")  # no test here is about how a process begins


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


def test_every_record_that_we_rebuild_is_clean(tmp_path: Path, serving: Fake):
    """`warcio check` finds nothing to complain of."""
    archive = serving(internet_archive([Copy("http://a.kg/", "20190510010203")]))
    take(archive.origin + INDEX, tmp_path)
    files = list(site_folder(tmp_path, ROUND, "tt-a").glob("*.warc.gz"))

    assert 1 == len(files)
    assert "" == complaints(files)
