"""Which part of a page an element opens: header, navigation, main, aside or footer.

The element's own name and ARIA role decide; pages made before these existed say it by class and id.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from pipelines.pages.html_rules import html_rules
from pipelines.prefilter import Prefilter
from pipelines.records import Region

MAIN = "main"
_INNER = frozenset({"header", "footer"})
_RULES = html_rules()
_REGION_NAMES = Prefilter([rule.pattern for rule in _RULES.region_patterns])


@dataclass(frozen=True, slots=True)
class Place:
    """Where an element stands."""

    region: str  # that it lies in
    in_section: bool  # inside an article, a section or the like: a header there belongs to that part only
    offset: int  # characters of text before it


def region_opened(by_tag: str | None, role: str | None, by_name: str | None, place: Place) -> str:
    """Return the region that an element's content lies in: the one that it opens, else the one it stands in.

    What opens one: the element's ARIA role, else its own name (`by_tag`), else its id and class (`by_name`).
    A footer stays a footer whatever it holds.
    """
    if place.region == "footer":
        return place.region
    name = (_RULES.region_roles.get(role) if role else None) or by_tag
    if name is None:
        name, role = by_name, None
        if name == "header" and place.offset > _RULES.header_within:
            return place.region
    if name is None or (name in _INNER and place.in_section and not role):
        return place.region
    return name


def misnamed(regions: Iterable[Region]) -> bool:
    """Whether what a page calls its aside is its content: there is next to nothing else."""
    sizes = Counter[str]()
    for region in regions:
        sizes[region.name] += region.end - region.start
    return sizes["aside"] > _RULES.aside_is_main * sizes[MAIN]


def named_region(element_id: str, classes: str) -> str | None:
    """Return the region that an id and a class name, None where they name none."""
    words = f"{element_id} {classes}".lower()
    rules = [_RULES.region_patterns[number] for number in sorted(_REGION_NAMES.possible(words))]
    names = words.split() if rules else []
    names += [_RULES.region_name_ending.sub("", name) for name in names]
    return next((rule.region for rule in rules if any(map(rule.pattern.match, names))), None)
