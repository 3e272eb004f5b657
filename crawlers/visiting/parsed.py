"""One page, parsed once: where it leads, in which of its parts, what it says and what it promises."""

from collections.abc import Callable
from functools import cache, cached_property

from selectolax.lexbor import LexborHTMLParser

from crawlers.visiting.links import base_of, joined, links_in, tree_of
from crawlers.visiting.scoring import Region, cues_in, scoring
from crawlers.visiting.words import Words

_NOT_SEEN = "script, style, template, noscript"
_FIELDS = "input:not([type=hidden]):not([type=submit]):not([type=search]), textarea, select"


@cache
def _facts() -> Words:
    return Words(scoring().facts)


class ParsedPage:
    """A page as the frontier sees it."""

    def __init__(self, body: bytes, url: str, content_type: str | None) -> None:
        """Look at `body`, which came from `url`; it is parsed when something of it is asked for."""
        self.url = url
        self._body, self._content_type = body, content_type
        self._links: list[tuple[str, str]] | None = None

    @cached_property
    def _tree(self) -> LexborHTMLParser:
        return tree_of(self._body, self.url, self._content_type)

    def links(self, is_known: Callable[[str], bool] = lambda _: False) -> list[tuple[str, str]]:
        """Each link as (absolute address, text), in the page's order, but for those whose address `is_known`.

        Asked again, the page has the same links as the first time.
        """
        if self._links is None:
            self._links = links_in(self._tree, self.url, is_known)
        return self._links

    @cached_property
    def regions(self) -> dict[str, Region]:
        """Which part of the page a link stands in, by its absolute address; the main part is left out."""
        base = base_of(self._tree, self.url)
        found: dict[str, Region] = {}
        for region, rule in scoring().regions.items():
            for node in self._tree.css(", ".join(rule.selectors)):
                target = joined(base, node.attributes.get("href") or "")
                if target:
                    found.setdefault(target, region)
        return found

    @cached_property
    def title(self) -> str:
        """What the page calls itself: its title and its headings of the first rank."""
        return "\n".join(node.text(separator=" ", strip=True) for node in self._tree.css("title, h1"))

    @cached_property
    def lines(self) -> list[str]:
        """What a reader sees, line by line, the title first."""
        self.links()  # before parts are taken away that may hold some
        for node in self._tree.css(_NOT_SEEN):
            node.decompose()
        body = self._tree.body
        text = body.text(separator="\n", strip=True) if body else ""
        return [*self.title.split("\n"), *text.split("\n")]

    @cached_property
    def promise(self) -> float:
        """How much the page looks like one of a service, from 0 to 1."""
        worth = scoring().promise
        is_promised, is_other = cues_in(self.title)
        has_form = self._has_form()
        facts = len(_facts().concepts_in("\n".join(self.lines)))
        points = worth.title * is_promised + worth.other_title * is_other + worth.form * has_form
        return min(1.0, max(0.0, points + worth.fact * facts))

    def _has_form(self) -> bool:
        forms = self._tree.css("form")
        return any(
            len(form.css(_FIELDS)) >= scoring().form_fields or form.css_first("input[type=file]")
            for form in forms
        )
