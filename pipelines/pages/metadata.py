"""What a page says about itself outside its text: title, language, alternates, media, schema.org types."""

from collections.abc import Sequence
from functools import lru_cache

from selectolax.lexbor import LexborHTMLParser

from pipelines.pages.declared import declared_by
from pipelines.pages.html_rules import html_rules
from pipelines.pages.language_rules import language_rules
from pipelines.pages.links import absolute
from pipelines.pages.schema_org import (
    every_thing,
    json_trees,
    marked_trees,
    schema_things,
    type_name,
    types_of,
)
from pipelines.pages.text_flow import folded
from pipelines.records import Alternate, Link, SchemaThing

Attributes = dict[str, str | None]

_RULES = html_rules()


class Metadata:
    """The head's declarations, and those that the walk meets on its way."""

    def __init__(self, tree: LexborHTMLParser, url: str) -> None:
        """Look at the head first: the base address must be known before the first link."""
        base = tree.css_first("base[href]")
        self.base = (absolute(url, base.attributes.get("href")) if base else "") or url
        title = tree.css_first("head > title") or tree.css_first("title")
        self.title = folded(title.text() if title else "")
        self.description = ""
        self.language = ""
        scripts = tree.css("script")
        self.script_count = len(scripts)
        self.has_captcha_script = any(
            _RULES.captcha_pattern.search(one.attributes.get("src") or "") for one in scripts
        )
        self.unseen_text = " ".join(folded(one.text()) for one in tree.css("noscript"))
        self.declared = tuple(declared_by(tree))
        self._media: dict[str, str] = {}  # full address → as it stands in the source
        self._types: set[str] = set()
        self._alternates: dict[
            str, tuple[str, str]
        ] = {}  # language → full address, as it stands in the source
        self._trees = list(json_trees(tree))
        self._types.update(
            kind for one in self._trees for thing in every_thing(one) for kind in types_of(thing)
        )
        self._is_marked = False  # whether microdata or RDFa was met
        self._is_schema = False  # whether RDFa's vocabulary is schema.org
        self._note_head(tree)

    def note(self, tag: str, attributes: Attributes) -> None:
        """Take note of an element on the walk."""
        if tag == "html":
            self.language = (attributes.get("lang") or attributes.get("xml:lang") or "").strip().lower()
        elif tag in {"video", "audio", "iframe", "embed", "source", "object"}:
            self._note_media(tag, attributes)
        elif tag in _RULES.players:
            self._note_player(_RULES.players[tag], attributes)
        if "vocab" in attributes:
            self._is_schema = bool(_RULES.schema_vocabulary.search(attributes["vocab"] or ""))
        kind = attributes.get("itemtype") or attributes.get("typeof")
        if kind:
            self._is_marked = True
            self._types.update(type_name(one) for one in kind.split() if self._is_known(one))

    def media(self, links: Sequence[Link]) -> dict[str, str]:
        """Return the films and recordings that the page embeds or links to, each as it is written."""
        linked = {link.url: link.written for link in links if _plays(link.url)}
        return {**self._media, **{url: linked[url] for url in linked if url not in self._media}}

    def alternates(self, links: Sequence[Link], languages: Sequence[str]) -> dict[Alternate, str]:
        """Return the page's other languages, each as it is written: of the head, else of a switch."""
        found = dict(self._alternates)
        for link, declared_language in zip(links, languages, strict=True):
            language = language_rules().language_code(declared_language) or language_rules().switch_names.get(
                link.text.lower().strip()
            )
            if language and link.url.startswith("http"):
                found.setdefault(language, (link.url, link.written))
        return {Alternate(language=one, url=url): href for one, (url, href) in sorted(found.items())}

    def option(self, address: str, words: str) -> None:
        """Take note of an option of a list that offers the page in another language."""
        language = language_rules().switch_names.get(words.lower().strip())
        url = absolute(self.base, address)
        if language and url and _RULES.option_address.match(address):
            self._alternates.setdefault(language, (url, address))

    def schema_types(self) -> tuple[str, ...]:
        """Return the schema.org types that the page declares, sorted."""
        return tuple(sorted(self._types))

    def schema_things(self, tree: LexborHTMLParser) -> tuple[SchemaThing, ...]:
        """Return what the page declares of services and questions; called when the walk is over."""
        marked = marked_trees(tree) if self._is_marked else []
        return schema_things([*self._trees, *marked])

    def _is_known(self, kind: str) -> bool:
        """Say whether a type is of a vocabulary that is named: schema.org mostly, or one with a prefix."""
        return self._is_schema or ":" in kind

    def _note_head(self, tree: LexborHTMLParser) -> None:
        for meta in tree.css("meta[content]"):
            attributes = meta.attributes
            name = (attributes.get("name") or attributes.get("property") or "").lower()
            if name == "description" or (name == "og:description" and not self.description):
                self.description = folded(attributes.get("content") or "") or self.description
        for link in tree.css("link[hreflang]"):
            code = language_rules().language_code(link.attributes.get("hreflang") or "")
            href = link.attributes.get("href") or ""
            url = absolute(self.base, href)
            if code and url and "alternate" in (link.attributes.get("rel") or ""):
                self._alternates.setdefault(code, (url, href))

    def _note_media(self, tag: str, attributes: Attributes) -> None:
        for href in filter(None, map(attributes.get, _RULES.media_attributes)):
            url = absolute(self.base, href)
            if url and (tag in {"video", "audio"} or _plays(url)):
                self._media.setdefault(url, href)
                return

    def _note_player(self, place: str, attributes: Attributes) -> None:
        href = next(filter(None, map(attributes.get, _RULES.player_attributes)), "")
        if href:
            self._media.setdefault(f"{place}{href}", href)


@lru_cache(maxsize=16384)
def _plays(url: str) -> bool:
    """Whether a film or a recording plays at `url`; kept, as menus repeat on all pages of a site."""
    return bool(_RULES.media_pattern.search(url))
