"""The tiny country's warehouse and release, made once for all processes of a run: never to be changed."""

import pickle
from pathlib import Path

import pytest
from made_once import made_once
from tiny import tiny_data

from warehouse.build import build
from warehouse.release import Release, publish

_DATA, _RELEASE = "tiny-data", "tiny-release.pickle"


def built_once(factory: pytest.TempPathFactory) -> Path:
    """Return a tiny data folder with its warehouse."""

    def make(place: Path) -> None:
        build(tiny_data(place), threads=1)

    return made_once(factory, _DATA, make)


def released_once(factory: pytest.TempPathFactory) -> Release:
    """Return its release, which lies in that folder."""
    data = built_once(factory)

    def make(place: Path) -> None:
        place.write_bytes(pickle.dumps(publish(data, threads=1)))

    released: Release = pickle.loads(made_once(factory, _RELEASE, make).read_bytes())  # noqa: S301 - our own
    return released
