"""Anyone with the captures can judge all rounds by rules of their own, and the result says whose they are."""

import json
from pathlib import Path

import pyarrow.parquet as pq
import pytest
import yaml
from command_line import baskych
from tiny_site import Published
from typer.testing import Result

from pipelines.checking.release_difference import differences
from pipelines.knowledge import FOLDER
from pipelines.operating.exits import Exit
from pipelines.operating.progress import Quiet
from pipelines.rederive import rederived

pytestmark = pytest.mark.soak

WEIGHTS = {"services": {1: 0, 2: 0, 3: 0.5, 4: 0}, "indicators": {1: 0.5, 2: 0, 3: 0, 4: 0}}
WHO = "Audit Office of Exia"


def replayed(published: Published, out: Path, *options: str | Path) -> Result:
    """Judge the small office again, into `out`."""
    where = ("--registry", published.registry, "--data", published.data)
    return baskych("replay", *where, "--out", out, "--by", WHO, *options)


@pytest.fixture(scope="module")
def weighed(published: Published, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data folder of a replay with other weights and a rubric that knows stage 1 only."""
    folder = tmp_path_factory.mktemp("replay")
    (folder / "weights.yml").write_text(yaml.safe_dump({"weights": WEIGHTS}), encoding="utf-8")
    rubric = yaml.safe_load((FOLDER / "rubric.yml").read_text(encoding="utf-8"))
    rubric["rules"] = [rule for rule in rubric["rules"] if rule["stage"] == 1]
    (folder / "mine.yml").write_text(yaml.safe_dump(rubric, allow_unicode=True), encoding="utf-8")
    files = ("--weights", folder / "weights.yml", "--rubric", folder / "mine.yml")
    ended = replayed(published, folder / "out", *files, "--url", "https://audit.example/rubric")
    assert Exit.OK == ended.exit_code, ended.output
    return folder / "out"


def rows(data: Path, table: str) -> list[dict[str, object]]:
    """Return the rows of a published table."""
    return list(pq.read_table(data / "publish" / "latest" / "data" / f"{table}.parquet").to_pylist())


def test_services_are_judged_by_ones_own_rubric(published: Published, weighed: Path):
    """The same services, from the same findings; what the rubric does not know is no stage."""
    ours, theirs = rows(published.data, "out_services"), rows(weighed, "out_services")

    assert [row["service_id"] for row in ours] == [row["service_id"] for row in theirs]
    assert [2] == [row["stage"] for row in ours]
    assert [1] == [row["stage"] for row in theirs]


def test_the_index_has_ones_own_weights(weighed: Path):
    """All eight, as the file says."""
    found = {(row["part"], row["stage"]): row["weight"] for row in rows(weighed, "out_index_weights")}

    assert found == {(part, stage): weight for part, by in WEIGHTS.items() for stage, weight in by.items()}


def test_tables_pages_and_data_package_say_whose_rubric_it_is(weighed: Path):
    """Wherever a reader meets the figures."""
    release = weighed / "publish" / "latest"
    package = json.loads((release / "datapackage.json").read_text(encoding="utf-8"))
    [rubric] = rows(weighed, "out_rubrics")

    assert (WHO, False) == (rubric["by_name"], rubric["is_ours"])
    assert [WHO] == [one["title"] for one in package["contributors"]]
    assert all(
        WHO in (release / place).read_text("utf-8") for place in ("ky/index.html", "en/method/index.html")
    )


def test_pages_of_our_own_rubric_carry_no_such_notice(published: Published):
    """The table and the data package name us."""
    release = published.data / "publish" / "latest"

    assert [True] == [row["is_ours"] for row in rows(published.data, "out_rubrics")]
    assert "not by those of Baskych" not in (release / "en/index.html").read_text("utf-8")


@pytest.mark.soak
def test_a_replay_can_be_verified_as_any_release(weighed: Path):
    """It brings its rules along, so that others derive the same from the captures."""
    release = (weighed / "publish" / "latest").resolve()
    with rederived(release, weighed, Quiet(), jobs=1) as derived:
        found = list(differences(release, derived))

    assert [] == found
    assert {"index.yml", "rubric.yml"} == {path.name for path in (release / "provenance/knowledge").iterdir()}


def test_2_a_replay_never_writes_among_what_is_there(published: Published):
    """Nor does it take the place of our own release."""
    (published.data.parent / "w.yml").write_text(yaml.safe_dump({"weights": WEIGHTS}), encoding="utf-8")
    ended = replayed(published, published.data, "--weights", published.data.parent / "w.yml")

    assert Exit.USAGE == ended.exit_code
    assert "holds something already" in ended.stderr


def test_2_a_replay_without_rules_of_ones_own_is_refused(published: Published, tmp_path: Path):
    """Else a release of ours would go by another's name."""
    assert Exit.USAGE == replayed(published, tmp_path / "out").exit_code


@pytest.mark.parametrize(
    ("weights", "words"),
    [
        ({**WEIGHTS, "services": {1: 0, 2: 0, 3: 0.7, 4: 0}}, "add up to 1.2"),
        ({"services": WEIGHTS["services"]}, "services and indicators"),
        ({**WEIGHTS, "services": {1: -1, 2: 0, 3: 1.5, 4: 0}}, "greater than or equal to 0"),
    ],
)
def test_3_weights_that_are_none_are_refused_before_anything_is_written(
    published: Published, tmp_path: Path, weights: dict[str, object], words: str
):
    """With what is wrong."""
    (tmp_path / "w.yml").write_text(yaml.safe_dump({"weights": weights}), encoding="utf-8")
    ended = replayed(published, tmp_path / "out", "--weights", tmp_path / "w.yml")

    assert Exit.BAD_REGISTRY == ended.exit_code, ended.output
    assert words in ended.stderr
    assert "w.yml: " in ended.stderr
    assert "{" not in ended.stderr
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("option", ["--weights", "--rubric"])
def test_14_rules_that_are_not_there_are_named(published: Published, tmp_path: Path, option: str):
    """A mistyped name is no fault of the command, and none of ours."""
    ended = replayed(published, tmp_path / "out", option, tmp_path / "nope.yml")

    assert Exit.BAD_INPUT == ended.exit_code
    assert "nope.yml: is not there" in ended.stderr


def test_3_a_rubric_that_is_none_is_named(published: Published, tmp_path: Path):
    """By the name that its writer knows."""
    (tmp_path / "mine.yml").write_text("rules: none\n", encoding="utf-8")
    ended = replayed(published, tmp_path / "out", "--rubric", tmp_path / "mine.yml")

    assert Exit.BAD_REGISTRY == ended.exit_code
    assert "mine.yml: rules: 'none'" in ended.stderr
