"""A site's own lists of its pages: read so far as they can be, and no further (case C6)."""

import gzip
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sitemap_texts import HERE, A, index, urlset

from crawlers.visiting.sitemaps import read_sitemap, sitemap_rules


def test_pages_and_sitemaps_are_told_apart():
    """By the element that they stand in."""
    pages, further = (read_sitemap(text.encode(), HERE) for text in (urlset(f"{A}/1"), index(f"{A}/s.xml")))

    assert ([f"{A}/1"], []) == (pages.pages, pages.sitemaps)
    assert ([], [f"{A}/s.xml"]) == (further.pages, further.sitemaps)


def test_an_address_may_be_written_over_several_lines_and_with_references():
    """As machines write them."""
    text = urlset("\n  http://a.kg/?a=1&amp;b=2\n ", "<![CDATA[http://a.kg/x]]>")

    assert [f"{A}/?a=1&b=2", f"{A}/x"] == read_sitemap(text.encode(), HERE).pages


@pytest.mark.parametrize("namespace", ["", "http://www.google.com/schemas/sitemap/0.84", "wrong"])
def test_c6_a_wrong_namespace_or_none_is_forgiven(namespace: str):
    """The names of the elements are enough."""
    assert [f"{A}/1"] == read_sitemap(urlset(f"{A}/1", namespace=namespace).encode(), HERE).pages


def test_c6_a_relative_location_is_taken_from_the_sitemaps_place():
    """The protocol wants whole addresses; sites do not always know."""
    assert [f"{A}/ru/x", f"{A}/ru/y"] == read_sitemap(urlset("/ru/x", "ru/y").encode(), HERE).pages


def test_c6_images_in_a_sitemap_are_no_pages():
    """Their locations stand in an element of their own."""
    image = (
        '<image:image xmlns:image="http://www.google.com/schemas/sitemap-image/1.1"><image:loc>{}</image:loc>'
    )
    text = urlset("X").replace("<loc>X</loc>", f"<loc>{A}/1</loc>{image.format('/i.png')}</image:image>")

    assert [f"{A}/1"] == read_sitemap(text.encode(), HERE).pages


@pytest.mark.parametrize(
    "text",
    [
        f"<rss version='2.0'><channel><link>{A}/</link><item><link>{A}/1</link></item></channel></rss>",
        f"<a:feed xmlns:a='http://www.w3.org/2005/Atom'><a:entry><a:link href='{A}/1'/></a:entry></a:feed>",
        f"\ufeff{A}/1\r\nno address\r\n\r\n",
        f"<?xml version='1.0'?>\n<!-- made by hand -->\n<urlset><url><loc>{A}/1</loc></url></urlset>",
    ],
    ids=["rss", "atom", "text", "no namespace"],
)
def test_c6_feeds_and_plain_text_are_sitemaps_too(text: str):
    """The protocol allows them."""
    assert [f"{A}/1"] == read_sitemap(text.encode(), HERE).pages


def test_c6_a_sitemap_in_windows_1251_is_read():
    """Its declaration says so."""
    text = "<?xml version='1.0' encoding='windows-1251'?><urlset><url><loc>/услуги</loc></url></urlset>"

    assert [f"{A}/%D1%83%D1%81%D0%BB%D1%83%D0%B3%D0%B8"] == read_sitemap(text.encode("cp1251"), HERE).pages


def test_c6_what_was_read_before_a_fault_counts():
    """A server that died while writing has listed its first pages."""
    found = read_sitemap(urlset(f"{A}/1", f"{A}/2", f"{A}/3")[:-25].encode(), HERE)

    assert [f"{A}/1", f"{A}/2"] == found.pages
    assert found.fault


def test_c6_billion_laughs_are_not_laughed():
    """No document type is let in, so there are no entities at all."""
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    text = f'<!DOCTYPE x [<!ENTITY l0 "ha">{laughs}]><urlset><url><loc>{A}/&l9;</loc></url></urlset>'
    begun = time.process_time()
    found = read_sitemap(text.encode(), HERE)

    assert [] == found.pages
    assert "document type" in str(found.fault)
    assert time.process_time() - begun < 1


def test_c6_an_outer_entity_reads_no_file():
    """Nor does a parameter entity."""
    text = f'<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/hostname">]><urlset><url><loc>{A}/&f;</loc></url></urlset>'

    assert [] == read_sitemap(text.encode(), HERE).pages


def test_c6_a_gzip_bomb_is_not_unpacked():
    """A hundred megabytes of one sitemap are more than the protocol's fifty."""
    bomb = gzip.compress(b"<urlset>" + b" " * 100_000_000)
    found = read_sitemap(bomb, f"{HERE}.gz")

    assert [] == found.pages
    assert "more than" in str(found.fault)


def test_c6_a_packed_sitemap_is_unpacked():
    """Whatever the server calls it."""
    assert [f"{A}/1"] == read_sitemap(gzip.compress(urlset(f"{A}/1").encode()), HERE).pages


def test_c6_fifty_thousand_entries_are_enough():
    """More is against the protocol; the first count."""
    found = read_sitemap(urlset(*(f"{A}/{n}" for n in range(50_010))).encode(), HERE)

    assert sitemap_rules().max_entries == len(found.pages)
    assert found.fault


def test_c6_elements_deep_in_one_another_end_the_reading():
    """No sitemap has more than a few."""
    found = read_sitemap(b"<a>" * 100_000, HERE)

    assert "deep" in str(found.fault)


def test_c6_a_page_instead_of_a_sitemap_lists_nothing():
    """A soft 404, mostly."""
    assert [] == read_sitemap(b"<!DOCTYPE html><html><a href='/x'>x</a></html>", HERE).pages


@given(st.binary(max_size=300))
def test_c6_no_bytes_raise_anything(body: bytes):
    """Whatever comes is a sitemap, or has a fault."""
    read_sitemap(body, HERE)


@given(st.text(max_size=200))
def test_c6_no_text_raises_anything(text: str):
    """Nor does any text within a sitemap."""
    read_sitemap(urlset(text).encode("utf-8", "surrogatepass"), HERE)


def test_an_address_of_empty_lines_holds_up_no_visit():
    """Each line comes as a piece of its own: what is there already is not counted again for each."""
    begun = time.process_time()
    sitemap = read_sitemap(b"<urlset><url><loc>" + b"\n" * 500_000 + b"</loc></url></urlset>", "http://a.kg/")

    assert [] == sitemap.pages
    assert time.process_time() - begun < 4
