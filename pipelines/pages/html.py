"""One walk over an HTML tree: text, regions, headings, links, forms and what the head declares.

Everything is gathered in a single pass, by hand and without recursion: a tree may be 20,000 elements
deep. Scripts, styles, templates and what a style hides are never text.
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import lru_cache

from selectolax.lexbor import LexborHTMLParser, LexborNode

from pipelines.pages.form_walk import FormWalk
from pipelines.pages.forms import FormParts, assemble
from pipelines.pages.html_rules import html_rules
from pipelines.pages.html_traps import without_traps
from pipelines.pages.link_walk import LinkWalk
from pipelines.pages.links import NOWHERE
from pipelines.pages.metadata import Metadata
from pipelines.pages.regions import MAIN, Place, misnamed, region_opened
from pipelines.pages.templates import without_templates
from pipelines.pages.text_flow import Mark, TextFlow, words_of
from pipelines.records import Alternate, Form, Link, Region, SchemaThing

Attributes = dict[str, str | None]
Leave = Callable[[], None]

_TEXT, _COMMENT = 2, 4  # Lexbor's numbers for nodes that are no elements
_RULES = html_rules()
_NEVER_OVERLAY = frozenset({"html", "body", "main", "form"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Outline:
    """What one walk found; the parts of a `Page` that HTML alone decides."""

    text: str
    regions: tuple[Region, ...]
    headings: tuple[tuple[int, str], ...]
    links: tuple[Link, ...]
    forms: tuple[Form, ...]
    alternates: dict[Alternate, str]  # each with its address as it stands in the source
    media: dict[str, str]  # full address → as it stands in the source
    schema_types: tuple[str, ...]
    declared: tuple[tuple[str, str], ...]
    schema_things: tuple[SchemaThing, ...]
    title: str
    description: str
    language: str  # as <html lang> says, "" when it does not
    script_count: int
    unseen_text: str  # of <noscript>: what a page says to a reader without scripts


def outline(html: str, url: str | None) -> Outline:
    """Return what is on a page of HTML. `url` is where it was met: relative addresses start there."""
    tree = LexborHTMLParser(without_traps(without_templates(html)))
    metadata = Metadata(tree, url or NOWHERE)
    walk = _Walk(metadata)
    walk.over(tree.root)
    walk.forms.parts.has_captcha_script = metadata.has_captcha_script
    walk.forms.parts.named = named_elements(tree, walk.forms.parts)
    return _with_content(
        Outline(
            text=walk.flow.text(),
            regions=walk.flow.regions(),
            headings=tuple(walk.headings),
            links=tuple(walk.links.links),
            forms=assemble(walk.forms.parts),
            alternates=metadata.alternates(walk.links.links, walk.links.languages),
            media=metadata.media(walk.links.links),
            schema_types=metadata.schema_types(),
            declared=metadata.declared,
            schema_things=metadata.schema_things(tree),
            title=metadata.title,
            description=metadata.description,
            language=metadata.language,
            script_count=metadata.script_count,
            unseen_text=metadata.unseen_text,
        )
    )


def named_elements(tree: LexborHTMLParser, parts: FormParts) -> dict[str, str]:
    """Return the words of the elements by which fields are named (aria-labelledby), by their id."""
    wanted = {one for control in parts.controls for one in control.spoken_by.split()}
    if not wanted:
        return {}
    nodes = ((node.attributes.get("id") or "", node) for node in tree.css("[id]"))
    return {one: " ".join(words_of(node.text(separator=" "))) for one, node in nodes if one in wanted}


def _with_content(found: Outline) -> Outline:
    """Give a page whose content is called its aside a main region."""
    if not misnamed(found.regions):
        return found
    return replace(
        found,
        regions=tuple(replace(one, name=_content(one.name)) for one in found.regions),
        links=tuple(replace(one, region=_content(one.region)) for one in found.links),
        forms=tuple(replace(one, region=_content(one.region)) for one in found.forms),
    )


def _content(region: str) -> str:
    return MAIN if region == "aside" else region


@dataclass(slots=True)
class _Walk:
    """The state of one walk: where we are, and what was gathered."""

    metadata: Metadata
    flow: TextFlow = field(default_factory=TextFlow)
    region: str = MAIN
    sections: int = 0  # how many sectioning elements we are inside of
    links: LinkWalk = field(init=False)
    headings: list[tuple[int, str]] = field(default_factory=list)
    forms: FormWalk = field(init=False)
    _in_heading: bool = False

    def __post_init__(self) -> None:
        self.links = LinkWalk(self.flow, self.metadata.base)
        self.forms = FormWalk(self.flow, self.metadata.base)

    def over(self, root: LexborNode | None) -> None:
        """Walk over the tree from `root`, entering and leaving each element."""
        open_elements: list[tuple[LexborNode, list[Leave]]] = []
        node = root
        while node is not None:
            child = None
            if node.tag_id == _TEXT:
                self.flow.write(node.text_content or "", self.region)
            elif node.tag_id != _COMMENT:
                leaves = self._enter(node.tag or "", node.attributes)
                child = node.child if leaves is not None else None
                if child is not None:
                    open_elements.append((node, leaves or []))
                    node = child
                    continue
                _leave(leaves)
            following = node.next
            while following is None and open_elements:
                node, leaves = open_elements.pop()
                _leave(leaves)
                following = node.next
            node = following

    def _enter(self, tag: str, attributes: Attributes) -> list[Leave] | None:
        """Begin an element. Return what to do at its end, None when nothing in it is seen."""
        self.metadata.note(tag, attributes)
        if tag in _RULES.unseen_tags or (attributes and _is_hidden(tag, attributes)):
            return None
        leaves: list[Leave] = []
        if tag in _RULES.block_tags:
            self._break()
            leaves.append(self._break)
        elif tag == "br":
            self._break()
        if attributes or tag in _RULES.region_tags:
            self._enter_region(tag, attributes, leaves)
        if tag in _RULES.sectioning_tags:
            self.sections += 1
            leaves.append(self._leave_section)
        self._enter_content(tag, attributes, leaves)
        return leaves

    def _enter_region(self, tag: str, attributes: Attributes, leaves: list[Leave]) -> None:
        opened = region_opened(tag, attributes, Place(self.region, self.sections > 0, self.flow.length))
        if opened:
            leaves.append(self._back_to(self.region))
            self.region = opened

    def _enter_content(self, tag: str, attributes: Attributes, leaves: list[Leave]) -> None:
        if tag in _RULES.link_tags:
            leave = self.links.link(attributes, self.region)
            leaves += [leave] if leave else []
        elif tag in _RULES.heading_tags:
            self._in_heading = True
            leaves.append(self._heading(_RULES.heading_tags[tag], self.flow.mark()))
        elif tag in _RULES.button_tags:
            self._break()
            in_form = self.forms.button(attributes, self.region)
            leaves += [self._break, in_form, self.links.button(attributes, self.region)]  # named first
        elif tag == "option" and attributes.get("value"):
            leaves.append(self._option(attributes["value"] or "", self.flow.mark()))
        elif tag == "img":
            self.links.picture(attributes)
            self.forms.enter(tag, attributes, self.region)  # a picture may be a robot check
        else:
            leave = self.forms.enter(tag, attributes, self.region)
            leaves += [leave] if leave else []

    def _heading(self, level: int, mark: Mark) -> Leave:
        def leave() -> None:
            self._in_heading = False
            text, _ = self.flow.since(mark)
            if text:
                self.headings.append((level, text))

        return leave

    def _option(self, address: str, mark: Mark) -> Leave:
        return lambda: self.metadata.option(address, self.flow.since(mark)[0])

    def _break(self) -> None:
        if self._in_heading:
            self.flow.space()
        else:
            self.flow.line()

    def _back_to(self, region: str) -> Leave:
        def leave() -> None:
            self.region = region

        return leave

    def _leave_section(self) -> None:
        self.sections -= 1


def _leave(leaves: list[Leave] | None) -> None:
    """Do what the end of an element asks for, innermost first."""
    for leave in reversed(leaves or ()):
        leave()


def _is_hidden(tag: str, attributes: Attributes) -> bool:
    if "hidden" in attributes or attributes.get("aria-hidden") == "true":
        return tag not in {"html", "body"}
    style = attributes.get("style")
    if style and _RULES.hidden_style.search(style):
        return tag not in {"html", "body"}
    element_id, classes = attributes.get("id"), attributes.get("class")
    return bool(element_id or classes) and tag not in _NEVER_OVERLAY and _is_overlay(element_id, classes)


@lru_cache(maxsize=8192)
def _is_overlay(element_id: str | None, classes: str | None) -> bool:
    return bool(_RULES.overlay_pattern.search(f"{element_id or ''} {classes or ''}".lower()))
