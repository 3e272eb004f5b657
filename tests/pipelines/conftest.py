"""What the tests of the command line share: one small office, harvested once."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from tiny_site import Published, served
from typer.testing import CliRunner
from warm_children import start_warm

from pipelines.cli import app, load_commands

load_commands()


@pytest.fixture(scope="session")
def published(tmp_path_factory: pytest.TempPathFactory, warm_server: Path | None) -> Iterator[Published]:
    """Harvest one small office in November 2026; to read, never to change."""
    folder = tmp_path_factory.mktemp("published")
    with served(folder) as registry, pytest.MonkeyPatch.context() as patch:
        for name in ("BASKYCH_COUNTRY", "BASKYCH_DATA", "BASKYCH_REGISTRY"):
            patch.delenv(name, raising=False)
        patch.setenv("DAGSTER_HOME", str(folder))  # where no dagster.yaml is: nothing is remembered
        where = ["--registry", str(registry), "--data", str(folder / "data")]
        with pytest.MonkeyPatch.context() as meanwhile:
            start_warm(meanwhile, warm_server)
            run = CliRunner().invoke(app, ["run", *where, "--round", "2026-11", "--json"])
        yield Published(registry=registry, data=folder / "data", run=run)


@pytest.fixture
def of_nobody(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Whoever runs the tests may have settings of their own, and a memory of Dagster's."""
    for name in ("BASKYCH_COUNTRY", "BASKYCH_DATA", "BASKYCH_REGISTRY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("DAGSTER_HOME", str(tmp_path))
