"""A hundred alterations of a release of the sample republic, and of its captures: each is found."""

import random
import shutil
import sys
from contextlib import nullcontext
from pathlib import Path

import pytest

from crawlers.sample.__main__ import main as sample
from pipelines.operating.progress import Quiet
from pipelines.rederive import rederived
from pipelines.scope import scope_of
from pipelines.steps import building, crawling, publishing, understanding
from pipelines.verify import verify

sys.path.append(str(Path(__file__).parents[1] / "pipelines"))
from alterations import KINDS, copied, seal

pytestmark = pytest.mark.soak

PLANTED = 104  # four of each of the 26 kinds
FIRST_PORT = 19801


@pytest.fixture(scope="module")
def harvested(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path, Path]:
    """The sample republic's release, its data folder, and the release as its captures give it."""
    folder = tmp_path_factory.mktemp("republic")
    assert sample(["--no-serve", "--write", str(folder), "--port", str(FIRST_PORT)]) == 0
    scope = scope_of(None, folder / "sample.yml", folder / "data", "2026-11")
    crawling.crawl(scope, Quiet())
    understanding.understand(scope, Quiet())
    building.build(scope.data, Quiet())
    release = publishing.publish(scope.data, Quiet()).folder
    with rederived(release, scope.data, Quiet()) as made:
        derived = Path(shutil.copytree(made, folder / "derived"))
    return release, scope.data, derived


def test_nothing_is_found_where_nothing_was_altered(harvested: tuple[Path, Path, Path]):
    """Every file of the release, made anew from its captures, is what was published."""
    release, data, derived = harvested
    found = verify(release, data, derive=lambda *_: nullcontext(derived))

    assert found.is_true, found.words()


@pytest.mark.parametrize("number", range(PLANTED))
def test_an_alteration_is_found(harvested: tuple[Path, Path, Path], tmp_path: Path, number: int):
    """Of every kind four times, at places that chance chooses; in three of four the sums are made to fit."""
    published, captured, derived = harvested
    kind, turn = sorted(KINDS)[number % len(KINDS)], number // len(KINDS)
    data = tmp_path / "data"
    copied(captured / "captures", data / "captures")
    release = copied(published, data / "publish" / published.name)
    KINDS[kind](release, data, random.Random(number))
    if turn:
        seal(release, kind)
    found = verify(release, data, derive=lambda *_: nullcontext(derived))
    shutil.rmtree(data)

    assert not found.is_true, kind
    assert all(fault.subject and fault.expected != fault.found for fault in found.faults)
