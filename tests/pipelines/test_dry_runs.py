"""A dry run says what the same call would do, is refused where that would be, and does nothing."""

import json
import shutil
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from command_line import baskych
from elsewhere import at_work_elsewhere
from tiny_site import Published
from typer.testing import Result
from untouched import alone, everything_in

from crawlers.sites import REGISTRY_FOLDER
from pipelines.operating.exits import Exit
from warehouse import checks

pytestmark = pytest.mark.usefixtures("of_nobody")
KG = (REGISTRY_FOLDER / "kg.yml").read_text(encoding="utf-8")


@pytest.fixture(autouse=True)
def _state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where crawls leave word for each other: not there yet, so that it would be seen if it were made."""
    monkeypatch.setenv("BASKYCH_STATE", str(tmp_path / "state"))


@pytest.fixture
def ready(published: Published, tmp_path: Path) -> Path:
    """A data folder with a warehouse, and with what the gate reads of the last release."""
    release = (published.data / "publish" / "latest").resolve()
    last = tmp_path / "ready" / "publish" / release.name
    shutil.copytree(release / "data", last / "data")
    shutil.copyfile(release / "datapackage.json", last / "datapackage.json")
    (last.parent / "latest").symlink_to(release.name)
    shutil.copyfile(published.data / "warehouse.duckdb", tmp_path / "ready" / "warehouse.duckdb")
    return tmp_path / "ready"


@pytest.fixture
def kg(tmp_path: Path) -> Path:
    """The registry of the Kyrgyz Republic with a contact that reaches somebody."""
    path = tmp_path / "kg.yml"
    path.write_text(KG.replace("https://baskych.example/bot", "mailto:harvest@stat.kg"), encoding="utf-8")
    return path


def dry(*arguments: str | Path, of: Sequence[Path]) -> Result:
    """Call with --dry-run; hold that nothing below `of` changed, and that nobody was asked."""
    before = everything_in(*of)
    with alone() as tried:
        ended = baskych(*arguments, "--dry-run")

    assert [] == tried
    assert before == everything_in(*of)
    return ended


@pytest.mark.parametrize("verb", ["run", "crawl"])
def test_whom_a_crawl_would_ask_is_told_site_by_site(verb: str, kg: Path, tmp_path: Path):
    """With where it begins, how many pages, the pause, and the name under which we go."""
    ended = dry(verb, "--registry", kg, "--data", tmp_path / "data", "--site", "kg-nism", of=[tmp_path])
    said = ended.stdout

    assert Exit.OK == ended.exit_code, ended.stderr
    assert said.startswith("Dry run: nobody was asked, nothing was written.")
    row = "kg-nism nism.gov.kg 500 5 the first https://nism.gov.kg/ https://standarts.nism.gov.kg/"
    assert row in " ".join(said.split())
    assert "73 not named by --site, 1 merged, 6 historical" in said
    assert "(+mailto:harvest@stat.kg)" in said
    assert "41.7 min at least" in said


def test_of_a_run_the_steps_after_the_crawl_are_told_too(
    kg: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    """Where they would write, who would remember it, to whom the digest would go: never a whole address."""
    monkeypatch.setenv("BASKYCH_DIGEST_URL", "https://hooks.example/secret")
    said = dry("run", "--registry", kg, "--data", tmp_path / "data", of=[tmp_path]).stdout

    assert str(tmp_path / "data" / "warehouse.duckdb") in said
    assert f"no dagster.yaml in {tmp_path}" in said
    assert "sent to: webhook hooks.example" in said
    assert "secret" not in said


def test_what_a_run_would_do_is_told_to_programs(kg: Path, tmp_path: Path):
    """As JSON, in seconds and pages."""
    ended = dry("run", "--registry", kg, "--data", tmp_path / "data", "--json", of=[tmp_path])
    told = json.loads(ended.stdout)

    assert (True, "kg", 28750.0) == (told["dry_run"], told["country_id"], told["least_seconds"])
    assert {
        "seeds": ["https://kenesh.kg/"],
        "pages_left": 500,
        "pause_seconds": 5.0,
        "way": "first",
    }.items() <= (next(site for site in told["sites"] if site["site_id"] == "kg-kenesh").items())
    assert {"kg-minstroy": "merged"}.items() <= told["left_out"].items()


def test_a_letter_to_us_is_told_beside_the_site_that_it_is_about(kg: Path, tmp_path: Path):
    """The site is in the list, and would be asked for nothing."""
    letter = "opt_outs: [{stay_out_of: med.kg, since: 2026-10-20, reason: letter of the ministry}]\n"
    kg.write_text(kg.read_text("utf-8") + letter, encoding="utf-8")
    said = dry(
        "crawl", "--registry", kg, "--data", tmp_path / "data", "--site", "kg-med", of=[tmp_path]
    ).stdout

    assert "0 of 1 sites would be asked" in said
    assert "none: opt-out of med.kg since 2026-10-20: letter of the ministry" in said


def _unfit(tmp_path: Path, text: str) -> list[str]:
    """A registry that is the text."""
    (tmp_path / "unfit.yml").write_text(text, encoding="utf-8")
    return ["--registry", str(tmp_path / "unfit.yml")]


REFUSED: dict[str, tuple[Exit, Callable[[Path], list[str]]]] = {
    "a contact that is nobody's": (Exit.BAD_REGISTRY, lambda _: ["--country", "kg"]),
    "a registry that is none": (Exit.BAD_REGISTRY, lambda folder: _unfit(folder, "country: {id: XY}\n")),
    "a registry that is not there": (Exit.BAD_INPUT, lambda folder: ["--registry", str(folder / "nope.yml")]),
    "a country without a registry": (Exit.UNKNOWN_COUNTRY, lambda _: ["--country", "atlantis"]),
    "a site that there is not": (Exit.UNKNOWN_SITE, lambda _: ["--site", "sample-tacks"]),
    "a month that is over": (Exit.USAGE, lambda _: ["--country", "kg", "--round", "2019-05"]),
    "a month to come": (Exit.USAGE, lambda _: ["--round", "2062-01"]),
    "no number": (Exit.USAGE, lambda _: ["--max-pages", "many"]),
}


@pytest.mark.parametrize("verb", ["run", "crawl"])
@pytest.mark.parametrize("what", REFUSED)
def test_what_would_be_refused_is_refused_with_the_same_words_and_number(
    verb: str, what: str, tmp_path: Path
):
    """Half of what a dry run is for."""
    code, arguments = REFUSED[what]
    call = [verb, *arguments(tmp_path), "--data", str(tmp_path / "data")]
    said = dry(*call, of=[tmp_path])
    done = baskych(*call)

    assert (code, code) == (done.exit_code, said.exit_code)
    assert done.stderr.splitlines()[-4:] == said.stderr.splitlines()[-4:]
    assert "" == said.stdout


@pytest.mark.parametrize("verb", ["run", "crawl", "publish"])
def test_7_a_folder_that_cannot_be_written_to_is_told(verb: str, tmp_path: Path):
    """Though nothing is written to find out."""
    data = tmp_path / "data"
    (data / "warehouse.duckdb").mkdir(parents=True)
    (data / "publish").write_text("a file, no folder")
    ended = dry(verb, "--data", data, of=[tmp_path])

    assert Exit.NOT_WRITABLE == ended.exit_code == baskych(verb, "--data", data).exit_code
    assert f"{data / 'publish'}: is no folder" in ended.stderr


@pytest.mark.parametrize("verb", ["run", "crawl", "publish"])
def test_8_where_another_process_works_a_dry_run_is_refused_too(verb: str, tmp_path: Path):
    """With the same number, and its holder's note is left alone."""
    with at_work_elsewhere(tmp_path) as holder:
        ended = dry(verb, "--data", tmp_path, of=[tmp_path])

    assert Exit.LOCKED == ended.exit_code
    assert f"process {holder}" in ended.stderr


