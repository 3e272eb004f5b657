"""What a page says about itself outside its text: title, language, alternates, media, schema.org types."""

import json
import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from selectolax.lexbor import LexborHTMLParser

from pipelines.pages.html_rules import html_rules
from pipelines.pages.language_rules import language_rules
from pipelines.pages.links import absolute
from pipelines.pages.text_flow import words_of
from pipelines.records import Alternate, Link

Attributes = dict[str, str | None]

_RULES = html_rules()
_JSON_TYPE = re.compile(r'"@type"\s*:\s*(?:"([^"]+)"|\[([^\]]*)\])')


class Metadata:
    """The head's declarations, and those that the walk meets on its way."""

    def __init__(self, tree: LexborHTMLParser, url: str) -> None:
        """Look at the head first: the base address must be known before the first link."""
        base = tree.css_first("base[href]")
        self.base = (absolute(url, base.attributes.get("href")) if base else "") or url
        title = tree.css_first("head > title") or tree.css_first("title")
        self.title = _folded(title.text() if title else "")
        self.description = ""
        self.language = ""
        self.script_count = len(tree.css("script"))
        self.unseen_text = " ".join(_folded(one.text()) for one in tree.css("noscript"))
        self._media: list[str] = []
        self._types: set[str] = set()
        self._alternates: dict[str, str] = {}
        self._note_head(tree)

    def note(self, tag: str, attributes: Attributes) -> None:
        """Take note of an element on the walk."""
        if tag == "html":
            self.language = (attributes.get("lang") or attributes.get("xml:lang") or "").strip().lower()
        elif tag in {"video", "audio", "iframe", "embed", "source", "object"}:
            self._note_media(tag, attributes)
        kind = attributes.get("itemtype") or attributes.get("typeof")
        if kind and ("itemtype" in attributes or "vocab" in attributes or ":" in kind):
            self._types.update(
                _type_name(one) for one in kind.split() if _RULES.schema_vocabulary.search(one) or ":" in one
            )

    def media_urls(self, links: Sequence[Link]) -> tuple[str, ...]:
        """Return the films and recordings that the page embeds or links to, each once, in order."""
        linked = [link.url for link in links if _plays(link.url)]
        return tuple(dict.fromkeys([*self._media, *linked]))

    def alternates(self, links: Sequence[Link], languages: Sequence[str]) -> tuple[Alternate, ...]:
        """Return the page's other languages: declared in the head, else offered by a language switch."""
        found = dict(self._alternates)
        for link, declared in zip(links, languages, strict=True):
            language = language_rules().language_code(declared) or language_rules().switch_names.get(
                link.text.lower().strip()
            )
            if language and link.url.startswith("http"):
                found.setdefault(language, link.url)
        return tuple(Alternate(language=language, url=url) for language, url in sorted(found.items()))

    def schema_types(self) -> tuple[str, ...]:
        """Return the schema.org types that the page declares, sorted."""
        return tuple(sorted(self._types))

    def _note_head(self, tree: LexborHTMLParser) -> None:
        for meta in tree.css("meta[content]"):
            attributes = meta.attributes
            name = (attributes.get("name") or attributes.get("property") or "").lower()
            if name == "description" or (name == "og:description" and not self.description):
                self.description = _folded(attributes.get("content") or "") or self.description
        for link in tree.css("link[hreflang]"):
            code = language_rules().language_code(link.attributes.get("hreflang") or "")
            url = absolute(self.base, link.attributes.get("href"))
            if code and url and "alternate" in (link.attributes.get("rel") or ""):
                self._alternates.setdefault(code, url)
        for script in tree.css('script[type="application/ld+json"]'):
            self._types.update(_json_types(script.text()))

    def _note_media(self, tag: str, attributes: Attributes) -> None:
        url = absolute(
            self.base, attributes.get("src") or attributes.get("data-src") or attributes.get("data")
        )
        if url and (tag in {"video", "audio"} or _plays(url)):
            self._media.append(url)


def _json_types(text: str) -> Iterator[str]:
    """Yield the types of a JSON-LD block; one that is no JSON is searched for them all the same."""
    try:
        pending = [json.loads(text)]
    except (ValueError, RecursionError):
        for single, several in _JSON_TYPE.findall(text):
            yield from map(_type_name, [single] if single else re.findall(r'"([^"]+)"', several))
        return
    while pending:
        value = pending.pop()
        if isinstance(value, dict):
            kinds = value.get("@type")
            yield from (
                _type_name(kind)
                for kind in (kinds if isinstance(kinds, list) else [kinds])
                if isinstance(kind, str)
            )
            pending += value.values()
        elif isinstance(value, list):
            pending += value


def _type_name(kind: str) -> str:
    return re.split(r"[/#:]", kind.rstrip("/"))[-1]


def _folded(text: str) -> str:
    return " ".join(words_of(text))


@lru_cache(maxsize=16384)
def _plays(url: str) -> bool:
    """Whether a film or a recording plays at `url`; kept, as menus repeat on all pages of a site."""
    return bool(_RULES.media_pattern.search(url))
