"""What the tests of faults share: one faulty disk, and the small countries of the other folders' tests."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

TESTS = Path(__file__).parents[1]
sys.path[:0] = [str(TESTS / name) for name in ("faults", "pipelines", "warehouse", "crawlers")]

from faulty_disk import FaultyDisk, faulty_disk  # noqa: E402 - its folder has just been named
from small_countries import tiny_country  # noqa: E402 - the same


@pytest.fixture(scope="session")
def disk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FaultyDisk]:
    """The command line on a disk that fails when it is told to."""
    with faulty_disk(tmp_path_factory.mktemp("disk")) as made:
        yield made


@pytest.fixture(scope="session")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A tiny country with its warehouse: to copy, never to change."""
    return tiny_country(tmp_path_factory.mktemp("tiny") / "data")
