"""Web archives become captures whole, or not at all."""

import gzip
import hashlib
from pathlib import Path

import pytest
from small_sites import ROUND, registry_of
from small_warcs import DATE, ID, archive, record

from crawlers.archive import import_warcs
from crawlers.captures_io import read_body, read_captures
from crawlers.errors import ArchiveError, UnknownSiteError
from crawlers.outcomes import Outcome
from crawlers.storing.shelf import site_folder

SHARED = Path(__file__).parents[2].parent / "shared"
needs_shared = pytest.mark.skipif(not SHARED.exists(), reason="the shared corpus and vectors are not here")


PAGE = b'HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nETag: "7"\r\n\r\n<p>page'


def test_a_response_becomes_a_capture(tmp_path: Path):
    """With the archive's date, status and headers, and its body readable from our own copy."""
    path = archive(tmp_path, record("response", "http://10.0.0.1:8080/x", PAGE))
    import_warcs([path], None, "zz", ROUND, tmp_path / "data")
    path.unlink()
    folder = site_folder(tmp_path / "data", ROUND, "zz-10.0.0.1-8080")
    (capture,) = read_captures(folder)

    assert (Outcome.OK, 200, '"7"', "warc", 123000) == (
        capture.outcome,
        capture.http_status,
        capture.etag,
        capture.source,
        capture.captured_at.microsecond,
    )
    assert b"<p>page" == read_body(folder, capture)


@pytest.mark.parametrize(
    ("status", "outcome"),
    [
        ("302 Found", Outcome.REDIRECTED),
        ("404 Not Found", Outcome.GONE),
        ("503 No", Outcome.UNREACHABLE_HTTP_5XX),
    ],
)
def test_the_outcome_is_that_of_the_status(tmp_path: Path, status: str, outcome: Outcome):
    """An archived failure stays one."""
    block = f"HTTP/1.1 {status}\r\nLocation: /y\r\n\r\n".encode()
    import_warcs([archive(tmp_path, record("response", "http://a.kg/x", block))], None, "zz", ROUND, tmp_path)
    (capture,) = read_captures(site_folder(tmp_path, ROUND, "zz-a.kg"))

    assert (outcome, "http://a.kg/y") == (capture.outcome, capture.redirect_url)


def test_a_resource_counts_as_seen(tmp_path: Path):
    """A resource record holds a page without HTTP around it."""
    import_warcs(
        [archive(tmp_path, record("resource", "https://a.kg", b"<p>x"))], None, "zz", ROUND, tmp_path
    )
    (capture,) = read_captures(site_folder(tmp_path, ROUND, "zz-a.kg"))

    assert (Outcome.OK, 200, "text/html") == (capture.outcome, capture.http_status, capture.content_type)


def test_a_revisit_has_the_body_that_it_repeats(tmp_path: Path):
    """Whichever way it names the original, here by address and date."""
    refers = (
        "WARC-Refers-To-Target-URI: http://a.kg/x",
        "WARC-Refers-To-Date: 2026-11-05T06:07:08.123456Z",
    )
    path = archive(
        tmp_path,
        record("response", "http://a.kg/x", PAGE),
        record("revisit", "http://a.kg/x", b"HTTP/1.1 200 OK\r\n\r\n", number=1, more=refers),
    )
    import_warcs([path], None, "zz", ROUND, tmp_path)
    folder = site_folder(tmp_path, ROUND, "zz-a.kg")
    original, revisit = read_captures(folder)

    assert (Outcome.UNCHANGED, original.capture_id) == (revisit.outcome, revisit.revisit_of)
    assert b"<p>page" == read_body(folder, revisit)


def test_a_revisit_of_nothing_proves_nothing(tmp_path: Path):
    """Its body is elsewhere, so nothing was seen."""
    path = archive(tmp_path, record("revisit", "http://a.kg/x", b"HTTP/1.1 200 OK\r\n\r\n"))
    import_warcs([path], None, "zz", ROUND, tmp_path)
    (capture,) = read_captures(site_folder(tmp_path, ROUND, "zz-a.kg"))

    assert Outcome.BAD_CONTENT == capture.outcome


def test_hosts_go_to_the_registrys_sites(tmp_path: Path):
    """Those that it lacks become unlisted ones."""
    registry = registry_of({"tt-a": "a.kg"}, allow=())
    path = archive(
        tmp_path,
        record("response", "http://www.a.kg/", PAGE),
        record("response", "http://b.kg/", PAGE, number=1),
    )
    reports = import_warcs([path], registry, "tt", ROUND, tmp_path)

    assert ["tt-a", "tt-b.kg"] == [report.site_id for report in reports]


