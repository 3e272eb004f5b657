"""The parts of an evaluation's text: one figure, one matrix, one mistake."""

from collections.abc import Iterable, Iterator, Sequence
from string import ascii_lowercase

from pipelines.measuring.answers import Clue
from pipelines.measuring.evaluation import Cell, Measure, Mistake

NOTHING = "—"
_LONGEST_QUOTE = 70
_CELL = 4  # characters


def figure(measure: Measure, digits: int = 2) -> str:
    """Return a figure with its interval and the pages it rests on: `0.90 [0.85, 0.97] (139)`."""
    pages = f"({measure.support})"
    if measure.value is None:
        return f"{NOTHING} {pages}"
    value = f"{measure.value:.{digits}f}"
    if measure.low is None or measure.high is None:
        return f"{value} {pages}"
    return f"{value} [{measure.low:.2f}, {measure.high:.2f}] {pages}"


def matrix(title: str, cells: Sequence[Cell], names: Sequence[str]) -> str:
    """Return a confusion matrix: columns are named by the letters of their rows, empty cells by a dot."""
    pages = {(one.label, one.answer): one.pages for one in cells}
    letters = ascii_lowercase[: len(names)]
    wide = max(map(len, names), default=0) + 2
    rows = (
        f"  {letter} {label:{wide}}" + "".join(f"{pages.get((label, one), '.'):>{_CELL}}" for one in names)
        for letter, label in zip(letters, names, strict=True)
    )
    head = f"    {'':{wide}}" + "".join(f"{letter:>{_CELL}}" for letter in letters)
    return listed(title, [head, *rows])


def mistake(one: Mistake) -> Iterator[str]:
    """Yield the lines of a page that was judged wrongly."""
    yield f"  {one.page_id} {one.site} (confidence {one.confidence:.2f})"
    if one.kind_label != one.kind_answer:
        yield f"    kind: is {one.kind_label}, said {one.kind_answer}"
        yield from _clues("because of the sign", one.kind_clues)
    if one.stage_label != one.stage_answer:
        yield f"    stage: is {one.stage_label or 'none'}, said {one.stage_answer or 'none'}"
        yield from _clues("because of", one.stage_clues)
    if one.missed:
        yield f"    missed: {', '.join(one.missed)}"
    for clue in one.invented:
        yield f"    wrongly found: {_said(clue)}"


def _clues(why: str, clues: Iterable[Clue]) -> Iterator[str]:
    return (f"      {why} {_said(clue)}" for clue in clues)


def _said(clue: Clue) -> str:
    """Return what spoke and its words; a page's length or form has none."""
    said = " ".join(clue.quote.split())
    cut = said if len(said) <= _LONGEST_QUOTE else said[:_LONGEST_QUOTE] + "…"
    return f"{clue.name}: {cut}" if cut else clue.name


def listed(title: str, rows: Iterable[str]) -> str:
    """Return a title with its lines, or with "none"."""
    return "\n".join([title, *([*rows] or ["  none"])])
