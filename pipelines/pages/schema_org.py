"""What a page declares of itself in the words of schema.org, as JSON-LD, microdata or RDFa.

All three become the same trees of properties; of the types that tell something of a service, the few
properties that matter are kept as plain words. See https://schema.org/GovernmentService and https://schema.org/FAQPage.
"""

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any, TypeAlias

from selectolax.lexbor import LexborHTMLParser, LexborNode

from pipelines.pages.html_rules import html_rules
from pipelines.pages.text_flow import folded
from pipelines.records import SchemaThing

Tree: TypeAlias = Any  # what JSON holds; a mapping is a thing with its properties

_RULES = html_rules().schema_things
_BROKEN_TYPE = re.compile(r'"@type"\s*:\s*(?:"([^"]+)"|\[([^\]]*)\])')
_JSON = "application/ld+json"


def json_trees(tree: LexborHTMLParser) -> Iterator[Tree]:
    """Yield the page's blocks of JSON-LD; one that is no JSON as the types that are named in it."""
    for script in tree.css("script[type]"):
        if (script.attributes.get("type") or "").partition(";")[0].strip().lower() != _JSON:
            continue
        try:
            yield json.loads(script.text(), strict=False)
        except (ValueError, RecursionError):
            for single, several in _BROKEN_TYPE.findall(script.text()):
                yield {"@type": [single] if single else re.findall(r'"([^"]+)"', several)}


def marked_trees(tree: LexborHTMLParser) -> list[Tree]:
    """Return the things that microdata and RDFa mark among the page's elements."""
    things: dict[int, dict[str, Tree]] = {}
    for node in tree.css("[itemscope], [typeof]"):
        kinds = (node.attributes.get("itemtype") or node.attributes.get("typeof") or "").split()
        things[node.mem_id] = {"@type": kinds}
    for node in tree.css("[itemprop], [property]"):
        owner = _owner(node, things)
        for name in (node.attributes.get("itemprop") or node.attributes.get("property") or "").split():
            if owner is not None:
                owner.setdefault(type_name(name), []).append(things.get(node.mem_id) or _value(node))
    return list(things.values())


def schema_things(trees: list[Tree]) -> tuple[SchemaThing, ...]:
    """Return what is declared of services, and the questions that are answered, each once, in order."""
    things = [thing for tree in trees for thing in every_thing(tree)]
    by_id = {thing["@id"]: thing for thing in things if isinstance(thing.get("@id"), str) and len(thing) > 1}
    found = (
        _thing(kind, thing, by_id) for thing in things for kind in types_of(thing) if kind in _RULES.types
    )
    return tuple(dict.fromkeys(one for one in found if one.name))[: _RULES.most]


def every_thing(tree: Tree) -> Iterator[Mapping[str, Tree]]:
    """Yield each thing of a tree, outer ones first."""
    pending = [tree]
    while pending:
        value = pending.pop()
        if isinstance(value, dict):
            yield value
            pending += reversed(list(value.values()))
        elif isinstance(value, list):
            pending += reversed(value)


def types_of(thing: Mapping[str, Tree]) -> list[str]:
    """Return the names of a thing's types, without their vocabulary."""
    kinds = thing.get("@type")
    return [
        type_name(kind) for kind in (kinds if isinstance(kinds, list) else [kinds]) if isinstance(kind, str)
    ]


def type_name(kind: str) -> str:
    """Return the name of a type or property: `https://schema.org/Service` is a `Service`."""
    return re.split(r"[/#:]", kind.rstrip("/"))[-1]


def _thing(kind: str, thing: Mapping[str, Tree], by_id: Mapping[str, Mapping[str, Tree]]) -> SchemaThing:
    said = {
        field: next((words for key in keys if (words := _words(thing.get(key), by_id))), "")
        for field, keys in _RULES.properties.items()
    }
    return SchemaThing(type=kind, **said)


def _words(value: Tree, by_id: Mapping[str, Mapping[str, Tree]], depth: int = 0) -> str:
    """Return a property's value in words: a thing's name, a price with its currency."""
    if isinstance(value, bool) or depth > _RULES.depth:
        return ""
    if isinstance(value, str | int | float):
        return folded(str(value))[: _RULES.characters]
    if isinstance(value, list):
        words = [_words(one, by_id, depth + 1) for one in value[: _RULES.most]]
        return "; ".join(dict.fromkeys(filter(None, words)))[: _RULES.characters]
    if not isinstance(value, dict):
        return ""
    thing = {**by_id.get(str(value.get("@id")), {}), **value}
    parts = (
        " ".join(filter(None, (_words(thing.get(key), by_id, depth + 1) for key in keys)))
        for keys in _RULES.values
    )
    return next(filter(None, parts), "")


def _owner(node: LexborNode, things: Mapping[int, dict[str, Tree]]) -> dict[str, Tree] | None:
    """Return the thing that a property belongs to: of the nearest element around it that is one."""
    around = node.parent
    for _ in range(_RULES.steps):
        if around is None:
            return None
        if around.mem_id in things:
            return things[around.mem_id]
        around = around.parent
    return None


def _value(node: LexborNode) -> str:
    given = node.attributes
    return given.get("content") or given.get("href") or given.get("src") or node.text()
