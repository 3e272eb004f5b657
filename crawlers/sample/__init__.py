"""A small invented republic: sites on loopback with known services, known stages and real sites' traps.

with served(load_registry("sample")):
    ...                                     # its sites answer at the registry's addresses
truth(generate())                           # what a perfect reading of them would find
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager

from crawlers.sample.model import World
from crawlers.sample.server import SampleError
from crawlers.sample.serving import serving
from crawlers.sample.truth import Truth, truth_of
from crawlers.sample.world import build
from crawlers.sites import Registry

__all__ = ["SampleError", "Truth", "World", "generate", "served", "truth"]

SEED = 2026
YEAR = 2026
FIRST_PORT = 18401
PORT_VARIABLE = "BASKYCH_SAMPLE_PORT"


def generate(
    sites: int | None = None,
    pages: int | None = None,
    seed: int = SEED,
    *,
    year: int = YEAR,
    port: int | None = None,
) -> World:
    """Return the republic: the default one, or a larger one for benchmarks.

    Args:
        sites: how many sites; None, or fewer than the default has, gives the default's.
        pages: how many news, document and information pages more each site has.
        seed: the same seed gives the same republic, byte for byte.
        year: the republic as it was in that year.
        port: of the first site; None takes BASKYCH_SAMPLE_PORT, else 18401.

    Raises:
        SampleError: BASKYCH_SAMPLE_PORT is no port.
    """
    return build(
        seed=seed, sites=sites, pages=pages or 0, year=year, port=first_port() if port is None else port
    )


def first_port() -> int:
    """Return the first site's port: BASKYCH_SAMPLE_PORT, else 18401.

    Raises:
        SampleError: BASKYCH_SAMPLE_PORT is no port.
    """
    value = os.environ.get(PORT_VARIABLE, str(FIRST_PORT))
    if not value.isdigit() or not 0 < int(value) < 2**16:
        raise SampleError(f"{PORT_VARIABLE} is {value!r}; expected a port from 1 to 65535")
    return int(value)


def truth(world: World | None = None) -> Truth:
    """Return what is true of `world`, or of the default republic."""
    return truth_of(generate() if world is None else world)


@contextmanager
def served(registry: Registry) -> Iterator[World]:
    """Serve the republic that `registry` is of while the context lasts, at the registry's addresses.

    Raises:
        SampleError: the registry is not the sample republic's, or a port is taken.
    """
    if registry.sample is None:
        raise SampleError(
            f"the registry of {registry.country.id} has no `sample` part; expected seed, sites, pages"
        )
    first = min(int(entry.rpartition(":")[2]) for entry in registry.allow_private)
    size = registry.sample
    with serving(generate(size.sites, size.pages, size.seed, port=first)) as world:
        yield world