def test_all_records_can_be_taken_for_one_site(tmp_path: Path):
    """Whatever their hosts."""
    registry = registry_of({"tt-a": "a.kg"}, allow=())
    path = archive(tmp_path, record("response", "http://c.kg/", PAGE))
    (report,) = import_warcs([path], registry, "tt", ROUND, tmp_path, "tt-a")

    assert "tt-a" == report.site_id


def test_a_site_that_the_registry_lacks_is_refused(tmp_path: Path):
    """A typing error makes no new site."""
    registry = registry_of({"tt-a": "a.kg"}, allow=())
    with pytest.raises(UnknownSiteError, match="tt-b"):
        import_warcs([tmp_path], registry, "tt", ROUND, tmp_path, "tt-b")


def test_importing_again_changes_nothing(tmp_path: Path):
    """The same records, the same captures."""
    path = archive(tmp_path, record("response", "http://a.kg/", PAGE))
    folder = site_folder(tmp_path, ROUND, "zz-a.kg")
    import_warcs([path], None, "zz", ROUND, tmp_path)
    before = read_captures(folder)
    import_warcs([path], None, "zz", ROUND, tmp_path)

    assert before == read_captures(folder)


def test_the_same_records_give_the_same_bytes_wherever_and_whenever(tmp_path: Path):
    """So machines that share the work make one and the same archive."""
    path = archive(tmp_path, record("response", "http://a.kg/", PAGE))
    for place in ("here", "there"):
        import_warcs([path], None, "zz", ROUND, tmp_path / place)
    here, there = (site_folder(tmp_path / place, ROUND, "zz-a.kg") for place in ("here", "there"))

    assert (here / "manifest.json").read_bytes() == (there / "manifest.json").read_bytes()


def test_a_second_archive_adds_to_the_first(tmp_path: Path):
    """Captures that are there stay, and all bodies can be read."""
    for number in range(2):
        path = archive(
            tmp_path,
            record("response", f"http://a.kg/{number}", PAGE, number=number),
            name=f"{number}.warc.gz",
        )
        import_warcs([path], None, "zz", ROUND, tmp_path)
    folder = site_folder(tmp_path, ROUND, "zz-a.kg")
    captures = read_captures(folder)

    assert [0, 1] == [capture.seq for capture in captures]
    assert [b"<p>page"] * 2 == [read_body(folder, capture) for capture in captures]


@pytest.mark.parametrize("cut", [1, 9, 50, 150])
def test_e10_a_cut_archive_is_not_imported_at_all(tmp_path: Path, cut: int):
    """Usual readers stop silently there; we name the file and the place, and leave nothing behind."""
    path = archive(tmp_path, *(record("response", f"http://a.kg/{n}", PAGE, number=n) for n in range(3)))
    path.write_bytes(path.read_bytes()[:-cut])
    data = tmp_path / "data"
    with pytest.raises(ArchiveError, match=r"a\.warc\.gz, byte \d+: .*cut"):
        import_warcs([path], None, "zz", ROUND, data)

    assert [".lock"] == [found.name for found in data.rglob("*")]


def test_e10_a_flipped_bit_is_noticed(tmp_path: Path):
    """The checksum of the gzip member tells."""
    path = archive(tmp_path, record("response", "http://a.kg/", PAGE))
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(bytes(content))
    with pytest.raises(ArchiveError, match=r"byte 0"):
        import_warcs([path], None, "zz", ROUND, tmp_path / "data")


@pytest.mark.parametrize("content", [b"", b"hello", gzip.compress(b"hello")], ids=["empty", "text", "gzip"])
def test_what_is_no_archive_is_refused(tmp_path: Path, content: bytes):
    """With the file's name."""
    path = tmp_path / "x.warc.gz"
    path.write_bytes(content)
    with pytest.raises(ArchiveError, match=r"x\.warc\.gz"):
        import_warcs([path], None, "zz", ROUND, tmp_path)


@pytest.mark.parametrize(
    ("wanted", "instead"),
    [
        (DATE, "X-None: 0"),
        (DATE, "WARC-Date: yesterday"),
        (DATE, "WARC-Date: 9999-12-31T23:59:59-23:00"),
        (f"{ID}{0:012}>", "X-None: 0"),
    ],
)
def test_a_record_without_id_or_date_is_refused_by_its_place(tmp_path: Path, wanted: str, instead: str):
    """ISO 28500 asks for both: without them nothing tells which record it is, and of which month."""
    whole = record("response", "http://a.kg/x", PAGE)
    path = archive(tmp_path, whole, record("response", "http://a.kg/y", PAGE, number=1), name="b.warc.gz")
    odd = archive(tmp_path, whole.replace(wanted.encode(), instead.encode()))

    with pytest.raises(ArchiveError, match=r"a\.warc\.gz, byte 0: .*expected .*ISO 28500"):
        import_warcs([path, odd], None, "zz", ROUND, tmp_path / "data")
    assert not (tmp_path / "data" / "captures").exists()


