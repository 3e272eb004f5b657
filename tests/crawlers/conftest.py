"""What the tests of the crawler share."""

from collections.abc import Callable, Iterator, Mapping

import pytest
from cdx_imports import serving
from different_sites import crawled
from interrupted_crawls import long_site
from small_sites import Reply, SmallSite

from crawlers.sample import generate
from crawlers.sample.model import World

__all__ = ["crawled", "long_site", "serving"]


@pytest.fixture(scope="module")
def small_site() -> Iterator[Callable[[Mapping[str, Reply]], SmallSite]]:
    """Make small sites that end with the tests of a file."""
    made: list[SmallSite] = []

    def make(replies: Mapping[str, Reply]) -> SmallSite:
        made.append(SmallSite(replies))
        return made[-1]

    yield make
    for site in made:
        site.close()


@pytest.fixture(scope="session")
def world() -> World:
    """The default republic at its default ports, not served."""
    return generate(port=18401)
