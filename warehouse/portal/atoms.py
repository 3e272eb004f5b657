"""The smallest pieces of a page that hold crawled words and addresses, made safe in one place."""

import ada_url
from markupsafe import Markup, escape

_WEB = frozenset({"http:", "https:"})
_UNKNOWN = "und"


def bdi(words: str, language: str = "") -> Markup:
    """Return crawled `words` as text, set apart from the direction and the language of the page around it."""
    if language and language != _UNKNOWN:
        return Markup('<bdi lang="{}">{}</bdi>').format(language, words)
    return Markup("<bdi>{}</bdi>").format(words)


def web(url: str | None, words: str | None = None) -> Markup:
    """Return a link to a page of the web; what is no http(s) address is shown as text and leads nowhere."""
    if not url:
        return Markup("")
    shown = escape(words or url)
    if not is_web(url):
        return Markup('<bdi dir="ltr">{}</bdi>').format(shown)
    return Markup('<a href="{}" rel="noopener nofollow"><bdi{}>{}</bdi></a>').format(
        url, Markup("") if words else Markup(' dir="ltr"'), shown
    )


def is_web(url: str) -> bool:
    """Return whether `url` is an absolute http(s) address, read as browsers read it."""
    return ada_url.check_url(url) and ada_url.URL(url).protocol in _WEB
