"""Read the code of a template language as far as a reader's words may stand in it.

Jinja, Ruby, PHP, C# and JavaScript write words, names, brackets and pairs alike; the little that differs does
not matter here. Code becomes a tree of what it names and says, in one pass, and nothing of it is ever run.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TypeAlias

_TOKEN = re.compile(
    r"""(?P<words>"(?:\\.?|[^"\\])*+(?:"|\Z)|'(?:\\.?|[^'\\])*+(?:'|\Z)|`(?:\\.?|[^`\\])*+(?:`|\Z))
    |<<<[ ]*["']?(?P<here>\w+)["']?\n(?P<heredoc>.*?)(?:\n\s*(?P=here)\b|\Z)
    |(?P<comment>/\*.*?(?:\*/|\Z)|//[^\n]*|\#(?![{\[])[^\n]*)
    |(?P<name>[@$:]{0,2}[^\W\d]\w*+(?:(?:\.|->|::|\?\.)[^\W\d]\w*+)*+)
    |(?P<sign>=>|[=!]==?|<=|>=|&&|\|\||\?\?|[()\[\]{},;:=<>|?+~.%])""",
    re.DOTALL | re.VERBOSE,
)
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)
_INSERTED = re.compile(r"[$#]\{[^{}]*\}")
_CLOSING = {"(": ")", "[": "]", "{": "}"}
_DEEPEST = 40  # brackets within brackets: a page that people wrote has fewer


@dataclass(frozen=True, slots=True)
class Words:
    """Words in quotes."""

    text: str


@dataclass(frozen=True, slots=True)
class Sign:
    """An operator between two things."""

    text: str


@dataclass(slots=True)
class Group:
    """What stands between brackets, or the whole of a span: things in their order, and pairs by their key."""

    items: "list[Expression]" = field(default_factory=list)
    named: "dict[str, Expression]" = field(default_factory=dict)


@dataclass(slots=True)
class Call:
    """A name, and what stands in the brackets after it."""

    name: str
    given: Group | None = None

    @property
    def last(self) -> str:
        """The name itself, in lower case: without what it belongs to and without its marks."""
        return re.split(r"\.|->|::", self.name)[-1].strip("@$:?").lower()


Term: TypeAlias = Words | Sign | Call | Group
Expression: TypeAlias = list[Term]


def parsed(code: str) -> Group:
    """Return what `code` names and says; brackets that do not match end where the code ends."""
    return _Parser(code).group("", 0)


class _Parser:
    def __init__(self, code: str) -> None:
        self.tokens = _tokens(code)

    def group(self, closing: str, depth: int) -> Group:
        """Read up to the bracket `closing`, "" for all that is left."""
        builder = _Builder()
        for kind, text in self.tokens:
            if kind == "words":
                builder.add(Words(_plain(text)))
            elif kind == "heredoc":
                builder.add(Words(_INSERTED.sub("", text)))
            elif kind == "name":
                builder.add(Call(text))
            elif text in _CLOSING:
                inner = self.group(_CLOSING[text], depth + 1) if depth < _DEEPEST else Group()
                builder.bracket(text, inner)
            elif text == closing:
                break
            else:
                builder.sign(text)
        builder.end()
        return builder.group


class _Builder:
    """A group while it grows."""

    def __init__(self) -> None:
        self.group = Group()
        self.expression: Expression = []
        self.key = ""

    def add(self, term: Term) -> None:
        """Add a thing; `class:"x"` without spaces comes as one name with its mark."""
        self.expression.append(term)

    def bracket(self, opening: str, inner: Group) -> None:
        """Add a bracket: after a name its arguments or a key (`content["title"]`), else a thing alone."""
        before = self.expression[-1] if self.expression else None
        if isinstance(before, Call) and before.given is None and opening == "(":
            before.given = inner
        elif isinstance(before, Call) and before.given is None and opening == "[":
            before.name += f".{_key(inner.items[0])}" if inner.items else ""
        else:
            self.expression.append(inner)

    def sign(self, sign: str) -> None:
        """End a thing at a comma, name what follows at a colon, else keep the operator."""
        if sign in {",", ";"}:
            self.end()
        elif self._is_next_pair(sign):
            name = self.expression.pop()
            self.end()
            self.key = _key([name])
        elif self._is_pair(sign):
            self.key = _key(self.expression)
            self._keep(self.expression[:-1])
            self.expression = []
        elif sign in {")", "]", "}"}:
            pass
        else:
            self.expression.append(Sign(sign))

    def _is_next_pair(self, sign: str) -> bool:
        """Say whether a pair follows another without a comma: `Title="Pay" Language="C#"`."""
        match self.expression:
            case [*_, Words() | Call(), Call(given=None)]:
                return sign == "=" and bool(self.key)
        return False

    def end(self) -> None:
        """Keep the expression under its key, or in order where it has none."""
        if self.key:
            self.group.named.setdefault(self.key, self.expression)
        else:
            self._keep(self.expression)
        self.expression, self.key = [], ""

    def _keep(self, expression: Expression) -> None:
        if expression:
            self.group.items.append(expression)

    def _is_pair(self, sign: str) -> bool:
        if sign not in {":", "=", "=>"} or self.key or not _key(self.expression):
            return False  # asked first: of a page of signs, each would else go through all before it
        return not any(isinstance(term, Sign) and term.text == "?" for term in self.expression)


def _tokens(code: str) -> Iterator[tuple[str, str]]:
    for token in _TOKEN.finditer(code):
        kind = "heredoc" if token["here"] else str(token.lastgroup)
        if kind != "comment":
            yield kind, token[kind]


def _key(expression: Expression) -> str:
    """Return the name that a pair's key gives: `title`, `"title"`, `ViewBag.Title`."""
    match expression[-1] if expression else None:
        case Call(given=None) as call:
            return call.last
        case Words(text):
            return text.lower()
    return ""


def _plain(quoted: str) -> str:
    """Return the words in quotes, without what is put among them when the code runs."""
    inner = quoted[1:-1] if len(quoted) > 1 and quoted[-1] == quoted[0] else quoted[1:]
    return _INSERTED.sub("", _ESCAPED.sub(_unescaped, inner))


def _unescaped(escape: re.Match[str]) -> str:
    return {"n": "\n", "t": " ", "r": " "}.get(escape.group(1), escape.group(1))
