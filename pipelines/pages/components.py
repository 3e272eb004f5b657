"""Read elements that are components as the elements of HTML that they show.

`<TextInput label="Name"/>` of React, `<form:input path="name"/>` of JSP and `<va-file-input>` become the
inputs that a reader meets, `<Link to="/pay">` a link; of any other component its content stays.
"""

import re
from dataclasses import dataclass
from functools import lru_cache
from html import escape, unescape

from pipelines.pages.form_rules import form_rules
from pipelines.pages.html_rules import html_rules
from pipelines.pages.template_rules import template_rules
from pipelines.pages.template_words import humanised

_RULES = template_rules()
_TAG = re.compile(
    rf"<!--(?s:.*?)(?:-->|\Z)"
    rf"|<(?P<kept>{'|'.join(sorted(_RULES.kept_elements))})\b(?s:.*?)(?:</(?P=kept)\s*>|\Z)"
    r"|<(?P<closing>/?)(?P<name>[A-Za-z][\w.:-]*+)"
    r"(?P<attributes>(?:\"[^\"]*\"|'[^']*'|[^<>\"'/]|/(?!>))*+)(?P<alone>/?)>",
    re.IGNORECASE,
)
_ATTRIBUTE = re.compile(r"([^\s=\"'<>/]++)(?:\s*+=\s*+(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'<>]++)))?")
_KNOWN_TO_THE_WALK = html_rules().link_tags | frozenset(form_rules().template_inputs)
_KEEPS_CONTENT = frozenset({"select", "textarea"})
_LABEL_END = re.compile(r"\s*</label", re.IGNORECASE)


def as_html(markup: str) -> str:
    """Return markup with components as the elements that they show, each closed where it ends."""
    return _TAG.sub(_element, markup)


def _element(tag: re.Match[str]) -> str:
    name = tag.group("name")
    if name is None:
        return tag.group()
    known = _known(name)
    if known.is_silent:
        return ""
    if known.is_plain:
        return _plain(tag, name.lower())
    return _end(known.shown) if tag.group("closing") else _begun(known.shown, tag)


@dataclass(frozen=True, slots=True)
class _Known:
    """What the name of an element tells."""

    is_silent: bool  # nothing of it is shown
    is_plain: bool  # it is HTML's own
    shown: str  # the element of HTML that it shows


@lru_cache(maxsize=1024)
def _known(name: str) -> _Known:
    lowered = name.lower()
    rule = next((one for one in _RULES.components if one.name.search(lowered)), None)
    return _Known(
        is_silent=bool(_RULES.silent_tags.match(name)),
        is_plain=_is_plain(name, has_rule=rule is not None),
        shown=rule.tag if rule else "",
    )


def _is_plain(name: str, *, has_rule: bool) -> bool:
    """Say whether a name is HTML's own: `<TABLE>`, `<Header>`, but not `<Link>` or `<Form>`."""
    lowered = name.lower()
    if lowered in _KNOWN_TO_THE_WALK and (":" in name or "-" in name):
        return True
    is_named = name[:1].isupper() and not name.isupper()
    if lowered in _RULES.plain_tags:
        return not is_named or not (has_rule or lowered in _RULES.component_names)
    return not (is_named or has_rule or "-" in name or ":" in name or "." in name)


def _plain(tag: re.Match[str], name: str) -> str:
    """Return an element of HTML, closed if it closes itself; a property of Razor names its field."""
    whole, attributes = tag.group(), tag.group("attributes")
    if tag.group("closing") or not attributes:
        return whole
    field = _given(attributes).get("asp-for", "") if "asp-for" in attributes else ""
    if field:
        shown = (
            f'for="{escape(field)}"' if name == "label" else f'name="{escape(field)}" id="{escape(field)}"'
        )
        is_empty = name == "label" and _LABEL_END.match(tag.string, tag.end())
        words = escape(humanised(field.rpartition(".")[2]), quote=False) if is_empty else ""
        return f"<{name}{attributes.replace('asp-for', 'data-for')} {shown}>{words}"
    if tag.group("alone") and name not in _RULES.void_tags and name in _RULES.plain_tags:
        return f"<{name}{attributes}></{name}>"
    return whole


def _end(shown: str) -> str:
    element = shown.partition("-")[0] or "div"
    return "" if element in {"input", "img"} else f"</{element}>"


def _begun(shown: str, tag: re.Match[str]) -> str:
    element, _, kind = shown.partition("-")
    attributes, alone = tag.group("attributes"), bool(tag.group("alone"))
    given = _given(attributes)
    words = escape(next((given[key] for key in _RULES.component_words if given.get(key)), ""), quote=False)
    if not element:
        words = f"<p>{words}</p>" if words else ""
        return f"<div{attributes}>{words}" + "</div>" * alone
    if element in {"input", *_KEEPS_CONTENT}:
        return _control(element, kind, tag, words)
    return f"<{element}{attributes}>{words}" + f"</{element}>" * alone


def _control(element: str, kind: str, tag: re.Match[str], words: str) -> str:
    attributes, given = tag.group("attributes"), _given(tag.group("attributes"))
    name = next((given[key] for key in _RULES.name_keys if given.get(key)), "")
    type_of = f" type='{kind or given.get('type') or 'text'}'" if element == "input" else ""
    control = f"<{element}{type_of}{attributes} name='{escape(name)}'>"
    if element in _KEEPS_CONTENT:
        return f"<p>{words}</p>" * bool(words) + control + f"</{element}>" * bool(tag.group("alone"))
    return f"<label>{words} {control}</label>" if words else control


def _given(attributes: str) -> dict[str, str]:
    """Return attributes by name in lower case; what Vue and Angular bind to a text in quotes is that text."""
    given: dict[str, str] = {}
    for name, *values in _ATTRIBUTE.findall(attributes):
        value = unescape(next(filter(None, values), "")).strip()
        if name[0] in ":[":
            value = value[1:-1] if len(value) > 1 and value[0] == value[-1] and value[0] in "'\"`" else ""
        given.setdefault(name.strip(":[]").lower(), value)
    return given
