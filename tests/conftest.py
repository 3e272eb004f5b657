"""What all tests share: a state folder of their own, and the table of hostile cases (`make cases`).

In the first, crawls leave word for each other. The second tells which tests show each case, and how
they ended. A test that shows a case is named after it: `test_a8_no_private_address` would show A8.
"""

import gc
import re
from collections import Counter, defaultdict
from collections.abc import Generator, Iterator
from pathlib import Path

import pytest
from scheduling import ByFolder
from warm_children import warm, warm_server
from xdist.remote import Producer

__all__ = ["warm", "warm_server"]

_CASE = re.compile(r"(?P<file>.+)::test_(?P<letter>[a-f])(?P<number>\d+)_(?P<sentence>\w+)")
# What the issues so far ask for; `make cases` fails where one of these has no test that passed.
_ASKED = {"A": 12, "B": 8, "C": 8, "D": 15, "E": 14, "F": 10}
_HEAD = """# Hostile cases

Made by `make cases`; do not edit. Each case of a hostile or faulty site, the tests that show what happens
then, and how they ended. One test may stand for many examples: their number follows the result.

| Case | Test | Where | Result |
|---|---|---|---|
"""


@pytest.fixture(scope="module", autouse=True)
def _own_state(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Let no test meet the hosts' queues of another file's tests, nor of the person who runs them."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("BASKYCH_STATE", str(tmp_path_factory.mktemp("state")))
        yield


class CaseTable:
    """Gathers how the tests of cases ended, and writes them as a table."""

    def __init__(self, path: Path) -> None:
        """Write to `path` when all tests are done."""
        self._path = path
        self._ends: dict[tuple[str, int, str, str], Counter[str]] = defaultdict(Counter)

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Note how a test ended; set-up and tear-down only where they did not pass."""
        case = _CASE.match(report.nodeid)
        if case and (report.when == "call" or report.outcome != "passed"):
            key = (case["letter"].upper(), int(case["number"]), case["sentence"], case["file"])
            self._ends[key][report.outcome] += 1

    def pytest_sessionfinish(self) -> None:
        """Write the table; a case that is asked for and has no test that passed fails the run."""
        self._path.write_text(_HEAD + "".join(map(self._row, sorted(self._ends))), encoding="utf-8")
        shown = {f"{letter}{number}" for (letter, number, *_), ends in self._ends.items() if ends["passed"]}
        asked = {f"{letter}{number}" for letter, last in _ASKED.items() for number in range(1, last + 1)}
        if asked - shown:
            raise pytest.UsageError(f"no test that passed shows {', '.join(sorted(asked - shown))}")

    def _row(self, key: tuple[str, int, str, str]) -> str:
        letter, number, sentence, file = key
        ends = ", ".join(f"{end} {count}" for end, count in sorted(self._ends[key].items()))
        return f"| {letter}{number} | {sentence.replace('_', ' ')} | {file} | {ends} |\n"


def pytest_addoption(parser: pytest.Parser) -> None:
    """Take the place of the table."""
    parser.addoption("--cases", type=Path, help="write the table of hostile cases to this file")


def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> ByFolder:
    """Let the tests of a folder make what they share once."""
    return ByFolder(config, log)


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """Look for no garbage among what was collected: a million objects, which all stay to the end."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.freeze()
        gc.enable()


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Run nothing but cases where their table is asked for."""
    if config.getoption("--cases"):
        items[:] = [item for item in items if _CASE.match(item.nodeid)]


def pytest_configure(config: pytest.Config) -> None:
    """Gather in the process that hears of all tests, not in each of its workers."""
    path = config.getoption("--cases")
    if path and not hasattr(config, "workerinput"):
        config.pluginmanager.register(CaseTable(path), "case-table")
