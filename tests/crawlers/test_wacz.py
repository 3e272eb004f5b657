"""Evidence as WACZ: what is in the file, and that it is always the same file."""

import gzip
import hashlib
import json
import zipfile
from pathlib import Path

import pytest
from small_sites import ROUND
from small_warcs import archive, complaints, record

from crawlers.archive import import_warcs
from crawlers.captures_io import read_captures
from crawlers.errors import CaptureError
from crawlers.storing.evidence_records import Kept
from crawlers.storing.shelf import site_folder
from crawlers.storing.wacz import write_wacz

PAGE = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n<p>page"
ORIGINAL, REPEATED = "http://a.kg/%D0%BA%D1%8B%D1%80", "http://a.kg/again"


@pytest.fixture
def kept(tmp_path: Path) -> list[Kept]:
    """A page, a page that repeats it, and a redirect; the latter is no page to look at."""
    refers = ("WARC-Refers-To: <urn:uuid:00000000-0000-0000-0000-000000000000>",)
    moved = b"HTTP/1.1 302 Found\r\nLocation: /again\r\n\r\n"
    path = archive(
        tmp_path,
        record("response", ORIGINAL, PAGE),
        record("revisit", REPEATED, b"HTTP/1.1 200 OK\r\n\r\n", number=1, more=refers),
        record("response", "http://a.kg/old", moved, number=2),
    )
    import_warcs([path], None, "zz", ROUND, tmp_path / "data")
    folder = site_folder(tmp_path / "data", ROUND, "zz-a.kg")
    titles = ("Page", "Again", None)
    pairs = zip(read_captures(folder), titles, strict=True)
    return [Kept(folder=folder, capture=capture, title=title) for capture, title in pairs]


def files_of(path: Path) -> dict[str, bytes]:
    """Return the files in a WACZ."""
    with zipfile.ZipFile(path) as package:
        return {name: package.read(name) for name in package.namelist()}


def test_a_wacz_has_the_files_that_the_format_asks_for(tmp_path: Path, kept: list[Kept]):
    """And a manifest with size and digest of each, which has a digest itself."""
    write_wacz(tmp_path / "e.wacz", kept, "Evidence")
    files = files_of(tmp_path / "e.wacz")
    package = json.loads(files["datapackage.json"])
    told = {one["path"]: (one["bytes"], one["hash"]) for one in package["resources"]}
    found = {
        name: (len(content), f"sha256:{hashlib.sha256(content).hexdigest()}")
        for name, content in files.items()
    }
    digest = json.loads(files["datapackage-digest.json"])

    assert {"archive/evidence.warc.gz", "indexes/index.cdx", "pages/pages.jsonl"} == set(told)
    assert told == {name: found[name] for name in told}
    assert ("1.1.1", "data-package") == (package["wacz_version"], package["profile"])
    assert found["datapackage.json"][1] == digest["hash"]


def test_the_index_leads_to_each_record(tmp_path: Path, kept: list[Kept]):
    """By offset and length, without reading the rest of the file."""
    write_wacz(tmp_path / "e.wacz", kept, "Evidence")
    files = files_of(tmp_path / "e.wacz")
    lines = files["indexes/index.cdx"].decode().splitlines()
    led_to = {}
    for line in lines:
        place = json.loads(line.split(" ", 2)[2])
        begin, length = int(place["offset"]), int(place["length"])
        led_to[place["url"]] = gzip.decompress(files["archive/evidence.warc.gz"][begin : begin + length])

    assert sorted(lines) == lines
    assert all(f"WARC-Target-URI: {url}".encode() in raw for url, raw in led_to.items())
    assert {one.capture.url for one in kept} == set(led_to)


def test_a_page_that_repeats_another_brings_that_one(tmp_path: Path, kept: list[Kept]):
    """Else its body would be nowhere; and it is there once, however many repeat it."""
    repeated = [one for one in kept if one.capture.url == REPEATED]
    count = write_wacz(tmp_path / "e.wacz", [*repeated, *repeated], "Evidence")

    assert 2 == count
    assert 2 == len(files_of(tmp_path / "e.wacz")["indexes/index.cdx"].splitlines())


def test_pages_are_what_a_person_may_look_at(tmp_path: Path, kept: list[Kept]):
    """With title and time; what only leads to them is not listed."""
    write_wacz(tmp_path / "e.wacz", kept, "Evidence")
    head, *pages = map(json.loads, files_of(tmp_path / "e.wacz")["pages/pages.jsonl"].splitlines())

    assert ("json-pages-1.0", "Evidence") == (head["format"], head["title"])
    assert [("Page", "2026-11-05T06:07:08Z"), ("Again", "2026-11-05T06:07:08Z")] == [
        (page["title"], page["ts"]) for page in pages
    ]


def test_the_same_captures_give_the_same_bytes(tmp_path: Path, kept: list[Kept]):
    """In whatever order they come, and whenever."""
    write_wacz(tmp_path / "one.wacz", kept, "Evidence")
    write_wacz(tmp_path / "two.wacz", kept[::-1], "Evidence")

    assert (tmp_path / "one.wacz").read_bytes() == (tmp_path / "two.wacz").read_bytes()


def test_the_records_are_clean_and_verbatim(tmp_path: Path, kept: list[Kept]):
    """`warcio check` has nothing to say, and each member is a piece of the capture's own file."""
    write_wacz(tmp_path / "e.wacz", kept, "Evidence")
    content = files_of(tmp_path / "e.wacz")["archive/evidence.warc.gz"]
    (tmp_path / "evidence.warc.gz").write_bytes(content)
    places = [one.capture for one in kept]
    members = [
        (kept[0].folder / str(place.warc_file)).read_bytes()[place.warc_offset :][: place.warc_length]
        for place in places
    ]

    assert all(member in content for member in members)
    assert "" == complaints([tmp_path / "evidence.warc.gz"])


def test_no_evidence_is_no_file(tmp_path: Path):
    """An empty archive would look like proof of nothing."""
    with pytest.raises(CaptureError, match="expected at least one"):
        write_wacz(tmp_path / "e.wacz", [], "Evidence")

    assert not (tmp_path / "e.wacz").exists()
