"""Read a file of code that returns its page (JSX, TSX) as the page that it shows.

The markup in the code is the page; of an expression in it the markup and the words stay. Of the code around
it the sentences stay, as lists of words that the page shows often stand there.
"""

import re
from collections.abc import Iterator
from html import escape

from pipelines.pages.template_code import Expression, Words, parsed
from pipelines.pages.template_rules import template_rules
from pipelines.pages.template_words import words_of_expression

_RULES = template_rules()
_TOKEN = re.compile(
    r"""(?P<comment>//[^\n]*|/\*.*?(?:\*/|\Z))
    |(?P<words>"(?:\\.?|[^"\\\n])*+(?:"|(?=\n)|\Z)
        |'(?:\\.?|[^'\\\n])*+(?:'|(?=\n)|\Z)|`(?:\\.?|[^`\\])*+(?:`|\Z))
    |(?P<markup><(?=[A-Za-z>]))|(?P<bracket>[()\[\]{}])|(?P<name>[\w$][\w$.]*+)
    |(?P<sign>[=!]==?|=>|&&|\|\||[^\s])""",
    re.DOTALL | re.VERBOSE,
)
_STOP = re.compile(r"[<{]")
_NAME = re.compile(r"<(/?)([A-Za-z][\w.:-]*+)?")
_ATTRIBUTE = re.compile(r"\s*+([A-Za-z_:@][\w:.@-]*+)(\s*+=\s*+)?")
_BETWEEN = re.compile(r"(?:\s++|//[^\n]*+|/\*(?:[^*]|\*(?!/))*+\*/)*+")
_VALUE = re.compile(r"\"[^\"]*\"|'[^']*'")
_CONSTANT = re.compile(r"\b(?:const|let|var)\s+(\w+)\s*=\s*([\"'`])([^\"'`\n]*)\2")
_BEFORE_MARKUP = frozenset({"return", "default", "case", "else", "yield", "(", "[", "{", "}", ""})
_BEFORE_WORDS = frozenset({"?", "&&", "||", "{", "("})
_DEEPEST = 60  # markup in code in markup


def markup_of_script(code: str) -> str:
    """Return the HTML that a file of code shows."""
    script = _Script(_without_ruby(code))
    script.code("", 0)
    return "".join(script.out)


def _without_ruby(code: str) -> str:
    """Take out what a generator of code writes among it: `<%= … %>`."""
    first, *others = code.split("<%")
    return first + "".join(one.partition("%>")[2] if "%>" in one else f"<%{one}" for one in others)


