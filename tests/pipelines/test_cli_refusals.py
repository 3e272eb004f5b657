"""The command line: what was asked for cannot be, and the number says why (2 to 5, 14)."""

from pathlib import Path

import pytest
from command_line import baskych
from tiny_site import Published

from pipelines.operating.exits import Exit

pytestmark = pytest.mark.usefixtures("of_nobody")


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


@pytest.mark.parametrize("command", ["run", "crawl"])
def test_3_the_web_is_not_crawled_under_a_contact_that_is_nobody_s(command: str, tmp_path: Path):
    """A site's owner must be able to write to somebody: nothing is asked for, nothing is kept."""
    ended = baskych(command, "--country", "kg", "--data", str(tmp_path / "data"))

    assert Exit.BAD_REGISTRY == ended.exit_code
    assert "kg.yml: crawler.contact: 'https://baskych.example/bot'" in ended.stderr
    assert not list((tmp_path / "data").glob("captures/*/*"))


def test_2_today_s_web_is_not_filed_under_a_month_that_is_over(tmp_path: Path):
    """Nothing is asked for, and the archive that has that month is named as the way."""
    ended = baskych("crawl", "--country", "kg", "--round", "2019-05", "--data", str(tmp_path / "data"))

    assert Exit.USAGE == ended.exit_code
    assert "baskych import CDX-URL --country kg --round 2019-05" in " ".join(ended.stderr.split())
    assert not (tmp_path / "data").exists()


@pytest.mark.parametrize("command", ["run", "crawl"])
def test_2_no_round_of_a_month_to_come_is_begun(command: str, tmp_path: Path):
    """Not even of the sample republic; Dagster, which knows no such month, is not asked."""
    ended = baskych(command, "--round", "2062-01", "--data", str(tmp_path / "data"))

    assert Exit.USAGE == ended.exit_code
    assert "--round 2062-01: expected a month that has begun" in ended.stderr
