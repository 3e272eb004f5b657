"""The smallest pieces of a page that hold crawled words and addresses, made safe in one place.

This is the one module that builds marked-up text from strings: every value in it passes through `escape`.
"""

# ruff: noqa: S704 - each value is escaped where it is put in; Markup.format does the same three times as slowly

import re

import ada_url
from markupsafe import Markup, escape

_WEB = frozenset({"http:", "https:"})
_UNKNOWN = "und"
_MARKS = re.compile(r"[\\`*_{}\[\]<>()#+|~!&]")
_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # XML 1.0, section 2.2


def bdi(words: str, language: str = "") -> Markup:
    """Return crawled `words` as text, set apart from the direction and the language of the page around it."""
    if language and language != _UNKNOWN:
        return Markup(f'<bdi lang="{escape(language)}">{escape(words)}</bdi>')
    return Markup(f"<bdi>{escape(words)}</bdi>")


def web(url: str | None, words: str | None = None) -> Markup:
    """Return a link to a page of the web; what is no http(s) address is shown as text and leads nowhere."""
    if not url:
        return Markup("")
    shown = escape(words or url)
    direction = "" if words else ' dir="ltr"'
    if not is_web(url):
        return Markup(f"<bdi{direction}>{shown}</bdi>")
    link = escape(url.replace(" ", "%20"))
    return Markup(f'<a href="{link}" rel="noopener nofollow"><bdi{direction}>{shown}</bdi></a>')


def is_web(url: str) -> bool:
    """Return whether `url` is an absolute http(s) address, read as browsers read it."""
    return ada_url.check_url(url) and ada_url.URL(url).protocol in _WEB


def markdown(words: str) -> str:
    """Return crawled `words` on one line, as Markdown shows them: no mark-up, no HTML (CommonMark, 2.4)."""
    return _MARKS.sub(r"\\\g<0>", " ".join(words.split()))


def xml(words: str) -> str:
    """Return crawled `words` without the characters that no XML file may hold; they are not escaped here."""
    return _NO_XML.sub("", words)
