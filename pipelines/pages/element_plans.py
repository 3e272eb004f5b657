"""What the walk does with an element, as far as its name, its id and its class tell: told once for each."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

from pipelines.pages.form_rules import form_rules
from pipelines.pages.html_rules import html_rules
from pipelines.pages.regions import named_region

Attributes = Mapping[str, str | None]

_RULES = html_rules()
_NEVER_OVERLAY = frozenset({"html", "body", "main", "form"})
_NEVER_HIDDEN = frozenset({"html", "body"})
_MAY_BE_CAPTCHA = frozenset({"iframe", "div", "img", "input", "script", "span"})
_OF_FORMS = frozenset({"input", "form", "label", "select", "textarea", *form_rules().template_inputs})


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What an element's name alone decides."""

    is_unseen: bool
    is_block: bool  # it begins and ends a line
    is_break: bool
    is_section: bool
    region: str | None  # that it opens by its name
    may_be_named: bool  # whether its id and class may say which region it opens
    may_be_hidden: bool
    may_be_overlay: bool
    may_be_captcha: bool
    content: str  # link | heading | button | option | picture | form, "" for most elements


@cache
def plan_of(tag: str) -> Plan:
    """Return what to do with elements of a name."""
    return Plan(
        is_unseen=tag in _RULES.unseen_tags,
        is_block=tag in _RULES.block_tags,
        is_break=tag == "br",
        is_section=tag in _RULES.sectioning_tags,
        region=_RULES.region_tags.get(tag),
        may_be_named=tag not in _RULES.region_never_on,
        may_be_hidden=tag not in _NEVER_HIDDEN,
        may_be_overlay=tag not in _NEVER_OVERLAY,
        may_be_captcha=tag in _MAY_BE_CAPTCHA,
        content=_content(tag),
    )


def _content(tag: str) -> str:
    if tag in _RULES.link_tags:
        return "link"
    if tag in _RULES.heading_tags:
        return "heading"
    if tag in _RULES.button_tags:
        return "button"
    return {"option": "option", "img": "picture"}.get(tag, "form" if tag in _OF_FORMS else "")


@dataclass(frozen=True, slots=True)
class Naming:
    """What an element's id and class say."""

    region: str | None
    is_overlay: bool  # a consent wall


@lru_cache(maxsize=8192)
def naming(element_id: str, classes: str) -> Naming:
    """Return what an id and a class say; kept, as pages of a site are made of the same parts."""
    words = f"{element_id} {classes}".lower()
    return Naming(named_region(element_id, classes), bool(_RULES.overlay_pattern.search(words)))


def is_hidden(plan: Plan, attributes: Attributes) -> bool:
    """Say whether an element's attributes take it from sight; consent walls apart, see `naming`."""
    if not plan.may_be_hidden:
        return False
    if "hidden" in attributes or attributes.get("aria-hidden") == "true":
        return True
    style = attributes.get("style")
    return bool(style and _RULES.hidden_style.search(style))
