"""The controls that helpers of template languages write, with the words of their options."""

from collections.abc import Iterator
from dataclasses import dataclass
from html import escape

from pipelines.pages.template_code import Call, Expression, Group, Words
from pipelines.pages.template_rules import template_rules
from pipelines.pages.template_words import Known, humanised, is_worded, words_of_expression

_RULES = template_rules()
_CHOICES = frozenset({"radio", "checkbox"})
_DEEPEST = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Helped:
    """What a helper is given."""

    given: Group
    known: Known
    name: str = ""  # of the field, where it is known already

    def words(self, *keys: str) -> str:
        """Return the words of the first of `keys` that has any, also within: `label: {text: …}`."""
        return next((words for key in keys if (words := self._at(self.given, key, 0))), "")

    def _at(self, group: Group, key: str, depth: int) -> str:
        match group.named.get(key, []):
            case [Group() as inner] if depth < _DEEPEST:
                return next((w for one in _RULES.label_keys if (w := self._at(inner, one, depth + 1))), "")
            case expression:
                return words_of_expression(expression, self.known).strip()

    def items(self) -> Iterator["Helped"]:
        """Yield the choices that are offered."""
        match self.given.named.get("items") or self.given.named.get("options") or []:
            case [Group(items=items)]:
                for item in items:
                    if item and isinstance(item[0], Group):
                        yield Helped(given=item[0], known=self.known)

    @property
    def field(self) -> str:
        """The name of the field: by its option, by a lambda's property, else the first symbol."""
        return self.name or self.words(*_RULES.name_keys) or next(_named(self.given), "")

    @property
    def label(self) -> str:
        """The words that name the field."""
        return self.words(*_RULES.label_keys) or next(_worded(self.given), "")


def control(kind: str, helped: Helped) -> str:
    """Return the input of `kind` that a helper writes, in its label."""
    if kind == "submit":
        return f"<button>{_text(helped.label or next(_words_of(helped.given), ''))}</button>"
    items = list(helped.items())
    if kind in _CHOICES and items:
        return _line(helped.label) + _line(helped.words("hint")) + "".join(_choices(kind, helped, items))
    name = helped.field
    inside = f"{_text(helped.label)} {_input(kind, name, items)}"
    hint = helped.words("hint") if helped.words("hint") != helped.label else ""
    return (f"<label>{inside}</label>" if helped.label else inside.strip()) + _line(hint)


def label(helped: Helped) -> str:
    """Return the label that a helper writes; without words of its own it shows the name of its field."""
    name = helped.field
    return f'<label for="{escape(name)}">{_text(helped.label or humanised(name))}</label>'


def shown_options(helped: Helped, depth: int = 0) -> str:
    """Return all words of options that a reader sees, as lines, and the controls among them."""
    out = []
    for key, expression in helped.given.named.items():
        kind = _RULES.option_controls.get(key)
        inner = _group(expression)
        if inner is None:
            words = words_of_expression(expression, helped.known).strip() if key in _RULES.shown_keys else ""
            out.append(_line(words))
        elif kind:
            out.append(control(kind, Helped(given=inner, known=helped.known, name=key)))
        elif depth < _DEEPEST:
            out.append(shown_options(Helped(given=inner, known=helped.known), depth + 1))
    for item in helped.given.items:
        inner = _group(item)
        if inner is not None and depth < _DEEPEST:
            out.append(shown_options(Helped(given=inner, known=helped.known), depth + 1))
    return "".join(out)


def _choices(kind: str, helped: Helped, items: list[Helped]) -> Iterator[str]:
    for item in items:
        name = item.words("name") or helped.field
        words = _text(item.words("text", "html", "label"))
        yield f"<label><input type='{kind}' name='{escape(name)}'> {words}</label>"
        yield _line(item.words("hint"))


def _input(kind: str, name: str, items: list[Helped]) -> str:
    named = f" name='{escape(name)}' id='{escape(name)}'" if name else ""
    if kind == "select":
        options = "".join(f"<option>{_text(item.words('text', 'label'))}</option>" for item in items)
        return f"<select{named}>{options}</select>"
    return f"<textarea{named}></textarea>" if kind == "textarea" else f"<input type='{kind}'{named}>"


def _group(expression: Expression) -> Group | None:
    return expression[0] if len(expression) == 1 and isinstance(expression[0], Group) else None


def _named(given: Group) -> Iterator[str]:
    """Yield what may be the field's name: `:name`, `m => m.Name`, `'name'`, `form.name`."""
    for key, expression in given.named.items():
        match expression:
            case [Call() as call] if call.name.lower().startswith(f"{key}."):
                yield call.name.rpartition(".")[2]
    for item in given.items[:2]:
        match item:
            case [Call() as call]:
                yield call.name.replace("->", ".").strip(":@$").rpartition(".")[2]
            case [Words(text)] if " " not in text:
                yield text


def _worded(given: Group) -> Iterator[str]:
    return (words for words in _words_of(given) if is_worded(words))


def _words_of(given: Group) -> Iterator[str]:
    return (term.text for item in given.items for term in item if isinstance(term, Words))


def _line(words: str) -> str:
    return f"<p>{_text(words)}</p>" if words else ""


def _text(words: str) -> str:
    """Return words for a page; what an option gives as markup stays markup."""
    return words if "<" in words and ">" in words else escape(words, quote=False)
