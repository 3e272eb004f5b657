"""What an archive's index says, and which of its copies stand for a round."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawlers.archives.choose import most_promising, nearest, window_of
from crawlers.archives.rows import Row, read_lines, read_table
from crawlers.archives.rules import Interface
from crawlers.archives.sources import archive_at
from crawlers.errors import ArchiveError

PYWB = archive_at("http://archive.example/old/cdx")
COLUMNS = ["urlkey", "timestamp", "original", "mimetype", "statuscode", "digest", "length"]


def row(url: str, timestamp: str, status: int | None = 200) -> Row:
    """Return a row of an index."""
    text = json.dumps({"url": url, "timestamp": timestamp, "status": str(status or "-")})
    return read_lines(text, PYWB, "x").rows[0]


def chosen(*rows: Row, round_id: str = "2019-05", tolerance: int = 92) -> list[str]:
    """Return the timestamps of the copies that stand for a round."""
    best = nearest(rows, window_of(round_id, tolerance), lambda _: True)
    return sorted(one.timestamp for one in best.values())


@pytest.mark.parametrize(
    ("address", "interface", "copy"),
    [
        (
            "https://web.archive.org/cdx/search/cdx",
            Interface.WAYBACK,
            "https://web.archive.org/web/20190501000000id_/http://a.kg/",
        ),
        (
            "https://index.commoncrawl.org/CC-MAIN-2019-22-index",
            Interface.COMMON_CRAWL,
            "https://data.commoncrawl.org/crawl-data/a.warc.gz",
        ),
        (
            "http://localhost:8080/old/cdx",
            Interface.PYWB,
            "http://localhost:8080/old/20190501000000id_/http://a.kg/",
        ),
    ],
)
def test_each_interface_is_known_by_its_address(address: str, interface: Interface, copy: str):
    """So is the place where it has its copies as they were archived."""
    archive = archive_at(address)
    place = archive.copy_at("20190501000000", "http://a.kg/", "crawl-data/a.warc.gz")

    assert (interface, copy) == (archive.interface, place)


@pytest.mark.parametrize("address", ["http://localhost/", "http://localhost/a.warc.gz", "http://[/cdx"])
def test_an_address_of_no_index_is_refused(address: str):
    """With the forms that are known."""
    with pytest.raises(ArchiveError, match=r"expected the address of a CDX server.*pywb"):
        archive_at(address)


def test_what_was_typed_goes_before_what_we_would_ask():
    """`url=`, `from=` and the like are the person's; the form of the answer is ours."""
    archive = archive_at("http://localhost/old/cdx?url=a.kg&from=2019&output=text")

    assert "http://localhost/old/cdx?url=a.kg&from=2019&to=2020&output=json" == archive.question(
        from_="2018", to="2020", output="json", url="b.kg"
    ).replace("%3A", ":")


def test_a_table_is_read_with_its_resume_key():
    """An empty row stands before the key."""
    table = [
        COLUMNS,
        ["k", "20190501000000", "http://a.kg:80/x", "text/html", "404", "D", "9"],
        [],
        ["key+1"],
    ]
    part = read_table(json.dumps(table), PYWB, "x")

    assert "key+1" == part.resume_key
    assert [("http://a.kg/x", 404)] == [(one.url, one.status) for one in part.rows]


def test_a_revisit_row_has_no_status():
    """Its mime type is warc/revisit, and a hyphen stands for its status."""
    table = [COLUMNS, ["k", "20190501000000", "http://a.kg/", "warc/revisit", "-", "D", "9"]]

    assert [None] == [one.status for one in read_table(json.dumps(table), PYWB, "x").rows]


@pytest.mark.parametrize("number", ["²", "9" * 5000, "-1", "4e2"])
def test_a_number_that_is_none_is_as_if_it_were_not_said(number: str):
    """An archive may write what it likes; Python's `isdigit` holds for a superscript, its `int` does not."""
    fields = {"url": "http://a.kg/", "timestamp": "2019", "status": number, "offset": number}
    (found,) = read_lines(json.dumps(fields), PYWB, "x").rows

    assert (None, 0) == (found.status, found.offset)


