"""What was wrong: our own errors in earlier releases, and what others told us and how it was decided."""

from functools import cache
from pathlib import Path
from typing import Any

from warehouse.plain_yaml import read_yaml
from warehouse.portal import addresses
from warehouse.portal.press import Press
from warehouse.portal.reader import Reader

ERRATA = Path(__file__).parents[1] / "errata.yml"


def print_page(press: Press, reader: Reader) -> None:
    """Print the page of errors and decisions."""
    press.print("errata.html", addresses.ERRATA, errata=errata(), corrections=reader.all("corrections"))


@cache
def errata() -> tuple[dict[str, Any], ...]:
    """Return our known errors, newest first: when found, in which releases, and what was done."""
    return tuple(read_yaml(ERRATA)["errata"])
