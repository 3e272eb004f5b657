"""Measure how much of a page a reader sees, before and after its scripts have run.

This decides only whether to try a browser. Whether a page needs scripts is decided once, by the pipeline,
on whatever was kept of it.
"""

import re

from scrapy.http import HtmlResponse
from selectolax.lexbor import LexborHTMLParser

from crawlers.rendering.rules import rendering_rules

_UNSEEN = ["script", "style", "template", "noscript", "head", "svg"]
_HAS_SCRIPT = re.compile(rb"<script[\s>]", re.IGNORECASE)


def is_thin(body: bytes, url: str, content_type: str | None) -> bool:
    """Whether a page has scripts and hardly any text: the cheap questions first, as all pages are asked."""
    if not _HAS_SCRIPT.search(body):
        return False
    return visible_characters(text_of(body, url, content_type)) <= rendering_rules().thin_characters


def text_of(body: bytes, url: str, content_type: str | None) -> str:
    """Return a page's source, decoded as browsers decode it."""
    headers = {"Content-Type": content_type} if content_type else None
    return HtmlResponse(url, body=body, headers=headers).text


def visible_characters(html: str) -> int:
    """Return how many characters of text a page shows, spaces folded."""
    tree = LexborHTMLParser(html)
    tree.strip_tags(_UNSEEN)
    return len(" ".join(tree.body.text(separator=" ").split())) if tree.body else 0
