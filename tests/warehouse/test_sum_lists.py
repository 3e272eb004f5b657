"""Lists of sums are written and compared file by file: in order, whole, and whoever wrote them."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from warehouse.files import listed, paths_below, sums
from warehouse.private_words import without
from warehouse.sum_lists import differences, each_listed, side_by_side, write_sums

NAMES = ("b/x", "a", "a.b", "a-b/c", "ab/a", "B", "b.x", "a b/ц", "ab/a.b/d")
paths = st.lists(st.text("ab./-", min_size=1, max_size=4), unique=True)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder with files whose order is not that of their folders' names."""
    for name in NAMES:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(name)
    return tmp_path


def test_files_come_in_the_order_of_their_whole_paths(folder: Path):
    """A folder's name ends with its slash: `a-b/c` comes before `a.b`, and that before `a/b`."""
    assert sorted(NAMES) == list(paths_below(folder)) == [file.path for file in listed(folder)]


def test_a_link_to_a_folder_is_not_followed(folder: Path):
    """What lies elsewhere is no part of a release."""
    (folder / "elsewhere").symlink_to(folder / "b", target_is_directory=True)

    assert sorted(NAMES) == list(paths_below(folder))


def test_the_list_has_every_file_but_itself_and_those_that_have_a_list_of_their_own(folder: Path):
    """As `sha256sum --check` reads it."""
    everything = listed(folder)
    write_sums(folder, apart={"a.b": "SHA256SUMS-a"})

    assert sums(file for file in everything if file.path != "a.b") == (folder / "SHA256SUMS").read_text()
    assert sums(file for file in everything if file.path == "a.b") == (folder / "SHA256SUMS-a").read_text()
    assert [] == list(differences(folder))


def test_a_damaged_list_is_a_difference_and_no_error(folder: Path):
    """A name that is no UTF-8 any more is that of no file: what it named is on no list."""
    write_sums(folder, apart={})
    lists = folder / "SHA256SUMS"
    lists.write_bytes(lists.read_bytes().replace(b"  a.b\n", b"  a.\xff\n"))

    assert [("a.\\xff", "no such file"), ("a.b", "on no list")] == [
        (path, said) for path, was, now in differences(folder) for said in (was, now) if " " in said
    ]


def test_every_difference_is_found(folder: Path):
    """A file that changed, one that is missing, one that is on no list."""
    write_sums(folder, apart={"a.b": "SHA256SUMS-a"})
    expected = dict(each_listed(folder))
    (folder / "ab/a").write_text("other")
    (folder / "a.b").unlink()
    (folder / "ab/new").write_text("new")
    found = {path: (was, now) for path, was, now in differences(folder)}

    assert ["a.b", "ab/a", "ab/new"] == list(found)
    assert (expected["a.b"], "no such file") == found["a.b"]
    assert "on no list" == found["ab/new"][0]


def test_a_list_that_somebody_else_has_sorted_is_read_as_well(folder: Path):
    """By other rules of order, or none."""
    write_sums(folder, apart={})
    lines = (folder / "SHA256SUMS").read_text().splitlines(keepends=True)
    (folder / "SHA256SUMS").write_text("".join(reversed(lines)))

    assert [] == list(differences(folder))
    assert sorted(NAMES) == [path for path, _ in each_listed(folder)]


@settings(deadline=None)
@given(paths, paths)
def test_two_lists_are_compared_as_two_tables_would_be(some: list[str], others: list[str]):
    """Each path once, with what either says."""
    first, second = {path: f"1{path}" for path in some}, {path: f"2{path}" for path in others}
    expected = [(path, first.get(path), second.get(path)) for path in sorted({*first, *second})]

    assert expected == list(side_by_side(sorted(first.items()), sorted(second.items())))


@settings(deadline=None)
@given(paths, paths)
def test_what_is_known_is_passed_by_as_in_a_set(some: list[str], known: list[str]):
    """In the order of paths."""
    assert sorted(set(some) - set(known)) == list(without(sorted(some), sorted(known)))
