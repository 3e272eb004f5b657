"""What is on a page of HTML: text, regions, headings, links, forms and what the head declares.

One parse and one walk (`walk`) gather it. Scripts, styles, templates and what a style hides are never text.
"""

from dataclasses import dataclass, replace

from selectolax.lexbor import LexborHTMLParser

from pipelines.pages.forms import FormParts, assemble
from pipelines.pages.html_traps import without_traps
from pipelines.pages.links import NOWHERE
from pipelines.pages.metadata import Metadata
from pipelines.pages.regions import MAIN, misnamed
from pipelines.pages.templates import without_templates
from pipelines.pages.text_flow import folded
from pipelines.pages.walk import Walk
from pipelines.records import Alternate, Form, Link, Region, SchemaThing


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
    walk = Walk(metadata)
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
    return {one: folded(node.text(separator=" ")) for one, node in nodes if one in wanted}


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
