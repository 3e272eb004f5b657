"""What the tests of the crawler share."""

from collections.abc import Callable, Iterator, Mapping

import pytest
from small_sites import Reply, SmallSite


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
