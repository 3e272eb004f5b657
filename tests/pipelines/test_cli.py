"""The command line: how it helps, and each way in which it ends."""

import errno
import json
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest
from elsewhere import at_work_elsewhere
from tiny_site import Published, served
from typer.testing import CliRunner, Result

from pipelines.cli import app
from pipelines.operating.exits import MEANINGS, Exit
from warehouse import build as warehouse_build
from warehouse import checks

GOLDEN = Path(__file__).parents[1] / "golden"
HEAVY = {"dagster", "duckdb", "scrapy", "pyarrow", "structlog"}
MOST_BEFORE = 80  # characters of help that may stand before the words that are looked for
BASKYCH = [sys.executable, "-c", "from pipelines.cli import main; main()"]


@pytest.fixture(autouse=True)
def of_nobody(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Whoever runs the tests may have settings of their own, and a memory of Dagster's."""
    for name in ("BASKYCH_COUNTRY", "BASKYCH_DATA", "BASKYCH_REGISTRY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("DAGSTER_HOME", str(tmp_path))


def baskych(*arguments: str) -> Result:
    """Call the command line in this process."""
    return CliRunner().invoke(app, list(arguments))


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


def test_0_a_doctor_who_finds_no_fault_is_content(published: Published):
    """Everything is there, and somebody may run."""
    where = ["--registry", str(published.registry), "--data", str(published.data)]

    assert Exit.OK == baskych("doctor", *where).exit_code


@pytest.mark.parametrize(
    "arguments",
    [
        ["run", "--round", "november"],
        ["verify", "--round", "2026-13"],
        ["crawl", "--max-pages", "0"],
        ["nonsense"],
        ["init"],
    ],
)
def test_2_a_wrong_call_is_refused(arguments: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Nothing is begun on a guess."""
    monkeypatch.chdir(tmp_path)

    assert Exit.USAGE == baskych(*arguments).exit_code
    assert [] == list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        (["crawl", "--max-pages", "0"], "--max-pages 0: should be greater than or equal to 1"),
        (["crawl", "--max-pages=many"], "--max-pages many: should be a valid integer"),
        (["crawl", "--rounds"], "No such option: --rounds"),
        (["crwl"], "No such command 'crwl'. Did you mean 'crawl'?"),
        (["report"], "Missing argument 'SITE'"),
        (["init", "--country", "xx"], "country 'xx': is none; expected two small letters of ISO 3166-1"),
    ],
)
def test_2_a_call_that_is_not_understood_is_told_as_every_other_failure(arguments: list[str], why: str):
    """What, why with the value that was typed, what to do, and the number."""
    ended = baskych(*arguments)

    assert Exit.USAGE == ended.exit_code
    assert f"why: {why}" in ended.stderr
    assert "do:  see `baskych COMMAND --help`" in ended.stderr
    assert "(exit code 2)" in ended.stderr


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


def test_3_a_bad_registry_is_named_with_its_fault(tmp_path: Path):
    """File, key, value and what was expected."""
    (tmp_path / "xy.yml").write_text("country: {id: XY}\n")

    ended = baskych("run", "--registry", str(tmp_path / "xy.yml"), "--data", str(tmp_path / "data"))

    assert Exit.BAD_REGISTRY == ended.exit_code
    assert "xy.yml: country.id: 'XY'" in ended.stderr
    assert not (tmp_path / "data").exists()


def test_4_a_country_without_a_registry_is_refused(tmp_path: Path):
    """Those that there are, are named."""
    ended = baskych("run", "--country", "atlantis", "--data", str(tmp_path / "data"))

    assert Exit.UNKNOWN_COUNTRY == ended.exit_code
    assert "sample" in ended.stderr
    assert not (tmp_path / "data").exists()


def test_5_a_site_that_the_registry_lacks_is_refused(tmp_path: Path):
    """A mistyped id crawls nothing."""
    ended = baskych(
        "crawl", "--country", "sample", "--site", "sample-tacks", "--data", str(tmp_path / "data")
    )

    assert Exit.UNKNOWN_SITE == ended.exit_code
    assert "sample-tacks" in ended.stderr
    assert not (tmp_path / "data").exists()


def test_5_a_site_that_nothing_was_captured_of_is_not_understood(published: Published):
    """A mistyped id would look like a site without services."""
    where = ["--registry", str(published.registry), "--data", str(published.data)]
    ended = baskych("understand", *where, "--site", "xy-registri")

    assert Exit.UNKNOWN_SITE == ended.exit_code
    assert "nearest: xy-registry" in ended.stderr


def test_14_a_registry_that_is_not_there_is_named(tmp_path: Path):
    """There is nothing in it to be corrected."""
    ended = baskych("crawl", "--registry", str(tmp_path / "nope.yml"), "--data", str(tmp_path / "data"))

    assert Exit.BAD_INPUT == ended.exit_code
    assert "nope.yml: is not there" in ended.stderr
    assert [] == list(tmp_path.iterdir())


def test_6_a_broken_archive_leaves_nothing_behind(tmp_path: Path):
    """An archive that cannot be read to its end is not imported at all."""
    broken = tmp_path / "broken.warc.gz"
    broken.write_bytes(b"\x1f\x8bno archive")

    ended = baskych("import", str(broken), "--round", "2026-10", "--data", str(tmp_path / "data"))

    assert Exit.BROKEN_ARCHIVE == ended.exit_code
    assert "broken.warc.gz" in ended.stderr
    assert [] == list((tmp_path / "data").glob("captures/*/*"))


def test_7_a_folder_that_cannot_be_written_to_is_said_before_crawling(tmp_path: Path):
    """No site is asked for pages that could not be kept."""
    (tmp_path / "data").write_text("a file, no folder")

    ended = baskych("run", "--country", "sample", "--data", str(tmp_path / "data"))

    assert Exit.NOT_WRITABLE == ended.exit_code
    assert "crawl  1 of" not in ended.stderr


def test_8_a_second_run_is_told_who_is_at_work(tmp_path: Path):
    """The holder is named, and the second run touches nothing."""
    with at_work_elsewhere(tmp_path) as holder:
        ended = baskych("run", "--country", "sample", "--data", str(tmp_path))

    assert Exit.LOCKED == ended.exit_code
    assert f"process {holder}" in ended.stderr
    assert not (tmp_path / "captures").exists()


@pytest.mark.soak
def test_9_a_round_that_reached_nothing_is_published_and_told(tmp_path: Path):
    """The release says that nothing was seen and why; whoever called learns it from the exit code."""
    with served(tmp_path) as registry:
        pass  # the office has closed: nobody listens at its port any more

    ended = baskych(
        "run", "--registry", str(registry), "--data", str(tmp_path / "data"), "--round", "2026-11"
    )

    assert Exit.NOTHING_REACHED == ended.exit_code
    assert "1 unreachable_refused" in ended.stdout
    assert (tmp_path / "data" / "publish" / "latest" / "index.html").exists()


def test_10_data_that_break_a_promise_are_not_published(
    published: Published, monkeypatch: pytest.MonkeyPatch
):
    """The last release stands, and the breach is named."""
    latest = published.data / "publish" / "latest"
    before = latest.resolve()
    breach = checks.Check(
        name="nothing_is_free", promise="Nothing is free.", severity="error", query="select 1 as service"
    )
    monkeypatch.setattr(checks, "checks", lambda: (breach,))

    ended = baskych("publish", "--data", str(published.data))

    assert Exit.CHECKS_FAILED == ended.exit_code
    assert "Nothing is free." in ended.stderr
    assert before == latest.resolve()


@pytest.mark.parametrize("verb", ["publish", "rebuild"])
@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("services_did_not_vanis", "such as services_did_not_vanish"),
        ("files_are_as_written", "nobody may approve"),
    ],
)
def test_2_what_is_no_check_is_not_approved(published: Published, verb: str, name: str, told: str):
    """A mistyped name would stand in the release as somebody's decision; nothing is removed or published."""
    before = sorted(published.data.glob("*/*"))
    where = ["--registry", str(published.registry)] if verb == "rebuild" else []

    ended = baskych(verb, "--data", str(published.data), *where, "--approve", name)

    assert Exit.USAGE == ended.exit_code
    assert told in ended.stderr
    assert before == sorted(published.data.glob("*/*"))


def test_12_a_full_disk_is_said_as_such(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Whatever step meets it."""

    def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(warehouse_build, "build", full)

    assert Exit.DISK_FULL == baskych("build", "--data", str(tmp_path)).exit_code


@pytest.mark.parametrize("command", ["understand", "publish", "rebuild", "serve"])
def test_13_a_step_out_of_order_says_which_comes_first(command: str, tmp_path: Path):
    """There is nothing yet for it to work on."""
    ended = baskych(command, "--data", str(tmp_path))

    assert Exit.NOTHING_THERE == ended.exit_code
    assert str(tmp_path) in ended.stderr


@pytest.mark.parametrize("command", ["understand", "build", "publish", "rebuild", "evidence", "serve"])
def test_13_a_mistyped_folder_is_told_and_not_made(command: str, tmp_path: Path):
    """An empty warehouse in a new folder would look like a country without services."""
    ended = baskych(command, "--data", str(tmp_path / "mistyped"))

    assert Exit.NOTHING_THERE == ended.exit_code
    assert "mistyped" in ended.stderr
    assert [] == list(tmp_path.iterdir())


def test_15_a_taken_port_is_refused(tmp_path: Path):
    """A page that somebody else shows is not taken for ours."""
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        ended = baskych("serve", "--data", str(tmp_path), "--port", str(port))

    assert Exit.ADDRESS_TAKEN == ended.exit_code
    assert f"127.0.0.1:{port}" in ended.stderr


def test_16_a_crawler_that_dies_at_its_start_is_no_success(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """A child that did nothing must not look like a country without services."""
    with served(tmp_path) as registry:
        monkeypatch.setenv("PYTHONPATH", str(_broken_scrapy(tmp_path)))
        ended = baskych("crawl", "--registry", str(registry), "--data", str(tmp_path / "data"))

    assert Exit.CRAWLER_FAILED == ended.exit_code


def _broken_scrapy(folder: Path) -> Path:
    """A Scrapy that does not even load."""
    (folder / "broken" / "scrapy").mkdir(parents=True)
    (folder / "broken" / "scrapy" / "__init__.py").write_text("raise ImportError('no such luck')\n")
    return folder / "broken"


def test_17_a_doctor_who_finds_a_fault_says_so(tmp_path: Path):
    """A program may ask the doctor before it runs."""
    ended = baskych("doctor", "--country", "atlantis", "--data", str(tmp_path), "--json")

    assert Exit.UNWELL == ended.exit_code
    assert "fault" in {sign["state"] for sign in json.loads(ended.stdout)}


def test_70_what_nobody_foresaw_is_our_own_fault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """No traceback for a person, and a way to get one."""
    monkeypatch.setattr(warehouse_build, "build", lambda *_, **__: 1 / 0)

    ended = baskych("build", "--data", str(tmp_path))

    assert Exit.INTERNAL == ended.exit_code
    assert "--debug" in ended.stderr
    assert "Traceback" not in ended.stderr


@pytest.mark.parametrize(
    ("number", "code"), [(signal.SIGINT, 130), pytest.param(signal.SIGTERM, 143, marks=pytest.mark.soak)]
)
def test_130_and_143_a_run_that_is_stopped_ends_tidily(number: signal.Signals, code: int, tmp_path: Path):
    """And soon, however silent a server is; the crawler's child ends too, the lock is free again."""
    data = tmp_path / "data"
    with served(tmp_path, silent=True) as registry:
        command = [*BASKYCH, "crawl", "--registry", str(registry), "--data", str(data)]
        with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, start_new_session=True) as run:
            _wait_for_lock(data)
            time.sleep(1)
            run.send_signal(number)
            said = run.communicate(timeout=60)[1]

    assert code == run.returncode
    assert "start the same command again" in said
    with pytest.raises(ProcessLookupError):
        os.killpg(run.pid, 0)


def _wait_for_lock(data: Path) -> None:
    """Wait until the run has begun."""
    deadline = time.monotonic() + 60
    while not (data / ".lock").exists() and time.monotonic() < deadline:
        time.sleep(0.05)


def test_standard_output_is_left_to_results(published: Published):
    """A program reads JSON there; words for a person go to standard error."""
    ended = published.run

    assert Exit.OK == ended.exit_code, ended.stderr
    assert ["xy-registry"] == [site["site_id"] for site in json.loads(ended.stdout)["sites"]]
    assert "understand  1 of 1  xy-registry" in ended.stderr


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


@pytest.mark.parametrize("command", ["run", "crawl"])
def test_3_the_web_is_not_crawled_under_a_contact_that_is_nobody_s(command: str, tmp_path: Path):
    """A site's owner must be able to write to somebody: nothing is asked for, nothing is kept."""
    ended = baskych(command, "--country", "kg", "--data", str(tmp_path / "data"))

    assert Exit.BAD_REGISTRY == ended.exit_code
    assert "kg.yml: crawler.contact: 'https://baskych.example/bot'" in ended.stderr
    assert not list((tmp_path / "data").glob("captures/*/*"))


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


def test_2_today_s_web_is_not_filed_under_a_month_that_is_over(tmp_path: Path):
    """Nothing is asked for, and the archive that has that month is named as the way."""
    ended = baskych("crawl", "--country", "kg", "--round", "2019-05", "--data", str(tmp_path / "data"))

    assert Exit.USAGE == ended.exit_code
    assert "baskych import CDX-URL --country kg --round 2019-05" in " ".join(ended.stderr.split())
    assert not (tmp_path / "data").exists()
