"""Pages of many alike are printed by processes of their own: as many as are wanted, and none dies unheard."""

import os
from pathlib import Path

import duckdb
import pytest

from warehouse.portal.errors import PrinterDiedError
from warehouse.portal.knowledge import read_knowledge
from warehouse.portal.press import Press
from warehouse.portal.presses import ALONE, print_all
from warehouse.portal.reader import Reader, Row
from warehouse.portal.site import nowhere


@pytest.fixture
def press(warehouse: duckdb.DuckDBPyConnection, tmp_path: Path) -> Press:
    """Return a press into an empty folder."""
    return Press(tmp_path, read_knowledge(Reader(warehouse)), nowhere())


def tell_who(press: Press, row: Row) -> None:
    """Note the process that prints."""
    (press.folder / f"{row['number']}").write_text(str(os.getpid()))


def die(_press: Press, _row: Row) -> None:
    """End as a process does that the system kills."""
    os._exit(9)


def test_one_process_prints_everything_where_only_one_is_wanted(press: Press):
    """However many pages there are."""
    press.processes = 1
    print_all(press, ({"number": number} for number in range(3)), ALONE + 1, tell_who)

    assert [str(os.getpid())] * 3 == [path.read_text() for path in press.folder.iterdir()]


def test_a_process_that_dies_is_an_error_that_says_so(press: Press):
    """Pages are missing then: nothing may be published."""
    press.processes = 2

    with pytest.raises(PrinterDiedError, match="a process that prints pages has died"):
        print_all(press, ({"number": number} for number in range(3)), ALONE + 1, die)
