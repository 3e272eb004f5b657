"""What the tests of the command line share: one small office, harvested once."""

import pickle
import shutil
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

import pytest
from made_once import made_once
from tiny_site import Published, port_of, served
from typer.testing import CliRunner
from warm_children import start_warm

from pipelines.cli import app, load_commands

load_commands()


@pytest.fixture(scope="session")
def published(tmp_path_factory: pytest.TempPathFactory, warm_server: Path | None) -> Iterator[Published]:
    """A small office, harvested once for all processes, in November 2026; each has a copy, to read."""
    own = tmp_path_factory.mktemp("own")
    with ExitStack() as until_the_end:
        patch = until_the_end.enter_context(pytest.MonkeyPatch.context())
        for name in ("BASKYCH_COUNTRY", "BASKYCH_DATA", "BASKYCH_REGISTRY"):
            patch.delenv(name, raising=False)
        patch.setenv("DAGSTER_HOME", str(own))  # where no dagster.yaml is: nothing is remembered

        def make(place: Path) -> None:
            place.mkdir()
            registry = until_the_end.enter_context(served(place))
            (place / "published.pickle").write_bytes(pickle.dumps(_harvested(registry, warm_server)))

        place = made_once(tmp_path_factory, "office", make)
        found: Published = pickle.loads((place / "published.pickle").read_bytes())  # noqa: S301 - our own
        until_the_end.enter_context(served(own, port=port_of(found.registry)))
        # Commands lock the folder that they work in: that of another process would be taken now and then.
        yield replace(found, data=Path(shutil.copytree(found.data, own / "data", symlinks=True)))


def _harvested(registry: Path, warm_server: Path | None) -> Published:
    """Harvest the office of a registry, which is served."""
    data = registry.parent / "data"
    where = ["--registry", str(registry), "--data", str(data)]
    with pytest.MonkeyPatch.context() as meanwhile:
        start_warm(meanwhile, warm_server)
        run = CliRunner().invoke(app, ["run", *where, "--round", "2026-11", "--json"])
    return Published(
        registry=registry, data=data, exit_code=run.exit_code, stdout=run.stdout, stderr=run.stderr
    )


@pytest.fixture
def of_nobody(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Whoever runs the tests may have settings of their own, and a memory of Dagster's."""
    for name in ("BASKYCH_COUNTRY", "BASKYCH_DATA", "BASKYCH_REGISTRY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("DAGSTER_HOME", str(tmp_path))