def test_columns_that_are_no_words_are_refused():
    """A list for a column's name cannot name one."""
    with pytest.raises(ArchiveError, match=r"^http://q.*expected"):
        read_table('[[["timestamp"], "original"], ["2019", "http://a.kg/"]]', PYWB, "http://q")


def test_an_empty_answer_has_no_rows():
    """Of either form."""
    assert ((), (), ()) == (
        read_table("[]", PYWB, "x").rows,
        read_table("", PYWB, "x").rows,
        read_lines("\n", PYWB, "x").rows,
    )


@pytest.mark.parametrize(
    "text",
    [
        '{"url": "http://a.kg/", "timest',
        "<!doctype html><title>Archive</title>",
        "[1]",
        '{"a": 1}',
        "[" * 9999,
    ],
    ids=["cut", "html", "no objects", "other columns", "too deep"],
)
def test_what_is_no_index_is_refused_by_its_address(text: str):
    """Neither a cut answer nor another kind of page passes for an index that ends there."""
    with pytest.raises(ArchiveError, match=r"^http://q.*expected"):
        read_lines(text, PYWB, "http://q")
    with pytest.raises(ArchiveError, match=r"^http://q.*expected"):
        read_table(text, PYWB, "http://q")


def test_the_copy_nearest_to_the_round_is_chosen():
    """The round's date is the middle of its month."""
    copies = [row("http://a.kg/", f"2019{month:02}10000000") for month in range(1, 13)]

    assert ["20190510000000"] == chosen(*copies)
    assert ["20190710000000"] == chosen(*copies, round_id="2019-07")


def test_a_copy_from_too_far_away_is_not_chosen():
    """Not a second beyond the tolerance, which is counted from the month's ends."""
    just_in, just_out = row("http://a.kg/1", "20190610235959"), row("http://a.kg/2", "20190611000000")

    assert ["20190610235959"] == chosen(just_in, just_out, tolerance=10)
    assert [] == chosen(just_in, just_out, tolerance=0)


def test_a_passing_failure_gives_way_to_a_page():
    """An overloaded server of that day proves nothing; a page from a week later does."""
    copies = (row("http://a.kg/", "20190516000000", 503), row("http://a.kg/", "20190523000000"))

    assert ["20190523000000"] == chosen(*copies)


def test_a_page_that_was_gone_then_stays_gone():
    """What the site said is not passed over for a nicer copy."""
    copies = (row("http://a.kg/", "20190516000000", 404), row("http://a.kg/", "20190623000000"))

    assert ["20190516000000"] == chosen(*copies)


def test_spellings_of_one_page_are_one():
    """Session ids and advertising tags name a visit, not a page."""
    copies = (row("http://a.kg/x?utm_source=y", "20190510000000"), row("http://a.kg/x", "20190512000000"))

    assert ["20190512000000"] == chosen(*copies)


def test_promising_pages_are_taken_first():
    """Seeds, then what promises a service; pictures never."""
    copies = {
        url: row(url, "20190510000000")
        for url in ("http://a.kg/news/1", "http://a.kg/service/1", "http://a.kg/", "http://a.kg/a.png")
    }
    taken = [one.url for one in most_promising(copies, ["http://a.kg/"], 2)]

    assert ["http://a.kg/", "http://a.kg/service/1"] == taken
    assert 3 == len(most_promising(copies, [], 10))


@given(st.lists(st.integers(-200, 200), min_size=1), st.integers(0, 150))
def test_no_copy_of_a_page_is_nearer_than_the_chosen_one(days: list[int], tolerance: int):
    """A law: nearest of those within the tolerance, or none at all if there are none."""
    window = window_of("2019-05", tolerance)
    moments = [datetime(2019, 5, 16, tzinfo=UTC) + timedelta(days=day) for day in days]
    copies = [row("http://a.kg/", f"{moment:%Y%m%d%H%M%S}") for moment in moments]
    inside = sorted(abs(moment - window.middle) for moment in moments if window.holds(moment))
    best = nearest(copies, window, lambda _: True)

    assert inside[:1] == [abs(one.moment - window.middle) for one in best.values()]
