"""Text as a reader meets it: one block a line, spaces folded, and every piece's region and place known."""

from dataclasses import dataclass, field

from pipelines.pages.html_rules import html_rules
from pipelines.records import Region

_UNSEEN = html_rules().unseen_characters


@dataclass(slots=True)
class Mark:
    """A place in the flow, to ask later what was written since."""

    piece: int
    offset: int


@dataclass(slots=True)
class TextFlow:
    """The page's text while it grows."""

    length: int = 0
    _pieces: list[str] = field(default_factory=list)
    _regions: list[tuple[str, int, int]] = field(default_factory=list)
    _joint: str = ""  # what stands before the next piece: nothing, a space or a new line

    def write(self, raw: str, region: str) -> None:
        """Add a text as it stands in the source, in a region."""
        words = () if raw.isspace() else words_of(raw)  # most of a page's texts lie between elements
        if not words:
            self.space()
            return
        if raw[0].isspace():
            self.space()
        if not self.length:
            self._joint = ""
        start = self.length + len(self._joint)
        self._pieces.append(self._joint + " ".join(words))
        self.length += len(self._pieces[-1])
        self._joint = " " if raw[-1].isspace() else ""
        self._note_region(region, start)

    def space(self) -> None:
        """Keep the next piece apart by a space."""
        self._joint = self._joint or " "

    def line(self) -> None:
        """Begin a new line before the next piece."""
        self._joint = "\n"

    def mark(self) -> Mark:
        """Return the place that has been reached."""
        return Mark(len(self._pieces), self.length)

    def since(self, mark: Mark) -> tuple[str, int]:
        """Return what was written since `mark`, and its offset; ("", -1) when nothing was."""
        written = "".join(self._pieces[mark.piece :])
        text = written.lstrip()
        return (text, mark.offset + len(written) - len(text)) if text else ("", -1)

    def last_line(self, first: int = 0) -> str:
        """Return the line written last: an unlabelled field's best label; nothing before the piece `first`.

        A line of signs alone, such as the star of a required field, is read with the line before it.
        """
        line = ""
        for piece in reversed(self._pieces[first:]):
            before, is_new, own = piece.rpartition("\n")
            line = f"{own}{line}"
            if is_new and any(map(str.isalnum, line)):
                break
            line = f" {line}" if is_new else line
            if before and any(map(str.isalnum, before)):
                line = before.rsplit("\n", 1)[-1] + line
                break
        return line.strip()

    def text(self) -> str:
        """Return the whole text."""
        return "".join(self._pieces)

    def regions(self) -> tuple[Region, ...]:
        """Return the stretches of text, each with its role, in order."""
        return tuple(Region(name=name, start=start, end=end) for name, start, end in self._regions)

    def _note_region(self, name: str, start: int) -> None:
        if self._regions and self._regions[-1][0] == name:
            start = self._regions.pop()[1]
        self._regions.append((name, start, self.length))


def words_of(raw: str) -> list[str]:
    """Return the words of a text without the characters that nobody sees: they are taken out only here."""
    return _UNSEEN.sub("", raw).split()


def folded_lines(raw: str) -> str:
    """Return a plain text line by line, spaces folded, empty lines left out."""
    lines = (" ".join(words_of(line)) for line in raw.splitlines())
    return "\n".join(line for line in lines if line)
