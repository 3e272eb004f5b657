"""A list of WARC files names each file once, and says what is wrong with it."""

import gzip
from pathlib import Path

import pytest

from crawlers.archives.warc_list import read_warc_list
from crawlers.errors import ArchiveError

_LINES = "crawl-data/one.warc.gz\n\n# a note\ncrawl-data/two.warc.gz\ncrawl-data/one.warc.gz\n"


@pytest.mark.parametrize("pack", [bytes, gzip.compress])
def test_a_list_is_read_packed_or_not(pack: type, tmp_path: Path):
    """As Common Crawl publishes it; a file that is named twice is read once."""
    (tmp_path / "warc.paths").write_bytes(pack(_LINES.encode()))
    listed = read_warc_list(tmp_path / "warc.paths")

    assert ["crawl-data/one.warc.gz", "crawl-data/two.warc.gz"] == [one.name for one in listed]
    assert tmp_path / "crawl-data/one.warc.gz" == listed[0].path


def test_paths_begin_where_the_prefix_says(tmp_path: Path):
    """The list and the files may lie apart; a path that is whole stays as it is."""
    (tmp_path / "list").write_text("one.warc.gz\n/else/two.warc.gz\n", "utf-8")
    listed = read_warc_list(tmp_path / "list", Path("/archive"))

    assert [Path("/archive/one.warc.gz"), Path("/else/two.warc.gz")] == [one.path for one in listed]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"\n# nothing\n", "names no file"),
        (
            b"https://example.org/one.warc.gz\n",
            "https://example.org/one.warc.gz: expected the path of a file",
        ),
        (gzip.compress(b"one.warc.gz\n", mtime=0)[:-9], "cannot be read"),
        (b"\xff\xfe", "cannot be read"),
    ],
)
def test_what_is_no_list_is_refused(content: bytes, said: str, tmp_path: Path):
    """With its name and what was expected."""
    (tmp_path / "list").write_bytes(content)

    with pytest.raises(ArchiveError, match=f"{tmp_path / 'list'}: {said}"):
        read_warc_list(tmp_path / "list")


def test_a_list_that_is_not_there_is_named(tmp_path: Path):
    """And nothing else happens."""
    with pytest.raises(ArchiveError, match="none: cannot be read"):
        read_warc_list(tmp_path / "none")
