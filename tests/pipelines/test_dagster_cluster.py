"""Dagster on several machines: PostgreSQL remembers, a queue decides, workers of Celery run."""

import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import dagster as dg
import pytest
import yaml
from dagster._core.definitions.partitions.utils.multi import get_tags_from_multi_partition_key
from dagster._core.remote_origin import InProcessCodeLocationOrigin
from dagster._core.test_utils import InProcessTestWorkspaceLoadTarget
from dagster._core.types.loadable_target_origin import LoadableTargetOrigin
from dagster._core.workspace.context import WorkspaceProcessContext
from dagster._daemon.run_coordinator import QueuedRunCoordinatorDaemon
from dagster_servers import postgres
from desk_country import country

from crawlers.crawling.child_process import _PATIENCE_SECONDS
from pipelines.defs.assets import POOL
from pipelines.defs.country import definitions
from pipelines.defs.freshness import _TIME_TO_HARVEST
from pipelines.defs.runtimes import TAG, runtimes
from pipelines.operating.ui import HomeError

CLUSTER = Path(__file__).parents[2] / "pipelines" / "defs" / "cluster"
SETTINGS = yaml.safe_load((CLUSTER / "dagster.yaml").read_text(encoding="utf-8"))
ON_ONE_MACHINE = yaml.safe_load((Path(__file__).parents[2] / "dagster.yaml").read_text(encoding="utf-8"))
ROUND = "2026-11"


@pytest.fixture(scope="module")
def database() -> Iterator[str]:
    """A PostgreSQL of these tests alone."""
    with postgres() as address:
        yield address


