"""Find where a page's links lead, as a browser would see them."""

import re
from collections.abc import Iterator

import ada_url
from scrapy.http import HtmlResponse
from selectolax.lexbor import LexborHTMLParser, LexborNode

_REFRESH = re.compile(r"\s*[\d.]*\s*[;,]?\s*url\s*=\s*['\"]?\s*([^'\"]+)", re.IGNORECASE)
_LONGEST_TEXT = 200  # characters of a link's text that are kept
_LINKS = "a[href], area[href], iframe[src], link[rel~=alternate][hreflang], link[rel~=canonical]"


def links_of(body: bytes, url: str, content_type: str | None) -> list[tuple[str, str]]:
    """Return each link of a page as (absolute address, text), in the page's order.

    Addresses are not yet canonical, and may be of any scheme.
    """
    return links_in(tree_of(body, url, content_type), url)


def tree_of(body: bytes, url: str, content_type: str | None) -> LexborHTMLParser:
    """Return a page parsed, in the encoding that a browser would take."""
    headers = {"Content-Type": content_type} if content_type else None
    return LexborHTMLParser(HtmlResponse(url, body=body, headers=headers).text)


def links_in(tree: LexborHTMLParser, url: str) -> list[tuple[str, str]]:
    """Return each link of a parsed page, as `links_of` does."""
    base = base_of(tree, url)
    return [
        (target, text)
        for href, text in (*_refreshes(tree), *map(_link, tree.css(_LINKS)))
        if (target := joined(base, href)) is not None
    ]


def _link(node: LexborNode) -> tuple[str, str]:
    attributes = node.attributes
    href = attributes.get("href") or attributes.get("src") or ""
    text = node.text(strip=True, separator=" ") or attributes.get("title") or ""
    return href, " ".join(text.split())[:_LONGEST_TEXT]


def _refreshes(tree: LexborHTMLParser) -> Iterator[tuple[str, str]]:
    """Where `<meta http-equiv=refresh>` sends a browser."""
    for node in tree.css("meta[http-equiv=refresh i][content]"):
        found = _REFRESH.match(node.attributes.get("content") or "")
        if found:
            yield found[1].strip(), ""


def base_of(tree: LexborHTMLParser, url: str) -> str:
    """Return what the addresses in a page are relative to."""
    node = tree.css_first("base[href]")
    return (joined(url, node.attributes.get("href") or "") if node else None) or url


def joined(base: str, href: str) -> str | None:
    """Return a link's absolute address; None where a browser would not know either."""
    try:
        return ada_url.join_url(base, href.strip())
    except ValueError:
        return None
