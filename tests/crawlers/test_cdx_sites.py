"""What an archive that is asked has of a site, and what it lacks: neither is ever taken for the other."""

from pathlib import Path

import pytest
from cdx_imports import INDEX, ROUND, Fake, captures, take
from fake_archives import Copy, Said, internet_archive

from crawlers.errors import ArchiveError
from crawlers.outcomes import Outcome
from crawlers.reports import Finish

pytestmark = pytest.mark.usefixtures("warm")  # no test here is about how a process begins


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
