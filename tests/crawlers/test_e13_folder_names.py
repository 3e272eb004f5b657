"""E13: folders and files that are named after hosts, whatever an archive calls its hosts."""

import string
from pathlib import Path, PurePosixPath

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from small_sites import ROUND
from small_warcs import archive, record

from crawlers.archive import import_warcs
from crawlers.archives.unlisted import _folder_name
from crawlers.politeness.host_queue import _file_name
from crawlers.storing.mending import mend_all
from crawlers.storing.shelf import is_shelved

SAFE = set(string.ascii_lowercase + string.digits + ".-")
PAGE = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<p>page"
NAMES = (
    "..",
    "../../etc",
    "a/b",
    "CON",
    "nul",
    "кызмат?",
    "🏛",
    "x" * 300,
    "a.part",
    "a.old",
    "a\0b",
    "~",
    "-",
    "",
)


@pytest.mark.parametrize("host", NAMES)
def test_e13_an_unlisted_hosts_folder_stays_where_it_belongs(host: str):
    """One folder below the round's, in letters that every file system has, and none of our own endings."""
    made = f"zz-{_folder_name(host)}"

    assert set(made) <= SAFE
    assert len(made) <= 120
    assert (1, True) == (len(PurePosixPath(made).parts), is_shelved(Path(made)))


@given(*[st.text(st.characters(codec="utf-8", exclude_characters=":"), max_size=120)] * 2)
def test_e13_two_hosts_never_share_a_folder(one: str, other: str):
    """A host is the same in capitals, nothing else is; a port has a law of its own."""
    same_host = one.lower() == other.lower()

    assert same_host or _folder_name(one) != _folder_name(other)


@given(st.text(max_size=300), st.text(max_size=300))
@example("", ".")
def test_e13_two_hosts_never_share_a_queue(one: str, other: str):
    """The file's name is safe, short enough, and the host's alone."""
    names = [_file_name(host) for host in (one, other)]

    assert (one == other) == (names[0] == names[1])
    assert all("/" not in name and len(name.encode()) <= 240 and name not in {".", ".."} for name in names)


def test_e13_a_host_that_is_named_like_our_own_folders_is_mended_into_no_other(tmp_path: Path):
    """`a.part` is a host like any other: its captures never take the place of those of `a`."""
    pages = (record("response", f"http://{host}/", PAGE, number=n) for n, host in enumerate(("a", "a.part")))
    import_warcs([archive(tmp_path, *pages)], None, "zz", ROUND, tmp_path / "data")
    folders = {path.name for path in (tmp_path / "data" / "captures" / ROUND).iterdir()}
    mend_all(tmp_path / "data")

    assert 2 == len(folders)
    assert folders == {path.name for path in (tmp_path / "data" / "captures" / ROUND).iterdir()}
