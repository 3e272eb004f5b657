"""What else one can do with a page, from a WARC record's bytes on: the floor, the usual stack, the naive one.

Frozen: figures of other years rest on these lines. None of them judges anything; they only prepare to.
"""

import hashlib
from collections.abc import Callable, Sequence

import ahocorasick_rs
import pycld2
import trafilatura
import turbohtml
from bs4 import BeautifulSoup
from lxml import html

Stack = Callable[[bytes], object]


def floor(words: Sequence[str]) -> Stack:
    """Return the least that understanding needs, by the fastest library for each part.

    One parse, addresses, forms, main text, one pass for all `words`, language, digest.
    """
    automaton = ahocorasick_rs.AhoCorasick(list(words))

    def understand(body: bytes) -> None:
        page = turbohtml.parse(body.decode("utf-8", "replace"))
        [link.attrs.get("href") for link in page.select("a[href]")]
        page.select("form")
        text = page.main_text()
        automaton.find_matches_as_indexes(text.lower(), overlapping=True)
        _language(text)
        hashlib.sha256(text.encode()).digest()

    return understand


def usual(body: bytes) -> None:
    """Links by lxml, main text by trafilatura's fast mode, language: what a scraper's author reaches for."""
    try:
        tree = html.fromstring(body)
    except (ValueError, html.etree.ParserError):
        return  # lxml refuses some real pages whole
    tree.xpath("//a/@href")
    _language(trafilatura.extract(body, fast=True, include_comments=False) or "")


def naive(words: Sequence[str]) -> Stack:
    """Return BeautifulSoup for links, trafilatura for text, and a loop over all `words`."""

    def understand(body: bytes) -> None:
        soup = BeautifulSoup(body, "html.parser")
        [link.get("href") for link in soup.find_all("a")]
        text = (trafilatura.extract(body) or "").lower()
        [word for word in words if word in text]

    return understand


def _language(text: str) -> None:
    try:
        pycld2.detect(text.encode(), bestEffort=True)
    except pycld2.error:
        return  # it refuses some characters; ours have been taken out
