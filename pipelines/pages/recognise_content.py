"""What a page says of its own: its content without menus, links and what repeats on every page.

An error page of a ministry has the ministry's header, menus and footer: hundreds of words. What it says
itself is a sentence.
"""

import re
from dataclasses import dataclass
from functools import cached_property

from pipelines.records import Page
from pipelines.replacing import with_replaced

_LONGEST_WORD, _LONGEST_NAME = 40, 400  # characters
_STRAIGHT = {"’": "'", "ʼ": "'", "‘": "'", "ʻ": "'", "`": "'", "\u00a0": " "}


@dataclass(frozen=True)
class Content:
    """A page as the rules of `knowledge/recognise.yml` look at it."""

    page: Page

    @cached_property
    def word_count(self) -> int:
        """Words of the whole page."""
        return len(self.page.text.split())

    @property
    def words(self) -> str:
        """All that a page says by its title, its headings and its text; apostrophes are straight."""
        return straight("\n".join([*self.names, self.page.description, self.page.text]))

    @cached_property
    def own(self) -> str:
        """The main content without the words of its links; apostrophes are straight."""
        return straight("\n".join(piece for piece in self._own_pieces() if piece.strip()))

    @cached_property
    def own_word_count(self) -> int:
        """Words of the page's own content; a row of signs without end counts as many."""
        return max(len(self.own.split()), len(self.own) // _LONGEST_WORD)

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The title and the first-level headings."""
        headings = (text for level, text in self.page.headings if level == 1)
        return tuple(straight(name.strip()[:_LONGEST_NAME]) for name in (self.page.title, *headings))

    def start(self, length: int) -> str:
        """Return what a reader meets first: title, description and `length` characters of the text."""
        return f"{self.page.title}\n{self.page.description}\n{self.page.text[:length]}"

    def answers_asked(self, not_counted: re.Pattern[str]) -> int:
        """Return how many fields a person is asked to fill in, but for those whose name or label fits."""
        return sum(
            not not_counted.search(f"{field.name}\n{field.label}")
            for form in self.page.forms
            if form.region == "main"
            for field in form.fields
        )

    def _own_pieces(self) -> list[str]:
        """Return the stretches of the main regions that lie between links."""
        links = sorted((link.offset, link.offset + len(link.text)) for link in self.page.links if link.text)
        pieces = []
        for region in self.page.regions:
            at = region.start
            for start, end in links if region.name == "main" else ():
                if at <= start < region.end:
                    pieces.append(self.page.text[at:start])
                    at = end
            if region.name == "main":
                pieces.append(self.page.text[at : region.end])
        return pieces


def straight(text: str) -> str:
    """Return `text` with one kind of apostrophe and of space: keyboards and editors have many."""
    return with_replaced(text, _STRAIGHT)
