"""The words that an expression of template code shows: in quotes, and of variables that are known."""

from collections.abc import Mapping

from pipelines.pages.template_code import Call, Expression, Group, Sign, Term, Words
from pipelines.pages.template_rules import template_rules

Known = Mapping[str, Expression]

_RULES = template_rules()
_OR = frozenset({"||", "??", "|"})
_COMPARING = frozenset({"==", "!=", "===", "!==", "<", ">", "<=", ">="})
_DEEPEST = 8  # variables that stand for variables


def words_of_expression(expression: Expression, known: Known, depth: int = 0) -> str:
    """Return what a reader sees of `expression`, "" where nothing is known of it.

    Of several that may be shown (`a or "b"`, `x ? "a" : "b"`) it is the first that has words.
    """
    parts: list[str] = []
    terms = iter(expression)
    for term in terms:
        if isinstance(term, Sign) and term.text in _COMPARING:
            parts = []
            next(terms, None)
        elif _ends_choice(term):
            if any(parts):
                break
        elif isinstance(term, Sign) and term.text == "?":
            parts = []
        else:
            parts.append(_of_term(term, known, depth))
    return "".join(parts)


def resolved(expression: Expression, known: Known, depth: int = 0) -> Expression:
    """Return what the variable that `expression` names stands for, else the expression itself."""
    match expression:
        case [Call(given=None) as call] if depth < _DEEPEST:
            value = _looked_up(call.name, known)
            return resolved(value, known, depth + 1) if value is not None else expression
    return expression


def is_worded(text: str) -> bool:
    """Say whether a text is words for a reader, `Pay now`, rather than the name of a message, `form.pay`."""
    plain = text.strip()
    return " " in plain or (plain[:1].isupper() and "." not in plain[:-1] and "_" not in plain)


def humanised(name: str) -> str:
    """Return the name of a field as frameworks show it where no label is given: `full_name`, `FullName`."""
    words = _RULES.word_starts.sub(" ", name).replace("_", " ").replace("-", " ").split()
    return " ".join(words).capitalize()


def _ends_choice(term: Term) -> bool:
    if isinstance(term, Sign):
        return term.text in _OR or term.text == ":"
    return isinstance(term, Call) and term.given is None and term.name in {"or", "if", "else", "unless"}


def _of_term(term: Term, known: Known, depth: int) -> str:
    if isinstance(term, Words):
        return term.text
    if isinstance(term, Call):
        return _of_call(term, known, depth)
    if isinstance(term, Group) and len(term.items) == 1 and not term.named:
        return words_of_expression(term.items[0], known, depth)
    return ""


def _of_call(call: Call, known: Known, depth: int) -> str:
    """Return the words that a call shows: what a translator is given, what a variable was set to."""
    if call.given is not None:
        first = call.given.items[0] if call.given.items else []
        text = words_of_expression(first, known, depth + 1) if depth < _DEEPEST else ""
        if call.last in _RULES.defaults:
            return text
        return text if _RULES.translators.search(call.last) and is_worded(text) else ""
    value = _looked_up(call.name, known)
    return words_of_expression(value, known, depth + 1) if value is not None and depth < _DEEPEST else ""


def _looked_up(name: str, known: Known) -> Expression | None:
    """Return what a name stands for, `page.title` where `page` holds it."""
    keys = name.replace("->", ".").replace("::", ".").lower().strip("@$:").split(".")
    if len(keys) > 1 and keys[0] in _RULES.bags and keys[0] not in known:
        keys = keys[1:]
    value = known.get(keys[0])
    for key in keys[1:]:
        value = value[0].named.get(key) if value and isinstance(value[0], Group) else None
    return value
