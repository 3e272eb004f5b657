"""The command line: how it helps, and what it says where."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from command_line import baskych
from tiny_site import Published

from pipelines.cli import app
from pipelines.operating.exits import MEANINGS, Exit

GOLDEN = Path(__file__).parents[1] / "golden"
HEAVY = {"dagster", "duckdb", "scrapy", "pyarrow", "structlog"}
MOST_BEFORE = 80  # characters of help that may stand before the words that are looked for
pytestmark = pytest.mark.usefixtures("of_nobody")


def imported_by(*arguments: str) -> set[str]:
    """Return the modules that a process has imported after it took a command."""
    asked = (
        f"import sys; sys.argv = {['baskych', *arguments]!r}\n"
        "from pipelines.cli import main\n"
        "try: main()\nexcept SystemExit: pass\n"
        "print(*sys.modules)"
    )
    answer = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    return set(answer.stdout.splitlines()[-1].split())


def test_help_imports_nothing_heavy():
    """`baskych --help` answers at once, because each command imports what it needs when it is called."""
    assert not imported_by("--help") & {*HEAVY, "pydantic"}


def test_a_page_is_explained_without_the_crawler():
    """`baskych inspect page.html` imports neither it nor what tells its events: a fifth of the time.

    Events that were told all the same would go to standard output, for nobody has said where to.
    """
    assert not imported_by("inspect", str(GOLDEN / "judge" / "application" / "page.html")) & HEAVY


@pytest.mark.parametrize("name", [command.name for command in app.registered_commands])
def test_every_command_has_an_example(name: str):
    """A person copies the example and changes it."""
    help_text = baskych(name, "--help").output

    assert "Examples:" in help_text
    assert f"\n    baskych {name}" in help_text


def test_the_commands_are_those_that_other_programs_rely_on():
    """No command is renamed or dropped without a word in the changelog."""
    names = {command.name for command in app.registered_commands}

    assert {"run", "crawl", "import", "understand", "build", "publish", "rebuild", "serve"} <= names
    assert {"inspect", "evaluate", "verify", "doctor", "init", "ui", "exit-codes"} <= names


def test_exit_codes_are_printed_for_people_and_programs():
    """The table that this module tests is the one that people see."""
    shown = json.loads(baskych("exit-codes", "--json").stdout)

    assert [str(int(code)) for code in Exit] == list(shown)
    assert MEANINGS[Exit.LOCKED].what in baskych("exit-codes").stdout


@pytest.mark.parametrize(
    ("verb", "option", "words"),
    [
        ("crawl", "--round YYYY-MM", "Without it: this month"),
        ("understand", "--round YYYY-MM", "Without it: all that there are"),
        ("evidence", "--round YYYY-MM", "Without it: all that there are captures of"),
        ("verify", "--round YYYY-MM", "Without it: a release is checked"),
        ("import", "--round YYYY-MM", "Required."),
        ("import", "--country CODE", "or none (zz)"),
        ("init", "--country CODE", "Required."),
        ("init", "--registry FILE", "File to be written"),
    ],
)
def test_the_help_says_what_an_option_means_in_this_very_command(verb: str, option: str, words: str):
    """And what happens without it."""
    said = " ".join(baskych(verb, "--help").output.split())
    about = said.partition("Options:")[2].partition(option)[2]

    assert words in about[: len(words) + MOST_BEFORE]


def test_standard_output_is_left_to_results(published: Published):
    """A program reads JSON there; words for a person go to standard error."""
    assert Exit.OK == published.exit_code, published.stderr
    assert ["xy-registry"] == [site["site_id"] for site in json.loads(published.stdout)["sites"]]
    assert "understand  1 of 1  xy-registry" in published.stderr


def test_quiet_says_nothing_but_the_result(published: Published):
    """For scripts that speak for themselves."""
    where = ["--registry", str(published.registry), "--data", str(published.data)]
    ended = baskych("understand", *where, "--quiet")

    assert "" == ended.stderr
    assert "by stage" in ended.stdout


def test_init_writes_a_registry_that_lacks_nothing_but_what_only_its_keeper_knows(tmp_path: Path):
    """A new country begins with a file that already works, once somebody can be written to."""
    registry = tmp_path / "uz.yml"
    made = baskych("init", "--country", "uz", "--registry", str(registry))
    where = ["--registry", str(registry), "--data", str(tmp_path)]
    before = json.loads(baskych("doctor", *where, "--json").stdout)
    registry.write_text(registry.read_text().replace("FILL-IN@example.org", "harvest@stat.uz"))

    assert Exit.OK == made.exit_code
    assert ["contact"] == [sign["name"] for sign in before if sign["state"] == "fault"]
    assert Exit.OK == baskych("doctor", *where).exit_code


def test_an_import_without_a_round_is_refused(tmp_path: Path):
    """The month of an archive's pages cannot be guessed."""
    ended = baskych("import", "pages.warc.gz", "--data", str(tmp_path / "data"))

    assert Exit.USAGE == ended.exit_code
    assert "--round" in ended.stderr


def test_a_file_is_imported_into_one_round_only(tmp_path: Path):
    """Its pages are of one month; a range of rounds is for archives that know when a copy was made."""
    ended = baskych(
        "import", "pages.warc.gz", "--round", "2010-05..2014-05", "--data", str(tmp_path / "data")
    )

    assert Exit.USAGE == ended.exit_code
    assert "pages.warc.gz: --round names 5 rounds" in ended.stderr