@pytest.fixture
def home(database: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with the settings that ship, but for runs going nowhere; the country is one of two sites."""
    scope = country(tmp_path)
    shutil.copy(CLUSTER / "workspace.yaml", tmp_path)
    text = (CLUSTER / "dagster.yaml").read_text(encoding="utf-8")
    nowhere = text.replace("backend: {env: BASKYCH_BROKER}", "backend: cache+memory://")
    (tmp_path / "dagster.yaml").write_text(nowhere, encoding="utf-8")
    monkeypatch.setenv("BASKYCH_POSTGRES", database)
    monkeypatch.setenv("BASKYCH_BROKER", "memory://")
    monkeypatch.setenv("BASKYCH_REGISTRY", str(scope.registry_file))
    monkeypatch.setenv("BASKYCH_DATA", str(scope.data))
    monkeypatch.setenv("DAGSTER_HOME", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def instance(home: Path) -> Iterator[dg.DagsterInstance]:
    """What Dagster remembers, in PostgreSQL."""
    with dg.DagsterInstance.get() as remembered:
        yield remembered
        remembered.wipe()
        remembered.event_log_storage.delete_concurrency_limit(POOL)


def test_the_same_definitions_are_remembered_in_postgresql(instance: dg.DagsterInstance, home: Path):
    """Run, events and checks, read back by another process of the same settings."""
    ended = definitions(country(home)).resolve_job_def("watch").execute_in_process(instance=instance)
    with dg.DagsterInstance.get() as another:
        run = another.get_run_by_id(ended.run_id)
        seen = {entry.dagster_event_type for entry in another.all_logs(ended.run_id)}

    assert run is not None
    assert dg.DagsterRunStatus.SUCCESS == run.status
    assert dg.DagsterEventType.ASSET_CHECK_EVALUATION in seen
    assert [] == list(home.glob("**/*.db"))


@pytest.fixture
def workspace(
    instance: dg.DagsterInstance, monkeypatch: pytest.MonkeyPatch
) -> Iterator[WorkspaceProcessContext]:
    """What Dagster's processes load: the definitions that ship, of the country of two sites."""
    monkeypatch.delitem(sys.modules, "pipelines.definitions", raising=False)
    origin = LoadableTargetOrigin(executable_path=sys.executable, module_name="pipelines.definitions")
    target = InProcessTestWorkspaceLoadTarget(InProcessCodeLocationOrigin(origin))
    with WorkspaceProcessContext(instance, target) as loaded:
        yield loaded


def queue(workspace: WorkspaceProcessContext, home: Path, site: str) -> str:
    """Queue a run of the job `one_site` for `site`; return its id."""
    request = workspace.create_request_context()
    location = request.code_locations[0]
    job = location.get_repository("__repository__").get_full_job("one_site")
    key = dg.MultiPartitionKey({"round": ROUND, "site": site})
    run = workspace.instance.create_run_for_job(
        definitions(country(home)).resolve_job_def("one_site"),
        tags={**job.tags, **get_tags_from_multi_partition_key(key)},
        remote_job_origin=job.get_remote_origin(),
        job_code_origin=job.get_python_origin(),
    )
    return workspace.instance.submit_run(run.run_id, request).run_id


def look(workspace: WorkspaceProcessContext, run_ids: list[str]) -> list[str]:
    """Let the daemon look into the queue once; return how the runs stand then."""
    with QueuedRunCoordinatorDaemon(interval_seconds=1) as daemon:
        list(daemon.run_iteration(workspace))
    runs = [workspace.instance.get_run_by_id(run_id) for run_id in run_ids]
    return [run.status.value for run in runs if run]


def test_two_runs_of_one_site_are_never_under_way_together_and_two_of_different_sites_may_be(
    workspace: WorkspaceProcessContext, home: Path
):
    """Where the data folder had room for two, a second site's run would begin; the same site's waits."""
    workspace.instance.event_log_storage.set_concurrency_slots(POOL, 2)
    runs = [queue(workspace, home, site) for site in ("xy-tax", "xy-tax", "xy-id")]
    at_once = look(workspace, runs)
    first = workspace.instance.get_run_by_id(runs[0])
    assert first is not None
    workspace.instance.report_run_failed(first, "ended")
    after = look(workspace, runs)

    assert ["STARTING", "QUEUED", "STARTING"] == at_once
    assert ["FAILURE", "STARTING", "STARTING"] == after


def test_the_steps_of_different_sites_take_turns_in_one_data_folder(
    workspace: WorkspaceProcessContext, home: Path
):
    """A run that could only wait for the folder waits in the queue, where no clock runs against it."""
    workspace.instance.event_log_storage.initialize_concurrency_limit_to_default(
        POOL
    )  # as the first step does
    runs = [queue(workspace, home, site) for site in ("xy-tax", "xy-id")]

    assert ["STARTING", "QUEUED"] == look(workspace, runs)


def test_every_job_says_for_how_long_its_runs_may_last(tmp_path: Path):
    """However it is started: a worker that is lost is noticed by nothing else."""
    known = definitions(country(tmp_path))
    said = {job.name: job.tags.get(TAG) for job in known.get_repository_def().get_all_jobs()}
    round_, site, desk = (str(seconds) for seconds in runtimes().model_dump().values())

    assert {
        "harvest": round_, "backfill": round_, "one_site": site, "watch": desk, "tidy": desk
    } == {name: most for name, most in said.items() if not name.startswith("__")}  # fmt: skip


def test_a_round_that_is_repeated_still_makes_its_deadline():
    """Two runs within the time that a month's harvest has."""
    assert 2 * runtimes().round <= _TIME_TO_HARVEST.total_seconds()


def test_runs_of_assets_that_somebody_starts_by_hand_may_last_as_long_as_a_site():
    """They are no job's, so they bear no tag."""
    assert runtimes().site == SETTINGS["run_monitoring"]["max_runtime_seconds"]


def test_the_broker_gives_no_run_out_twice_while_it_may_last():
    """Celery's rule for Redis: its timeout is longer than the longest task."""
    celery = SETTINGS["run_launcher"]["config"]["config_source"]

    assert max(runtimes().model_dump().values()) < celery["broker_transport_options"]["visibility_timeout"]


@pytest.mark.parametrize("settings", [SETTINGS, ON_ONE_MACHINE])
def test_a_run_that_is_repeated_begins_when_the_one_before_it_has_ended_tidily(settings: dict[str, Any]):
    """The lost one's place in the pool is given away, or none would ever begin; but not sooner."""
    assert settings["run_monitoring"]["free_slots_after_run_end_seconds"] > _PATIENCE_SECONDS


def test_a_worker_refuses_a_home_whose_runs_are_sent_elsewhere(home: Path):
    """It would wait for ever for runs that another process takes."""
    from pipelines.defs.cluster.worker import app_of  # noqa: PLC0415 - it looks at DAGSTER_HOME

    with (
        dg.DagsterInstance.ephemeral() as other,
        pytest.raises(HomeError, match="expected CeleryRunLauncher"),
    ):
        app_of(other)
