"""The tiny country's warehouse and release, made once for all processes of a run: never to be changed."""

import fcntl
import os
import pickle
from collections.abc import Callable
from pathlib import Path

import pytest
from tiny import tiny_data

from warehouse.build import build
from warehouse.release import Release, publish

_DATA, _RELEASE = "tiny-data", "tiny-release.pickle"


def built_once(factory: pytest.TempPathFactory) -> Path:
    """Return a tiny data folder with its warehouse."""

    def make(place: Path) -> None:
        build(tiny_data(place), threads=1)

    return _once(factory, _DATA, make)


def released_once(factory: pytest.TempPathFactory) -> Release:
    """Return its release, which lies in that folder."""
    data = built_once(factory)

    def make(place: Path) -> None:
        place.write_bytes(pickle.dumps(publish(data, threads=1)))

    released: Release = pickle.loads(_once(factory, _RELEASE, make).read_bytes())  # noqa: S301 - our own
    return released


def _once(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], None]) -> Path:
    """Return what `make` made in the folder of this run; whoever comes while it is made waits."""
    base = factory.getbasetemp()
    folder = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base  # workers: within it
    with (folder / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (folder / f"{name}.made").exists():
            make(folder / name)
            (folder / f"{name}.made").touch()
    return folder / name