def test_a_record_without_id_is_told_and_left_out_where_somebody_hears_of_damage(tmp_path: Path):
    """As any other record that is not whole."""
    whole = record("response", "http://a.kg/x", PAGE, number=1)
    odd = record("response", "http://a.kg/y", PAGE).replace(DATE.encode(), b"WARC-Date: yesterday")
    offsets: list[int] = []
    path = archive(tmp_path, odd, whole)
    import_warcs([path], None, "zz", ROUND, tmp_path, on_damage=lambda one: offsets.append(one.offset))

    assert ["http://a.kg/x"] == [one.url for one in read_captures(site_folder(tmp_path, ROUND, "zz-a.kg"))]
    assert [0] == offsets


def test_a_missing_file_is_refused(tmp_path: Path):
    """With the file's name."""
    with pytest.raises(ArchiveError, match=r"none\.warc: is not there"):
        import_warcs([tmp_path / "none.warc"], None, "zz", ROUND, tmp_path)


@needs_shared
def test_real_pages_are_imported_without_loss(tmp_path: Path):
    """Every one of the corpus's 255 resource records is a capture whose body has its stated digest."""
    import_warcs([SHARED / "corpus" / "pages.warc.gz"], None, "zz", ROUND, tmp_path)
    folders = sorted((tmp_path / "captures" / ROUND).iterdir())
    captures = [(folder, capture) for folder in folders for capture in read_captures(folder)]
    faulty = [
        capture.url
        for folder, capture in captures
        if hashlib.sha256(read_body(folder, capture)).hexdigest() != capture.body_sha256
    ]

    assert (255, []) == (len(captures), faulty)


WARCS = SHARED / "vectors" / "warc"
# Reviewed: how many captures each of warcio's own test archives gives, and what is odd about it.
_IMPORTED = {
    "example-bad-non-chunked.warc.gz": 2,  # several records in one gzip member
    "example-bad.warc.gz.bad": 3,  # the same, under an ending that nobody knows
    "example-iana.org-chunked.warc": 1,
    "example-resource.warc.gz": 1,
    "example-wget-bad-target-uri.warc.gz": 1,  # its address stands in angle brackets
    "example-wrong-chunks.warc.gz": 1,  # says that it is chunked, and is not
    "example.warc": 2,
    "example.warc.gz": 2,
    "post-test.warc.gz": 3,
}
_NOTHING_OF_THE_WEB = "no response or resource of a web address; expected at least one"
# Reviewed: what is said of those that are refused.
_REFUSED = {
    "bad.arc": "after byte 0: Invalid WARC header; expected a WARC record",  # ARC, the format before WARC
    "example.arc": "after byte 0: Invalid WARC header; expected a WARC record",  # the same
    "example.arc.gz": "after byte 0: Invalid WARC header; expected a WARC record",  # the same
    "example-space-in-url.arc": "after byte 0: Invalid WARC header; expected a WARC record",  # the same
    "example-trunc.warc": "after byte 1197: Invalid WARC header; expected a WARC record",  # cut in a record
    "example-digest.warc": _NOTHING_OF_THE_WEB,  # requests only
    "example-space-in-target-uri.warc.gz": _NOTHING_OF_THE_WEB,  # a local file
}


@needs_shared
def test_e10_every_archive_of_another_tool_was_reviewed():
    """None is there of which nobody said what must come of it."""
    assert {path.name for path in WARCS.iterdir()} == _IMPORTED.keys() | _REFUSED.keys()


@needs_shared
@pytest.mark.parametrize(("name", "count"), _IMPORTED.items())
def test_e10_odd_archives_of_other_tools_are_imported(tmp_path: Path, name: str, count: int):
    """With all that a site sent, each body with the digest that its row states."""
    import_warcs([WARCS / name], None, "zz", ROUND, tmp_path)
    folders = sorted(path for path in (tmp_path / "captures" / ROUND).iterdir() if path.is_dir())
    captures = [(folder, capture) for folder in folders for capture in read_captures(folder)]
    faulty = [
        capture.url
        for folder, capture in captures
        if hashlib.sha256(read_body(folder, capture)).hexdigest() != capture.body_sha256
    ]

    assert (count, []) == (len(captures), faulty)


@needs_shared
@pytest.mark.parametrize(("name", "reason"), _REFUSED.items())
def test_e10_l15_damaged_archives_of_other_tools_are_refused_by_name(tmp_path: Path, name: str, reason: str):
    """The message says which file, where in it and what was expected; nothing of it is imported."""
    with pytest.raises(ArchiveError) as refused:
        import_warcs([WARCS / name], None, "zz", ROUND, tmp_path)

    assert name in str(refused.value)
    assert reason in str(refused.value)
    assert [".lock"] == [found.name for found in tmp_path.rglob("*")]
