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
        words = folded(raw)
        if not words:
            self._joint = self._joint or " "
            return
        joint = (self._joint or (" " if raw[0].isspace() else "")) if self.length else ""
        start = self.length + len(joint)
        self._pieces.append(joint + words)
        self.length = start + len(words)
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


def folded(raw: str) -> str:
    """Return a text on one line, spaces folded, without what nobody sees: that is taken out only here."""
    text = " ".join(raw.split())
    return (
        text if text.isprintable() else " ".join(_UNSEEN.sub("", raw).split())
    )  # none of them can be printed


def folded_lines(raw: str) -> str:
    """Return a plain text line by line, spaces folded, empty lines left out."""
    return "\n".join(filter(None, map(folded, raw.splitlines())))
