"""Find where a page's links lead, as a browser would see them."""

import codecs
import contextlib
import re
from collections.abc import Callable, Iterator
from functools import lru_cache

import ada_url
from scrapy.http import HtmlResponse
from selectolax.lexbor import LexborHTMLParser, LexborNode

# No part gives back what it took: where nothing follows a mass of spaces, that is told by one look at each.
_REFRESH = re.compile(r"\s*+[\d.]*+\s*+[;,]?+\s*+url\s*+=\s*['\"]?\s*([^'\"]+)", re.IGNORECASE)
_CHARSET = re.compile(r"charset=([\w-]+)", re.IGNORECASE)
_UTF8 = {"utf-8", "utf8"}
_MARKS = (codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
# An absolute path, perhaps with a query, of which the URL standard changes nothing: no part begins with a
# dot or is empty, and no character would be escaped.
_SEGMENT = r"[\w~!$&()*+,;=:@-][\w~!$&()*+,;=:@.-]*"
_PLAIN_PATH = re.compile(rf"/(?:{_SEGMENT}(?:/{_SEGMENT})*/?)?(?:\?[\w~!$&()*+,;=:@./?-]*)?", re.ASCII)
_LONGEST_TEXT = 200  # characters of a link's text that are kept
_LINKS = "a[href], area[href], iframe[src], link[rel~=alternate][hreflang], link[rel~=canonical]"


def links_of(body: bytes, url: str, content_type: str | None) -> list[tuple[str, str]]:
    """Return each link of a page as (absolute address, text), in the page's order.

    Addresses are not yet canonical, and may be of any scheme.
    """
    return links_in(tree_of(body, url, content_type), url)


def tree_of(body: bytes, url: str, content_type: str | None) -> LexborHTMLParser:
    """Return a page parsed, in the encoding that a browser would take."""
    return LexborHTMLParser(_text(body, url, content_type))


def links_in(
    tree: LexborHTMLParser, url: str, is_known: Callable[[str], bool] = lambda _: False
) -> list[tuple[str, str]]:
    """Return each link of a parsed page, as `links_of` does, but for those whose address `is_known`."""
    base = base_of(tree, url)
    targets = [(joined(base, href), "") for href in _refreshes(tree)]
    for node in tree.css(_LINKS):
        attributes = node.attributes
        target = joined(base, attributes.get("href") or attributes.get("src") or "")
        if target is not None and not is_known(target):
            targets.append((target, _text_of(node, attributes.get("title"))))
    return [(target, text) for target, text in targets if target is not None]


def _text_of(node: LexborNode, title: str | None) -> str:
    text = node.text(strip=True, separator=" ") or title or ""
    return " ".join(text.split())[:_LONGEST_TEXT]


def _refreshes(tree: LexborHTMLParser) -> Iterator[str]:
    """Where `<meta http-equiv=refresh>` sends a browser."""
    for node in tree.css("meta[http-equiv=refresh i][content]"):
        found = _REFRESH.match(node.attributes.get("content") or "")
        if found:
            yield found[1].strip()


def base_of(tree: LexborHTMLParser, url: str) -> str:
    """Return what the addresses in a page are relative to."""
    node = tree.css_first("base[href]")
    return (joined(url, node.attributes.get("href") or "") if node else None) or url


def _text(body: bytes, url: str, content_type: str | None) -> str:
    """The page decoded as a browser would: a byte order mark counts first, then what the server said."""
    said = _CHARSET.search(content_type or "")
    if said and said[1].lower() in _UTF8 and not body.startswith(_MARKS):
        with contextlib.suppress(UnicodeDecodeError):  # then Scrapy knows how to go on
            return body.decode()
    headers = {"Content-Type": content_type} if content_type else None
    return HtmlResponse(url, body=body, headers=headers).text


def joined(base: str, href: str) -> str | None:
    """Return a link's absolute address; None where a browser would not know either."""
    href = href.strip()
    root = _root(base) if _is_plain(href) else None
    return root + href if root else _joined_by_the_standard(base, href)


@lru_cache(maxsize=8192)
def _is_plain(href: str) -> bool:
    """Whether an absolute path stays as it is; the same ones stand on many pages."""
    return _PLAIN_PATH.fullmatch(href) is not None


@lru_cache(maxsize=1024)
def _root(base: str) -> str | None:
    """What stands before the path in every address of a web page's host; None where `base` has no host."""
    target = _joined_by_the_standard(base, "/")
    return target.removesuffix("/") if target and target.startswith(("http://", "https://")) else None


def _joined_by_the_standard(base: str, href: str) -> str | None:
    try:
        return ada_url.join_url(base, href)
    except ValueError:
        return None
