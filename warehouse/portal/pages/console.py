"""SQL in the reader's own browser: ready questions, and room for one's own. Nothing else depends on it."""

from functools import cache
from pathlib import Path
from urllib.parse import quote

from warehouse.plain_yaml import read_yaml
from warehouse.portal import addresses
from warehouse.portal.press import Press

QUESTIONS = Path(__file__).parents[1] / "questions.yml"
DATABASE = "data/baskych.duckdb"


def print_page(press: Press) -> None:
    """Print the page; each question is a link that carries its SQL."""
    asked = [
        {**question, "link": f"?sql={quote(question['sql'].strip(), safe='')}"} for question in questions()
    ]
    press.print("console.html", addresses.CONSOLE, questions=asked, database=DATABASE)


@cache
def questions() -> tuple[dict[str, str], ...]:
    """Return the ready questions: what each asks, in English, and its SQL."""
    return tuple(read_yaml(QUESTIONS))
