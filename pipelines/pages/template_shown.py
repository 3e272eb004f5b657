"""What a span of template code shows: the control, the link or the words that its helpers write."""

from collections.abc import Iterator
from html import escape

from pipelines.pages.template_code import Call, Expression, Group, Sign, Words
from pipelines.pages.template_controls import Helped, control, label, shown_options
from pipelines.pages.template_rules import template_rules
from pipelines.pages.template_words import Known, humanised, is_worded, resolved, words_of_expression

_RULES = template_rules()
_DEEPEST = 12  # calls within calls that are looked into


def shown(group: Group, known: Known, *, is_output: bool) -> str:
    """Return the HTML that a span shows; one that is no output shows only what its helpers write."""
    for call in _calls(group, 0):
        html = _of_helper(call, known, is_output=is_output)
        if html is not None:
            return html
    if is_output:
        return escape(words_shown(group, known), quote=False)
    translated = "".join(words_of_expression(part, known) for part in _translated(group))
    return escape(translated, quote=False) if is_worded(translated) else _echoed(group, known)


def words_shown(group: Group, known: Known) -> str:
    """Return the words that a span shows, without elements: there is no place for them in an attribute."""
    first = group.items[0] if group.items else []
    words = "" if _is_call(first) else words_of_expression(first, known)
    is_filtered = any(isinstance(term, Sign) and term.text == "|" for term in first)
    if is_filtered and not is_worded(words):
        words = ""
    translated = next((words_of_expression(part, known) for part in _translated(group)), "")
    default = words_of_expression(group.named.get("default", []), known)
    return words or (translated if is_worded(translated) else "") or default


def _is_call(expression: Expression) -> bool:
    """Say whether an expression calls something without brackets, as Ruby does: `render "menu"`."""
    match expression:
        case [Call(given=None), Words() | Group(), *_]:
            return True
        case [Call(given=None), Call(name=name), *_]:
            return name.startswith(":")
    return False


def _translated(group: Group) -> Iterator[Expression]:
    """Yield what a translator is given without brackets: `{% trans "Pay now" %}`."""
    match group.items[:1]:
        case [[Call() as call, Words() as words, *_]] if _RULES.translators.search(call.last):
            yield [words]


def _calls(group: Group, depth: int) -> Iterator[Call]:
    """Yield the calls of a span, outermost first; without brackets, one is given the rest of the span."""
    for place, expression in enumerate(group.items):
        for at, term in enumerate(expression):
            if isinstance(term, Call) and term.given is not None:
                yield term
                if depth < _DEEPEST:
                    yield from _calls(term.given, depth + 1)
            elif isinstance(term, Call) and at == 0 and depth == 0:
                rest = [expression[1:]] if expression[1:] else []
                yield Call(term.name, Group([*rest, *group.items[place + 1 :]], group.named))


def _of_helper(call: Call, known: Known, *, is_output: bool) -> str | None:
    """Return what the helper that is called writes, None where it is none that we know."""
    name, given = call.last, call.given or Group()
    if _RULES.form_ends.search(_qualified(call)):
        return "</form>"
    if _RULES.silent_helpers.search(name):
        return None
    if given.items or given.named:
        html = _of_control(_qualified(call), given, known)
        if html is not None:
            return html
    field = (
        _RULES.form_fields.fullmatch(call.name.replace("->", ".")) if is_output and not given.items else None
    )
    if field:
        return _of_field(field.group("name") or "form", field.group("part") or "", known, given)
    return "<form>" if _RULES.form_helpers.search(name) else None


def _qualified(call: Call) -> str:
    """Return a helper's name, `form:text` where a form's builder is asked for a `text`."""
    builder = call.name.replace("->", ".").replace("::", ".").lower().strip("@$:").split(".")[0]
    return f"form:{call.last}" if builder in _RULES.form_builders and builder != call.last else call.last


def _of_control(name: str, given: Group, known: Known) -> str | None:
    if _RULES.link_helpers.search(name):
        return _link(given, known) if given.items else None
    helper = next((one for one in _RULES.helpers if one.name.search(name)), None)
    if helper is None:
        return None
    helped = Helped(given=_opened(given, known), known=known)
    if helper.kind == "label":
        return label(helped)
    return shown_options(helped) if helper.kind == "words" else control(helper.kind, helped)


def _of_field(name: str, part: str, known: Known, given: Group) -> str:
    """Return the control or label of a form's field that is named alone: `{{ form.email }}`."""
    if part in _RULES.label_parts:
        return f'<label for="{escape(name)}">{escape(humanised(name), quote=False)}</label>'
    if part or _RULES.silent_fields.search(name):
        return ""
    kind = next((one.kind for one in _RULES.fields if one.name.search(name.lower())), "text")
    return control(kind, Helped(given=given, known=known, name=name))


def _link(given: Group, known: Known) -> str:
    words = words_of_expression(given.items[0], known)
    address = words_of_expression(given.items[1], known) if len(given.items) > 1 else ""
    href = f' href="{escape(address)}"' if _RULES.addresses.search(address) else ""
    return f"<a{href}>{escape(words, quote=False)}" + ("</a>" if words else "")


def _opened(given: Group, known: Known) -> Group:
    """Return the options of a helper: those in its brackets, or of the variable that stands there."""
    for item in given.items:
        match resolved(item, known):
            case [Group(named=named) as inner] if named:
                return Group([one for one in given.items if one is not item], {**inner.named, **given.named})
    return given


def _echoed(group: Group, known: Known) -> str:
    """Return what a statement of PHP prints: markup as it is, words where the statement is short."""
    out = [_printed(expression, known) for expression in group.items]
    is_short = len(group.items) <= _RULES.short_statements
    return "".join(one if "<" in one else escape(one, quote=False) for one in out if is_short or "<" in one)


def _printed(expression: Expression, known: Known) -> str:
    match expression:
        case [Call(given=given) as call, *rest] if call.last in _RULES.printers:
            return words_of_expression(rest or (given.items[0] if given and given.items else []), known)
    return ""
