"""Write a template as the page that it shows: its text as it is, each span of code as what it says."""

import re
from html import escape

from pipelines.pages.template_code import Call, Expression, Group, Words, parsed
from pipelines.pages.template_controls import Helped, shown_options
from pipelines.pages.template_rules import template_rules
from pipelines.pages.template_shown import shown, words_shown
from pipelines.pages.template_spans import Piece, pieces

_RULES = template_rules()
_USED = re.compile(r"(?:\{\{-?\s*|\(\s*|,\s*|\bin\s+|=\s*|\becho\s+)\$?([A-Za-z_]\w*)")
_MARKUP = re.compile(r"</?[a-z]\w*[\s>]")
_BEFORE_CODE = ("{", "<", "@", "$", "#")  # where code went between one of these and
_OPENINGS = "{%#!<?=@-"  # one of these, both together must not become an opening of their own


class TemplateReader:
    """One reading of a template; what its code sets is kept in `known`."""

    def __init__(self, known: dict[str, Expression]) -> None:
        """Begin; `known`: what is set already, by its name in lower case."""
        self.known = known
        self.used: set[str] = set()
        self._out: list[str] = []
        self._in_tag = False
        self._ruby: list[str] = []  # what ends each block of Ruby that is open
        self._comment = -1  # where a block began of which nothing is shown
        self._title: tuple[str, int] | None = (
            None  # what names the title block that is open, and where it began
        )

    def read(self, html: str) -> str:
        """Return what `html` shows."""
        self.used = {name.lower() for name in _USED.findall(html)}
        is_razor = bool(_RULES.razor_signs.search(html))
        for piece in pieces(html):
            if piece.what == "text":
                self._text(_RULES.code_lines.sub("", piece.text) if is_razor else piece.text)
            elif piece.what == "kept":
                self._out.append(piece.text)
            elif piece.what != "comment":
                self._code(piece)
        return "".join(self._out)

    def _text(self, text: str) -> None:
        if text and self._out and self._out[-1].endswith(_BEFORE_CODE) and text[0] in _OPENINGS:
            self._out.append(" ")
        self._out += [text] if text else []
        opened, closed = text.rfind("<"), text.rfind(">")
        if opened > closed:
            self._in_tag = text[opened + 1 : opened + 2].isalpha()
        elif closed > opened:
            self._in_tag = False

    def _code(self, piece: Piece) -> None:
        if len(piece.text) > _RULES.longest_code:
            return
        group = parsed(piece.text)
        if piece.what == "statement":
            self._note(group)
        if self._in_tag:
            html = escape(words_shown(group, self.known)) if piece.what == "output" else ""
        else:
            html = shown(group, self.known, is_output=piece.what == "output") or self._end_of_ruby(group)
            self._begin_ruby(group, html)
        self._out += [html] if html else []

    def _begin_ruby(self, group: Group, html: str) -> None:
        """Remember a block that `end` will end: of a form, or of anything else."""
        first = group.items[0][0] if group.items else None
        terms = [term for one in [*group.items, *group.named.values()] for term in one]
        if any(isinstance(term, Call) and term.name == "do" for term in terms):
            self._ruby.append("</form>" if html == "<form>" else "")
        elif isinstance(first, Call) and first.name in _RULES.ruby_blocks:
            self._ruby.append("")

    def _end_of_ruby(self, group: Group) -> str:
        match group.items:
            case [[Call(name="end")]] if self._ruby:
                return self._ruby.pop()
        return ""

    def _note(self, group: Group) -> None:
        """Keep what a statement sets, and begin or end a block: of a title, of words that nobody sees."""
        match group.items[:1]:
            case [[Call() as call, *_]] if call.last in _RULES.comment_starts:
                self._comment = len(self._out)
            case [[Call() as call, *_]] if call.last in _RULES.comment_ends and self._comment >= 0:
                del self._out[self._comment :]
                self._comment = -1
            case [[Call() as call, *rest]] if call.last in _RULES.block_starts:
                arguments = call.given.items if call.given else [rest, *group.items[1:]]
                self._note_block(list(filter(None, arguments)), group)
            case [[Call() as call, *_]] if call.last in _RULES.block_ends:
                self._end_title()
        for one in [group, *(item[0] for item in group.items if isinstance(item[0], Group))]:
            for name, value in one.named.items():
                self.known.setdefault(name, value)
                self._show_unused(name, value)

    def _note_block(self, arguments: list[Expression], group: Group) -> None:
        match arguments:
            case [[Call() | Words() as first, *_], value, *_]:
                self.known.setdefault(_name(first), value)
            case [[Call() | Words() as first, *_]] if not group.named and _RULES.title_names.search(
                _name(first)
            ):
                self._title = (_name(first), len(self._out))

    def _end_title(self) -> None:
        """Take the words of a title's block out of the page: they stand in its head."""
        if self._title is None:
            return
        name, start = self._title
        self._title = None
        before = "".join(self._out[max(0, start - 6) : start]).lower()
        if before.rfind("<title") <= before.rfind("</title"):
            self.known.setdefault(name, [Words("".join(self._out[start:]).strip())])
            del self._out[start:]

    def _show_unused(self, name: str, value: Expression) -> None:
        """Show options that are set for a layout that we do not have: nothing else of the file uses them."""
        if name in self.used or self._in_tag:
            return
        match value:
            case [Group() as options]:
                self._out.append(shown_options(Helped(given=options, known=self.known)))
            case [Words(text)] if _MARKUP.search(text):
                self._out.append(text)


def _name(term: Call | Words) -> str:
    return (term.text if isinstance(term, Words) else term.last).strip().lower()
