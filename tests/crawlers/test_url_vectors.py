"""Addresses are read as the WHATWG's standard says; where another project's expectation differs, here is why.

The vectors are iipc/urlcanon's. What makes two addresses one page is not their business here, but
`canonical_url`'s.
"""

import json
from functools import cache
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from spellings import URL_VECTORS

from crawlers.network.addresses import parse_address

needs_vectors = pytest.mark.skipif(not URL_VECTORS.exists(), reason="the shared vectors are not here")

# Address -> why we read it otherwise than urlcanon's old copy of the standard.
OF_OLD = "an old draft made 0.0.0.0 of dots alone; to the standard of today they are an empty name"
REVIEWED = {
    **{
        f"http:{slashes}{dots}/a/b": OF_OLD
        for slashes in ("", "/", "//", "///")
        for dots in ("%2e", "%2e%2e", "%2e%2e%2e")
    },
    "http://â\x98\x83.net/": "their UTF-8 was read as Latin-1; such letters no name can have",
}
NO_NUMBER = {"0000xa": "0000x is no prefix of a hexadecimal number: it is a name, which nobody has"}


@cache
def _vectors(name: str) -> Any:
    path = URL_VECTORS / f"urlcanon_{name}.json"
    return json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}


def _read(url: str) -> str | None:
    address = parse_address(url)
    return address.url if address else None


@needs_vectors
@pytest.mark.parametrize("url", _vectors("supplemental_whatwg"))
def test_an_address_is_read_as_the_standard_says(url: str):
    """Each of 118, but for those that are reviewed."""
    expected = _read(_vectors("supplemental_whatwg")[url])

    assert (_read(url) == expected) is (url not in REVIEWED)


@needs_vectors
@pytest.mark.parametrize("url", _vectors("parsing"))
def test_host_and_path_are_told_from_each_other(url: str):
    """With a user's name or password, or without a host, an address is none for us."""
    parts = _vectors("parsing")[url]
    address = parse_address(url)
    is_ours = parts["scheme"].lower() in {"http", "https"} and parts["host"] and not parts["username"]
    expected = (parts["host"].lower(), (parts["path"] or "/").replace("\\", "/")) if is_ours else None

    assert expected == ((address.host, address.path) if address else None)


@needs_vectors
@pytest.mark.parametrize("host", _vectors("funky_ipv4"))
def test_a8_a_number_is_the_address_that_it_stands_for(host: str):
    """Or none at all, where it stands for nothing."""
    address = parse_address(f"http://{host}/")

    assert ((NO_NUMBER.get(host) and host) or _vectors("funky_ipv4")[host]) == (
        address.host if address else None
    )


@needs_vectors
@pytest.mark.parametrize("url", _vectors("idempotence"))
def test_reading_again_changes_nothing(url: str):
    """What was read once is read the same."""
    once = _read(url)

    assert once is None or once == _read(once)


@given(st.text(max_size=30), st.text(alphabet=":/\\@#?.%[]0123456789xabcdef\t\n ", max_size=30))
def test_whatever_is_read_has_a_host_and_is_read_the_same_again(host: str, rest: str):
    """For any text at all."""
    address = parse_address(f"http://{host}{rest}")

    assert address is None or (address.host and address == parse_address(address.url))


@pytest.mark.parametrize("url", ["http://./", "http://a..kg/", "http://.kg/", "http://a.kg../", "http:///"])
def test_a_host_with_an_empty_label_is_none(url: str):
    """No name server knows it, and a scope must not take it for its own."""
    assert parse_address(url) is None