def test_12_a_disk_without_room_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Before anybody is asked for pages that could not be kept."""
    nearly_full = shutil.disk_usage(tmp_path)._replace(free=1)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: nearly_full)

    assert Exit.DISK_FULL == dry("crawl", "--data", tmp_path / "data", of=[tmp_path]).exit_code


def test_what_the_gate_finds_now_is_told_without_a_release(ready: Path, tmp_path: Path):
    """Which release stands, how the next is called as far as that is known, which checks come later."""
    ended = dry("publish", "--data", ready, of=[tmp_path])
    latest = (ready / "publish" / "latest").readlink().name

    assert Exit.OK == ended.exit_code, ended.stderr
    assert f"{latest} is what readers have" in ended.stdout
    assert "2026-11-…" in ended.stdout
    assert "checks of the tables are asked; none would stop it" in ended.stdout
    assert "files_name_no_person, files_are_as_written: asked once the files are written" in ended.stdout


@pytest.mark.parametrize(
    ("approved", "code"), [([], Exit.CHECKS_FAILED), (["--approve", "nothing"], Exit.OK)]
)
def test_10_a_check_that_would_stop_the_release_is_named_and_numbered(
    approved: list[str], code: Exit, ready: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    """Unless somebody approves it, which is told."""
    breach = checks.Check(name="nothing", promise="Nothing is free.", severity="error", query="select 1 as x")
    monkeypatch.setattr(checks, "checks", lambda: (breach,))
    ended = dry("publish", "--data", ready, *approved, of=[tmp_path])

    assert code == ended.exit_code
    assert f"{'approved' if approved else 'stops it'}    nothing: Nothing is free." in ended.stdout


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["--approve", "nothing_of_the_kind"], Exit.USAGE),
        (["--data", "nowhere"], Exit.NOTHING_THERE),
        (["--data", "."], Exit.NOTHING_THERE),  # no warehouse
    ],
)
def test_a_release_that_would_not_be_begun_is_not_promised(
    arguments: list[str], code: Exit, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    """With the number that publishing ends with."""
    monkeypatch.chdir(tmp_path)

    assert code == dry("publish", *arguments, of=[tmp_path]).exit_code
    assert code == baskych("publish", *arguments).exit_code


def test_a_copy_to_a_store_is_told_in_files_and_bytes(tmp_path: Path):
    """Of what lies in the folder; what the store has already, only the store knows."""
    (tmp_path / "captures").mkdir()
    (tmp_path / "captures" / "pages.txt").write_bytes(b"12345")
    (tmp_path / "corrections.yml").write_bytes(b"[]\n")
    (tmp_path / "captures" / "half.part").write_bytes(b"under way")
    ended = dry("copy", tmp_path, "s3://bucket/baskych", of=[tmp_path])

    assert Exit.OK == ended.exit_code, ended.stderr
    assert f"2 files of {tmp_path}, 8 bytes" in ended.stdout


@pytest.mark.parametrize(
    "arguments",
    [
        ["copy", "s3://bucket/baskych", "again"],
        ["crawl", "--data", "s3://bucket/baskych"],
        ["publish", "--data", "s3://bucket/baskych"],
        ["run", "--registry", "s3://bucket/kg.yml"],
    ],
)
def test_2_what_only_a_server_knows_is_not_guessed(arguments: list[str], tmp_path: Path):
    """A dry run asks nobody, so it says that it cannot tell."""
    ended = dry(*arguments, of=[tmp_path])

    assert Exit.USAGE == ended.exit_code
    assert "--dry-run s3://bucket/" in ended.stderr
