"""Which part of a page an element opens: header, navigation, main, aside or footer.

The element's own name and ARIA role decide; pages made before these existed say it by class and id.
"""

from functools import lru_cache

from pipelines.html_rules import html_rules

MAIN = "main"
_INNER = frozenset({"header", "footer"})
_RULES = html_rules()


def region_opened(
    tag: str, attributes: dict[str, str | None], current: str, *, in_section: bool
) -> str | None:
    """Return the region that an element opens, or None when it stays in `current`.

    `in_section`: whether the element lies inside an article, a section or the like, where a header or
    footer belongs to that part only. A footer stays a footer whatever it holds.
    """
    if current == "footer":
        return None
    role = attributes.get("role")
    name = (_RULES.region_roles.get(role) if role else None) or _RULES.region_tags.get(tag)
    if name is None and tag not in _RULES.region_never_on:
        name = _named(attributes.get("id") or "", attributes.get("class") or "")
        if name in _INNER and in_section:
            return None
    elif name in _INNER and in_section and not role:
        return None
    if name is None or name == current:
        return None
    return name


@lru_cache(maxsize=8192)
def _named(element_id: str, classes: str) -> str | None:
    names = [*element_id.lower().split(), *classes.lower().split()]
    for rule in _RULES.region_patterns:
        if any(rule.pattern.match(name) for name in names):
            return rule.region
    return None
