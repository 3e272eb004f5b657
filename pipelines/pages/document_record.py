"""What reading a document gave."""

from dataclasses import dataclass

from crawlers.outcomes import Outcome


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentText:
    """The text of a PDF, Word file or spreadsheet, or why there is none."""

    outcome: Outcome
    detail: str | None
    text: str = ""  # one paragraph, cell or row a line
    title: str = ""
    headings: tuple[tuple[int, str], ...] = ()  # (level, text)
    field_count: int | None = 0  # fields that a program lets one fill in, and nobody has; None: unreadable
    blank_rows: int = 0  # rows of tables with a label and nothing beside it
    row_count: int = 0  # rows of tables that say anything
