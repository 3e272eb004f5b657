"""One page, one address: against the vectors of iipc/urlcanon, and however its name is written."""

import hashlib
import json
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st

from crawlers.network.addresses import parse_address
from crawlers.politeness.decisions import Rule
from crawlers.visiting.address_forms import family_of
from crawlers.visiting.canonical import canonical_url
from crawlers.visiting.frontier import Frontier, Wanted

VECTORS = Path(__file__).parents[2].parent / "shared" / "vectors" / "urls"
DIFFERENCES = Path(__file__).with_name("url_differences.yml")
needs_vectors = pytest.mark.skipif(not VECTORS.exists(), reason="the shared vectors are not here")


def cases(name: str) -> Iterator[tuple[str, str, str]]:
    """Yield (id, spelling, expected) of each web address in a file of vectors."""
    for spelling, expected in json.loads((VECTORS / f"{name}.json").read_text(encoding="utf-8")).items():
        if str(expected).startswith(("http:", "https:")):
            case = hashlib.sha256(f"{name}\n{spelling}".encode()).hexdigest()[:10]
            yield case, as_text(spelling), expected


def as_text(spelling: str) -> str:
    """Return a spelling as text: the files give the bytes of UTF-8 one by one, where they are such."""
    try:
        return spelling.encode("latin-1").decode()
    except ValueError:
        return spelling


def reviewed() -> dict[str, str]:
    """Return the cases in which we differ on purpose, each with its reason."""
    rows = yaml.safe_load(DIFFERENCES.read_text(encoding="utf-8"))
    return {case: row["reason"] for row in rows for case in row["cases"]}


def differing() -> Iterator[str]:
    """Yield the cases in which we differ from the vectors."""
    for name in ("urlcanon_semantic_precise", "urlcanon_supplemental_whatwg"):
        yield from (case for case, spelling, expected in cases(name) if expected != canonical_url(spelling))
    # The aggressive vectors join what is most likely the same page: our families do, not our addresses.
    for case, spelling, expected in cases("urlcanon_aggressive"):
        canonical = canonical_url(spelling)
        if canonical is None or family_of(expected) != family_of(canonical):
            yield case


@needs_vectors
def test_c2_c8_every_difference_from_the_vectors_is_reviewed():
    """279 cases; a new difference, and one that is none any more, both fail."""
    assert set(reviewed()) == set(differing())


@needs_vectors
def test_most_vectors_agree():
    """The reviewed list does not grow into the rule."""
    names = ("urlcanon_semantic_precise", "urlcanon_supplemental_whatwg", "urlcanon_aggressive")
    count = sum(len(list(cases(name))) for name in names)

    assert 279 == count
    assert len(reviewed()) < count / 2


@needs_vectors
def test_every_vector_stays_as_it_is_once_canonical():
    """Those of the file on idempotence, and all others."""
    texts = json.loads((VECTORS / "urlcanon_idempotence.json").read_text(encoding="utf-8"))
    for name in ("urlcanon_semantic_precise", "urlcanon_supplemental_whatwg", "urlcanon_aggressive"):
        texts += [spelling for _, spelling, _ in cases(name)]
    changed = [text for text in texts if (once := canonical_url(text)) and once != canonical_url(once)]

    assert [] == changed


@needs_vectors
def test_a8_numbers_as_hosts_are_read_as_browsers_read_them():
    """47 spellings of IPv4 addresses; those that are none are no address."""
    spellings = json.loads((VECTORS / "urlcanon_funky_ipv4.json").read_text(encoding="utf-8"))
    hosts = {spelling: parse_address(f"http://{spelling}/") for spelling in spellings}
    read = {spelling: address.host if address else None for spelling, address in hosts.items()}

    assert spellings == {spelling: _if_numbers(host) for spelling, host in read.items()}


def _if_numbers(host: str | None) -> str | None:
    return host if host and host.replace(".", "").isdigit() else None


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("http://нэб.рф/", "http://xn--90ax2c.xn--p1ai/"),
        ("http://НЭБ.РФ/", "http://нэб.рф/"),
        ("http://a.kg/услуги", "http://a.kg/%D1%83%D1%81%D0%BB%D1%83%D0%B3%D0%B8"),
        ("http://a.kg/%d1%83%d1%81", "http://a.kg/%D1%83%D1%81"),
        ("http://a.kg/?q=кызмат", "http://a.kg/?q=%d0%ba%d1%8b%d0%b7%d0%bc%d0%b0%d1%82"),
        ("http://a.kg/%7Euser/%61", "http://a.kg/~user/a"),
        ("http://a.kg./x", "http://a.kg/x"),
        ("http://ａ.kg/x", "http://a.kg/x"),
        ("http://a。kg/x", "http://a.kg/x"),
        ("http://a.kg/x?", "http://a.kg/x"),
    ],
)
def test_c8_names_and_escapes_have_one_spelling(one: str, other: str):
    """IDN and punycode, full width, escapes in upper and lower case, escapes that need not be."""
    assert canonical_url(one) == canonical_url(other)


def test_c8_letters_with_marks_are_asked_for_in_one_of_their_two_forms():
    """As they are written, as a server's files may be named in either; the other form was seen then."""
    name = "маалымат-жай-ёлка"
    composed, taken_apart = (
        canonical_url(f"http://a.kg/{unicodedata.normalize(form, name)}") for form in ("NFC", "NFD")
    )
    assert composed
    assert taken_apart
    frontier = Frontier()
    frontier.add(Wanted(url=taken_apart, depth=1))
    frontier.add(Wanted(url=composed, depth=1))

    assert composed != taken_apart
    assert 1 == len(frontier)


def test_c8_kyrgyz_letters_are_no_letters_with_marks():
    """ө, ү and ң are letters of their own: nothing is taken from them."""
    frontier = Frontier()
    for name in ("өкмөт", "окмот", "үй", "уй", "жаңы", "жаны"):
        assert frontier.add(Wanted(url=str(canonical_url(f"http://a.kg/{name}")), depth=1)) is None

    assert 6 == len(frontier)


@given(st.text(max_size=40), st.text(max_size=40))
@example("%%36%31", "%%300")
@example("(S(a))(S(b))", "sort=&sort")
@example("//a//", "b&&a")
@example("x/;sid=1/y", "")
def test_a_canonical_address_stays_as_it_is_whatever_it_is(path: str, query: str):
    """Applying the rules twice changes nothing: not by escapes, slashes, sessions or order."""
    once = canonical_url(f"http://a.kg/{path}?{query}")

    assert once is None or once == canonical_url(once)


@given(st.text(alphabet="aB/%2fé?&=;()", max_size=30))
def test_a_family_is_the_same_for_all_its_members(rest: str):
    """Scheme and `www.` never tell families apart."""
    found = [canonical_url(f"{origin}/{rest}") for origin in ("http://a.kg", "https://www.a.kg")]

    assert 1 == len({family_of(url) for url in found if url})


def test_an_address_without_a_host_is_none():
    """Dots alone name nobody."""
    assert [None, None] == [canonical_url("http://./x"), canonical_url("http://../x")]


def test_files_without_words_are_refused_whatever_the_case_of_their_ending():
    """`.JPG` is one too."""
    assert Rule.FILE_TYPE == Frontier().add(Wanted(url="http://a.kg/X.JPG", depth=1))
