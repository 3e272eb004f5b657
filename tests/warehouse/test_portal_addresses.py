"""Addresses of pages: safe on every file system, different for different things, and relative."""

import string
from pathlib import PurePosixPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from warehouse.portal import addresses


@pytest.mark.parametrize("value", ["tax", "birth-certificate", "sample-tax", "0a1b2c3d", "gov.kg"])
def test_a_safe_id_is_its_own_folder(value: str):
    """So addresses can be read and guessed."""
    assert value == addresses.segment(value)


@pytest.mark.parametrize(
    "value",
    [
        "",
        ".",
        "..",
        "../x",
        "a/b",
        "CON",
        "nul",
        "com1.x",
        "кызмат?",
        "Tax",
        "a b",
        "x" * 300,
        "page-2",
        "..%2f..%2fetc",
        "..\\..\\x",
        "a\0b",
        "\u202etxt.exe",
        "aux.",
        "~",
        "🏛",
        "a--b",
    ],
)
def test_e13_an_unsafe_id_becomes_a_safe_folder(value: str):
    """No path, no device of Windows, no capitals, no page of a list, nothing long."""
    made = addresses.segment(value)

    assert made != value
    assert len(made) <= 60
    assert set(made) <= set(string.ascii_lowercase + string.digits + "-")


@given(st.text(max_size=40), st.text(max_size=40))
def test_e13_different_ids_have_different_folders(one: str, other: str):
    """Also where a file system does not tell capitals from small letters."""
    assert (one == other) == (addresses.segment(one).lower() == addresses.segment(other).lower())


@given(st.text(max_size=60))
def test_e13_every_id_has_a_folder_and_the_same_one_each_time(value: str):
    """The function is total, and never leaves its folder."""
    made = addresses.segment(value)

    assert (made, 1) == (addresses.segment(value), len(PurePosixPath(made).parts))
    assert made not in {"", ".", ".."}


@pytest.mark.parametrize(
    "place", [addresses.HOME, addresses.METHOD, "sample/services/abc", "datasets/out_services"]
)
def test_the_way_up_leads_to_the_portal_s_folder(place: str):
    """From a page, as many steps up as there are folders."""
    folder = PurePosixPath(addresses.file_of("ky", place)).parent

    assert len(folder.parts) == addresses.up(place).count("../")
