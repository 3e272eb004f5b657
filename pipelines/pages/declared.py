"""What a page declares by an attribute rather than in words: a viewport, a feed, a trail of breadcrumbs."""

from collections.abc import Iterator
from functools import cache

from pydantic import BaseModel, ConfigDict, TypeAdapter
from selectolax.lexbor import LexborHTMLParser

from pipelines.pages.html_rules import load_yaml


class Declaration(BaseModel):
    """What to look for, and under which name it is told; see `knowledge/declared.yml`."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    place: str
    css: str
    attribute: str


def declared_by(tree: LexborHTMLParser) -> Iterator[tuple[str, str]]:
    """Yield (place, value) of what elements of a page declare, each place once."""
    for rule in _declarations():
        element = tree.css_first(rule.css)
        value = element.attributes.get(rule.attribute) if element else None
        if value:
            yield rule.place, value


@cache
def _declarations() -> tuple[Declaration, ...]:
    return TypeAdapter(tuple[Declaration, ...]).validate_python(load_yaml("declared.yml")["declarations"])
