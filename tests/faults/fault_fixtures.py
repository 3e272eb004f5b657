"""What tests of faults share, here and in the soak: a faulty disk, a tiny country, a small office."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

TESTS = Path(__file__).parents[1]
sys.path[:0] = [str(TESTS / name) for name in ("pipelines", "warehouse", "crawlers")]

from faulty_disk import FaultyDisk, faulty_disk  # noqa: E402 - folders that it imports from were just named
from small_countries import Office, harvested, tiny_country  # noqa: E402 - the same


@pytest.fixture(scope="session")
def disk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FaultyDisk]:
    """The command line on a disk that fails when it is told to."""
    with faulty_disk(tmp_path_factory.mktemp("disk")) as made:
        yield made


@pytest.fixture(scope="session")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A tiny country with its warehouse: to copy, never to change."""
    return tiny_country(tmp_path_factory.mktemp("tiny") / "data")


@pytest.fixture(scope="session")
def office(disk: FaultyDisk, tmp_path_factory: pytest.TempPathFactory) -> Office:
    """A small office, crawled, and understood as well: to copy, never to change."""
    return harvested(disk, tmp_path_factory.mktemp("office"))
