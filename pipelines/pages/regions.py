"""Which part of a page an element opens: header, navigation, main, aside or footer.

The element's own name and ARIA role decide; pages made before these existed say it by class and id.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from pipelines.pages.html_rules import html_rules
from pipelines.records import Region

Attributes = dict[str, str | None]

MAIN = "main"
_INNER = frozenset({"header", "footer"})
_RULES = html_rules()


@dataclass(frozen=True, slots=True)
class Place:
    """Where an element stands."""

    region: str  # that it lies in
    in_section: bool  # inside an article, a section or the like: a header there belongs to that part only
    offset: int  # characters of text before it


def region_opened(tag: str, attributes: Attributes, place: Place) -> str | None:
    """Return the region that an element opens, or None when it stays in the one it lies in.

    A footer stays a footer whatever it holds.
    """
    if place.region == "footer":
        return None
    role = attributes.get("role")
    name = (_RULES.region_roles.get(role) if role else None) or _RULES.region_tags.get(tag)
    if name is None and tag not in _RULES.region_never_on:
        name = _named(attributes.get("id") or "", attributes.get("class") or "")
        role = None
        if name == "header" and place.offset > _RULES.header_within:
            return None
    if name in _INNER and place.in_section and not role:
        return None
    return None if name == place.region else name


def misnamed(regions: Iterable[Region]) -> bool:
    """Whether what a page calls its aside is its content: there is next to nothing else."""
    sizes = Counter[str]()
    for region in regions:
        sizes[region.name] += region.end - region.start
    return sizes["aside"] > _RULES.aside_is_main * sizes[MAIN]


@lru_cache(maxsize=8192)
def _named(element_id: str, classes: str) -> str | None:
    names = [*element_id.lower().split(), *classes.lower().split()]
    names += [_RULES.region_name_ending.sub("", name) for name in names]
    for rule in _RULES.region_patterns:
        if any(rule.pattern.match(name) for name in names):
            return rule.region
    return None
