"""Dagster's processes work at a store: what a step makes there, any other process finds."""

import json
from collections.abc import Iterator
from pathlib import Path

import dagster as dg
import pytest
from s3_server import new_store, served
from structlog.testing import capture_logs
from tiny_site import Published

from crawlers.stores.address import address_of
from crawlers.stores.copying import give
from crawlers.stores.lease import leased
from crawlers.stores.reach import objects_of
from pipelines.defs import on_store
from pipelines.defs.country import definitions, scope_from
from pipelines.defs.digests import digest_sensors
from pipelines.defs.partitions import rounds
from pipelines.scope import Scope

PART = {"dagster/partition": "2026-11|xy-registry"}


@pytest.fixture(scope="module")
def _server() -> Iterator[None]:
    with served():
        yield


@pytest.fixture
def environment(_server: None, published: Published) -> dict[str, str]:
    """What leads Dagster's processes to a store of their own, which is empty."""
    return {"BASKYCH_DATA": new_store(), "BASKYCH_REGISTRY": str(published.registry)}


@pytest.fixture
def instance() -> Iterator[dg.DagsterInstance]:
    """What Dagster remembers, forgotten afterwards."""
    with dg.DagsterInstance.ephemeral() as remembered:
        yield remembered


def another_process(environment: dict[str, str]) -> Scope:
    """The scope of a process that has just begun: its workplace is its own."""
    on_store.workplace.cache_clear()
    return scope_from(environment)


def made(scope: Scope, asset: str, tags: dict[str, str], instance: dg.DagsterInstance) -> dict[str, object]:
    """Let a run make an asset; return what Dagster was told of it."""
    known = definitions(scope)
    job = known.resolve_implicit_global_asset_job_def()
    run = job.execute_in_process(instance=instance, asset_selection=[dg.AssetKey(asset)], tags=tags)
    told = run.asset_materializations_for_node(asset)[0].metadata
    return {name: value.value for name, value in told.items()}


def test_each_step_may_be_another_process(
    environment: dict[str, str], instance: dg.DagsterInstance, tmp_path: Path
):
    """Captures of one are read by the next, and judged by a third; the store has all, and is named."""
    store = environment["BASKYCH_DATA"]
    captures = made(another_process(environment), "captures", PART, instance)
    pages = made(another_process(environment), "pages", PART, instance)
    services = made(another_process(environment), "services", {"dagster/partition": "2026-11"}, instance)
    give(address_of(store), tmp_path / "back")

    assert f"{store}/captures/2026-11/xy-registry" == captures["folder"]
    assert f"{store}/core/pages/round=2026-11/xy-registry.parquet" == pages["file"]
    assert 1 == services["dagster/row_count"]
    assert (tmp_path / "back" / "core" / "verdicts" / "round=2026-11" / "xy.parquet").is_file()
    assert rounds(another_process(environment)).has_partition_key("2026-11")


def digest(scope: Scope, instance: dg.DagsterInstance) -> None:
    """Let the sensor hear of a run of the job `tidy` that failed, which is worth telling."""
    run = dg.DagsterRun(job_name="tidy", status=dg.DagsterRunStatus.FAILURE)
    instance.add_run(run)
    event = dg.DagsterEvent(
        event_type_value=dg.DagsterEventType.PIPELINE_FAILURE.value, job_name="tidy", message="ended"
    )
    sensor = next(one for one in digest_sensors(scope) if one.name == "digest_of_failure")
    context = dg.build_run_status_sensor_context(
        sensor_name=sensor.name, dagster_event=event, dagster_instance=instance, dagster_run=run
    )
    sensor(context)


def digests(store: str, place: Path) -> list[str]:
    """The jobs that the digests on the store are of."""
    give(address_of(store), place)
    return [json.loads(path.read_text())["run"]["job"] for path in sorted((place / "digests").glob("*.json"))]


def test_a_digest_is_kept_on_the_store_once_nobody_is_at_work_there(
    environment: dict[str, str], instance: dg.DagsterInstance, tmp_path: Path
):
    """A run that has begun since is not disturbed; the digest waits, and goes up with the next."""
    store, scope = environment["BASKYCH_DATA"], another_process(environment)
    with leased(objects_of(address_of(store))), capture_logs() as told:
        digest(scope, instance)

    assert ["digest_waits"] == [line["event"] for line in told if line["event"].startswith("digest_w")]
    assert [] == digests(store, tmp_path / "before")

    digest(scope, instance)

    assert ["tidy", "tidy"] == digests(store, tmp_path / "after")
