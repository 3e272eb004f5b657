"""The walk over an HTML tree: without recursion, as a tree may be 20,000 elements deep.

Most elements only begin and end a line: what they cost is what a page costs. So what a name decides is looked
up (`element_plans`), and what is to be done at an element's end is kept as plain values.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import NamedTuple

from selectolax.lexbor import LexborNode

from pipelines.pages.element_plans import Plan, is_hidden, naming, plan_of
from pipelines.pages.form_walk import FormWalk
from pipelines.pages.html_rules import html_rules
from pipelines.pages.link_walk import LinkWalk
from pipelines.pages.metadata import Metadata
from pipelines.pages.regions import MAIN, Place, region_opened
from pipelines.pages.text_flow import Mark, TextFlow

Attributes = dict[str, str | None]
Leave = Callable[[], None]

_TEXT, _COMMENT = 2, 4  # Lexbor's numbers for nodes that are no elements
_RULES = html_rules()


class Open(NamedTuple):
    """An element that was begun: what is to be done at its end."""

    plan: Plan
    region: str  # that it stands in
    leave: Leave | None  # what its content asks for


@dataclass(slots=True)
class Walk:
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
        """Begin with nothing met of links and forms."""
        self.links = LinkWalk(self.flow, self.metadata.base)
        self.forms = FormWalk(self.flow, self.metadata.base)

    def over(self, root: LexborNode | None) -> None:
        """Walk over the tree from `root`, entering and leaving each element."""
        open_elements: list[tuple[LexborNode, Open]] = []
        node, write = root, self.flow.write
        while node is not None:
            kind = node.tag_id
            if kind == _TEXT:
                write(node.text_content or "", self.region)
            elif kind != _COMMENT:
                begun = self._enter(node.tag or "", node.attributes)
                child = node.child if begun else None
                if begun and child is not None:
                    open_elements.append((node, begun))
                    node = child
                    continue
                if begun:
                    self._leave(begun)
            following = node.next
            while following is None and open_elements:
                node, begun = open_elements.pop()
                self._leave(begun)
                following = node.next
            node = following

    def _enter(self, tag: str, attributes: Attributes) -> Open | None:
        """Begin an element; None when nothing in it is seen."""
        plan, region = plan_of(tag), self.region
        self.metadata.note(tag, attributes)
        if plan.is_unseen or (attributes and is_hidden(plan, attributes)):
            return None
        named = None
        if attributes:
            name, classes = attributes.get("id") or "", attributes.get("class") or ""
            if name or classes:
                said = naming(name, classes)
                if said.is_overlay and plan.may_be_overlay:
                    return None
                named = said.region if plan.may_be_named else None
        if plan.is_block or plan.is_break:
            self._break()
        if named or plan.region or "role" in attributes:
            place = Place(region, self.sections > 0, self.flow.length)
            self.region = region_opened(plan.region, attributes.get("role"), named, place)
        if plan.is_section:
            self.sections += 1
        if plan.may_be_captcha and attributes:
            self.forms.note_captcha(attributes)
        return Open(plan, region, self._content(tag, plan, attributes) if plan.content else None)

    def _leave(self, begun: Open) -> None:
        """Do what the end of an element asks for, innermost first."""
        plan = begun.plan
        if begun.leave:
            begun.leave()
        if plan.is_section:
            self.sections -= 1
        self.region = begun.region
        if plan.is_block:
            self._break()

    def _content(self, tag: str, plan: Plan, attributes: Attributes) -> Leave | None:
        """Begin what an element is to a reader; return what to do at its end."""
        match plan.content:
            case "link":
                return self.links.link(attributes, self.region)
            case "heading":
                self._in_heading = True
                return self._heading(_RULES.heading_tags[tag], self.flow.mark())
            case "button":
                return self._button(attributes)
            case "option":
                return self._option(attributes)
            case "picture":
                self.links.picture(attributes)
                return None
            case _:
                return self.forms.enter(tag, attributes, self.region)

    def _button(self, attributes: Attributes) -> Leave:
        self._break()
        in_form = self.forms.button(attributes, self.region)
        named = self.links.button(attributes, self.region)

        def leave() -> None:
            named()  # before the form asks what it is called
            in_form()
            self._break()

        return leave

    def _heading(self, level: int, mark: Mark) -> Leave:
        def leave() -> None:
            self._in_heading = False
            text, _ = self.flow.since(mark)
            if text:
                self.headings.append((level, text))

        return leave

    def _option(self, attributes: Attributes) -> Leave | None:
        address, mark = attributes.get("value"), self.flow.mark()
        return (lambda: self.metadata.option(address, self.flow.since(mark)[0])) if address else None

    def _break(self) -> None:
        if self._in_heading:
            self.flow.space()
        else:
            self.flow.line()
