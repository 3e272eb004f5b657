"""Dagster's page and daemon, as `baskych ui` starts them, with the data on a store."""

import json
import os
import socket
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import dagster as dg
import pytest
from s3_server import new_store, served

sys.path.append(str(Path(__file__).parents[1] / "pipelines"))
import tiny_site
from dagster_machines import wait_until

from crawlers.stores.address import address_of
from crawlers.stores.copying import give
from crawlers.stores.reach import objects_of
from pipelines.operating.ui import running

pytestmark = pytest.mark.soak
ROOT = Path(__file__).parents[2]
ROUND = "2026-11"


def free_port() -> int:
    """Return a port that nobody listens at."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def ask(home: Path, settings: Mapping[str, str]) -> None:
    """Queue a run of the harvest, as RUNBOOK.md says."""
    command = [Path(sys.executable).parent / "dagster", "job", "launch", "-j", "harvest"]
    subprocess.run(
        [*command, "--tags", json.dumps({"dagster/partition": ROUND})],
        check=True,
        cwd=home,
        env={**os.environ, **settings, "DAGSTER_HOME": str(home)},
        capture_output=True,
    )


def test_a_round_that_dagsters_page_started_is_on_the_store_with_its_digest(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    """A run in processes of Dagster's own; nothing of the captures is left on this machine."""
    monkeypatch.setenv("BASKYCH_STATE", str(tmp_path / "state"))
    home = tmp_path / "home"
    home.mkdir()
    shipped = (ROOT / "dagster.yaml").read_text(encoding="utf-8")
    (home / "dagster.yaml").write_text(shipped.replace(".dagster/", f"{home}/.dagster/"), encoding="utf-8")
    (home / "pyproject.toml").write_text('[tool.dagster]\nmodule_name = "pipelines.definitions"\n')
    with served(), tiny_site.served(tmp_path) as registry:
        store = new_store()
        settings = {"BASKYCH_DATA": store, "BASKYCH_REGISTRY": str(registry), "PYTHONPATH": str(ROOT)}
        with (
            running(home, free_port(), settings) as (_, children),
            dg.DagsterInstance.from_config(str(home)) as known,
        ):
            ask(home, settings)

            def logs() -> str:
                return "".join(child.log.read_text(errors="replace")[-3000:] for child in children)

            wait_until(lambda: any(run.is_finished for run in known.get_runs()), logs)
            wait_until(lambda: bool(objects_of(address_of(store)).listed("files/digests")), logs)
            ended = known.get_runs()[0].status
        give(address_of(store), tmp_path / "back")

    assert dg.DagsterRunStatus.SUCCESS == ended
    assert (tmp_path / "back" / "publish" / "latest" / "index.html").is_file()
    assert [] == list((tmp_path / "state" / "stores").rglob("*.gz"))
