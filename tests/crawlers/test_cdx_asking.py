"""Which archive is asked, how politely, and what is said of one that cannot be asked."""

import time
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path

import pytest
from cdx_imports import INDEX, ROUND, Fake, take
from fake_archives import Copy, Said, internet_archive

from crawlers.archives.cdx_import import CdxImport, import_cdx
from crawlers.archives.polite import PoliteAsker
from crawlers.errors import ArchiveError
from crawlers.network.answers import Answer, Asked, Failure

pytestmark = pytest.mark.usefixtures("warm")  # no test here is about how a process begins


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