class _Script:
    """One pass over a file of code."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.at = 0
        self.out: list[str] = []
        self.known: dict[str, Expression] = {
            name.lower(): [Words(words)] for name, _, words in _CONSTANT.findall(source)
        }
        self._last_end: dict[str, int] = {}

    def code(self, closing: str, depth: int) -> None:
        """Read code up to the bracket `closing` that ends it."""
        before, calls = "", [""]
        while token := self._token():
            kind, text = token
            if kind == "bracket" and text in ")]}":
                if len(calls) == 1 and text == closing:
                    return
                calls = calls[:-1] or [""]
            elif kind == "bracket":
                calls.append(before if text == "(" else calls[-1])
            elif kind == "words":
                self._words(text, before, calls, is_shown=depth > 0)
            elif kind == "markup" and self._is_markup(before) and depth < _DEEPEST and self._element(depth):
                text = ")"
            if kind != "comment":
                before = text if kind != "words" else "words"

    def _token(self) -> tuple[str, str] | None:
        found = _TOKEN.search(self.source, self.at)
        if found is None:
            self.at = len(self.source)
            return None
        self.at = found.end()
        return str(found.lastgroup), found.group()

    def _words(self, quoted: str, before: str, calls: list[str], *, is_shown: bool) -> None:
        """Write words of the code: among markup those that stand alone or are chosen, elsewhere sentences."""
        words = words_of_expression(next(iter(parsed(quoted).items), []), {})
        if is_shown and words and before in _BEFORE_WORDS and len(calls) == 1:
            self.out.append(escape(words, quote=False))
        elif not is_shown and before not in {"from", "import"} and _is_sentence(words) and _is_seen(calls):
            self.out.append(f"<p>{escape(words, quote=False)}</p>")

    def _is_markup(self, before: str) -> bool:
        return before in _BEFORE_MARKUP or not (
            before[-1:].isalnum() or before in {")", "]", "words", "_", "$"}
        )

    def _element(self, depth: int) -> bool:
        """Write the element that begins before where we are, and all in it; say whether it is one."""
        start = self.at = self.at - 1
        name = _NAME.match(self.source, start)
        if name is None or not self._ends_later(name.group(2) or "", start):
            self.at = start + 1
            return False
        open_ones = self._tag(depth)
        while open_ones > 0 and (found := _STOP.search(self.source, self.at)):
            self.out.append(self.source[self.at : found.start()])
            self.at = found.start()
            if found.group() == "{":
                self._expression(depth)
            else:
                open_ones += self._tag(depth)
        return True

    def _ends_later(self, name: str, start: int) -> bool:
        """Say whether an element ends at all: `<T>` of a type does not."""
        if name not in self._last_end:
            self._last_end[name] = self.source.rfind(f"</{name}")
        return self._last_end[name] > start or self._last_alone > start

    @property
    def _last_alone(self) -> int:
        if "/>" not in self._last_end:
            self._last_end["/>"] = self.source.rfind("/>")
        return self._last_end["/>"]

    def _expression(self, depth: int) -> None:
        """Write what `{…}` among markup shows: its markup and its words, else a variable that is known."""
        start, written = self.at + 1, len(self.out)
        self.at = start
        self.code("}", depth + 1)
        inner = self.source[start : self.at - 1]
        if len(self.out) == written and len(inner) < _RULES.longest_code:
            words = words_of_expression(next(iter(parsed(inner).items), []), self.known)
            self.out.append(escape(words, quote=False))

    def _tag(self, depth: int) -> int:
        """Write one tag; return by how many elements more are open after it."""
        name = _NAME.match(self.source, self.at)
        if name is None:
            return 0
        closing, called = name.groups()
        self.at = name.end()
        after: list[str] = []
        attributes = "".join(self._attributes(depth, after))
        alone = self.source.startswith("/>", self.at)
        end = self.source.find(">", self.at, self.at + 2)
        self.at = end + 1 if end >= 0 else self.at
        if called:
            self.out.append(f"<{closing}{called}{attributes}{' /' if alone else ''}>")
        self.out += after
        if closing:
            return -1
        return 0 if alone or called in _RULES.void_tags else 1

    def _attributes(self, depth: int, after: list[str]) -> Iterator[str]:
        """Yield the attributes of a tag as HTML writes them; markup in one stands after the tag."""
        while True:
            brace = self._at_brace()
            found = None if brace else _ATTRIBUTE.match(self.source, self.at)
            self.at = found.end() if found else self.at
            brace = brace or (found is not None and bool(found.group(2)) and self._at_brace())
            if found is None and not brace:
                return
            value = self._braced(depth, after) if brace else None
            if value is None and found and found.group(2):
                value = self._quoted()
            if found:
                yield _attribute(found.group(1), value)

    def _at_brace(self) -> bool:
        between = _BETWEEN.match(self.source, self.at)
        self.at = between.end() if between else self.at
        return self.source.startswith("{", self.at)

    def _quoted(self) -> str:
        value = _VALUE.match(self.source, self.at)
        self.at = value.end() if value else self.at
        return value.group()[1:-1] if value else ""

    def _braced(self, depth: int, after: list[str]) -> str:
        """Return the words of `{…}` in a tag; elements in it are written after the tag."""
        written, start = len(self.out), self.at + 1
        self._expression(depth)
        given = self.out[written:]
        del self.out[written:]
        if any(one.startswith("<") for one in given):
            after += given
            return ""
        inner = self.source[start : self.at - 1]
        first = next(iter(parsed(inner).items), []) if len(inner) < _RULES.longest_code else []
        return escape(words_of_expression(first, self.known))


def _attribute(name: str, value: str | None) -> str:
    shown = _RULES.attribute_names.get(name, name)
    return f" {shown}" if value is None else f' {shown}="{value.replace(chr(34), "&quot;")}"'


def _is_seen(calls: list[str]) -> bool:
    """Say whether words are for a reader: what is thrown or logged is not."""
    return not any(call.rpartition(".")[2] in _RULES.silent_calls for call in calls)


def _is_sentence(words: str) -> bool:
    plain = words.strip()
    first = plain.split()[0] if plain else ""
    return len(plain.split()) >= _RULES.code_words and first[:1].isupper() and "/" not in first
