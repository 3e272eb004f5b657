"""Rows as aligned text: the same on a terminal, in a log and in a file."""

from collections.abc import Sequence


def aligned(header: Sequence[str], rows: Sequence[Sequence[str | int]], indent: str = "  ") -> str:
    """Return `rows` under `header`, two spaces between columns; columns of numbers are set to the right."""
    texts = [[str(cell) for cell in row] for row in rows]
    widths = [max(map(len, column)) for column in zip(header, *texts, strict=True)]
    numeric = [
        bool(rows) and all(isinstance(cell, int) for cell in column) for column in zip(*rows, strict=True)
    ]
    right = numeric or [False] * len(header)

    def line(cells: Sequence[str]) -> str:
        placed = [
            cell.rjust(width) if is_right else cell.ljust(width)
            for cell, width, is_right in zip(cells, widths, right, strict=True)
        ]
        return (indent + "  ".join(placed)).rstrip()

    return "\n".join([line(header), line(["-" * width for width in widths]), *map(line, texts)])
