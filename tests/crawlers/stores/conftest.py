"""What the tests of stores share: a server on loopback, a store of one's own, and data to put there."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from s3_server import new_store, served

from crawlers.stores.address import Address, address_of
from crawlers.stores.objects import Objects
from crawlers.stores.reach import objects_of


@pytest.fixture(scope="session", autouse=True)
def endpoint() -> Iterator[str]:
    """The server that the environment leads to while these tests run."""
    with served() as endpoint:
        yield endpoint


@pytest.fixture
def address() -> Address:
    """A store of the test's own, with nothing in it."""
    return address_of(new_store())


@pytest.fixture
def objects(address: Address) -> Objects:
    """The objects of that store."""
    return objects_of(address)


@pytest.fixture
def work(tmp_path: Path) -> Path:
    """The folder that workplaces are made in."""
    return tmp_path / "work"
