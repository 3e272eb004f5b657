"""The commands that look: inspect, evaluate, verify."""

import json
import shutil
from pathlib import Path

import pytest
from command_line import baskych
from tiny_site import PAGES, Published

from pipelines.operating.exits import Exit


@pytest.fixture
def page(tmp_path: Path) -> Path:
    """A page about a service."""
    path = tmp_path / "birth.html"
    path.write_text(PAGES["/birth"], encoding="utf-8")
    return path


def test_inspect_explains_a_page_to_a_person(page: Path):
    """Its name and what it is."""
    assert "Issue of a birth certificate" in baskych("inspect", str(page)).stdout


def test_inspect_answers_a_program_with_the_keys_that_it_relies_on(page: Path):
    """One JSON object, with a stage and the words that prove it."""
    seen = json.loads(baskych("inspect", str(page), "--json", "--url", "https://exia.example/birth").stdout)

    assert {"file", "url", "outcome", "language", "kind", "title", "stage", "confidence"} <= seen.keys()
    assert {"findings", "missing", "service"} <= seen.keys()
    assert "https://exia.example/birth" == seen["url"]


def test_a_batch_is_answered_line_by_line_in_its_order(page: Path):
    """Also where a file is missing: its line says so."""
    manifest = page.with_name("manifest.jsonl")
    rows = [{"file": "birth.html", "url": None}, {"file": "gone.html", "url": None}, {"file": "birth.html"}]
    manifest.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")

    ended = baskych("inspect", "--batch", str(manifest))
    answers = [json.loads(line) for line in ended.stdout.splitlines()]

    assert Exit.OK == ended.exit_code
    assert ["birth.html", "gone.html", "birth.html"] == [answer["file"] for answer in answers]
    assert [False, True, False] == ["error" in answer for answer in answers]


@pytest.mark.parametrize(
    "arguments",
    [["inspect", "no-such-page.html"], ["inspect", "--batch", "no.jsonl"], ["evaluate", "no.jsonl"]],
)
def test_14_what_cannot_be_read_is_named(arguments: list[str]):
    """File and reason."""
    ended = baskych(*arguments)

    assert Exit.BAD_INPUT == ended.exit_code
    assert arguments[-1] in ended.stderr


def test_14_an_address_that_is_none_is_named(page: Path):
    """With what was expected."""
    ended = baskych("inspect", str(page), "--url", "notaurl")

    assert Exit.BAD_INPUT == ended.exit_code
    assert "--url: 'notaurl'; expected a web address" in ended.stderr


def test_2_a_language_that_it_does_not_speak_is_refused(page: Path):
    """The three that it speaks are named."""
    ended = baskych("inspect", str(page), "--language", "de")

    assert Exit.USAGE == ended.exit_code
    assert "expected ky, ru or en" in ended.stderr


@pytest.mark.parametrize("arguments", [[], ["page.html", "--batch", "manifest.jsonl"]])
def test_inspect_wants_one_page_or_one_batch(arguments: list[str]):
    """Neither nothing nor both."""
    assert Exit.USAGE == baskych("inspect", *arguments).exit_code


@pytest.mark.soak
def test_a_fresh_release_verifies(published: Published):
    """All that was published is found again in the captures."""
    ended = baskych("verify", "--data", str(published.data))

    assert Exit.OK == ended.exit_code, ended.stdout
    assert "all found again" in ended.stdout


@pytest.mark.soak
def test_11_a_changed_release_does_not_verify(published: Published, tmp_path: Path):
    """One changed byte is named with its file."""
    release = tmp_path / "release"
    shutil.copytree((published.data / "publish" / "latest").resolve(), release)
    with (release / "data" / "out_services.csv").open("ab") as file:
        file.write(b"\n")

    ended = baskych("verify", str(release), "--data", str(published.data))

    assert Exit.DIFFERENCES == ended.exit_code
    assert "out_services.csv" in ended.stdout


def test_a_folder_that_is_no_release_cannot_be_verified(tmp_path: Path):
    """It is named, with what was expected."""
    ended = baskych("verify", str(tmp_path), "--data", str(tmp_path))

    assert Exit.NOTHING_THERE == ended.exit_code
    assert str(tmp_path) in ended.stderr


@pytest.mark.parametrize("program", [[], ["--json"]])
def test_14_an_archive_without_the_page_that_is_meant_says_so(published: Published, program: list[str]):
    """Silence would look like a page that shows nothing."""
    archive = next(published.data.glob("captures/*/*/*.warc.gz"))
    ended = baskych("inspect", str(archive), "--url", "http://x.y/", *program)

    assert Exit.BAD_INPUT == ended.exit_code
    assert f"{archive}: holds no page of http://x.y/" in " ".join(ended.stderr.split())
    assert "" == ended.stdout


@pytest.mark.parametrize(
    "arguments",
    [
        ["inspect", "nope.warc.gz"],
        ["import", "nope.warc.gz", "--round", "2019-05"],
        ["understand", "--warcs", "nope.txt", "--round", "2019-05"],
    ],
)
def test_14_an_archive_that_is_not_there_is_no_broken_one(arguments: list[str], tmp_path: Path):
    """It need not be fetched again and compared: its name is wrong."""
    where = [] if arguments[0] == "inspect" else ["--data", str(tmp_path)]
    ended = baskych(*arguments, *where)

    assert Exit.BAD_INPUT == ended.exit_code
    assert arguments[1 if "--warcs" not in arguments else 2] in ended.stderr
