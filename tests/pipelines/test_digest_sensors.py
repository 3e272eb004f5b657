"""Who writes the digest of a run: Dagster's sensors, and the command line for its own runs."""

import json
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import dagster as dg
import pytest
from desk_country import STEPS, country, leave_captures, remember

from pipelines.defs.country import definitions
from pipelines.defs.in_process import run_harvest
from pipelines.desk import silence
from pipelines.operating.progress import Quiet
from pipelines.scope import Scope
from pipelines.steps import publishing
from warehouse.errors import ChecksFailedError, StorageError


@pytest.fixture
def scope(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Scope:
    """A country in November 2026 whose harvest does nothing and publishes 2026-11-abc."""
    monkeypatch.setattr(silence, "this_round", lambda _: "2026-11")
    monkeypatch.delenv("BASKYCH_DIGEST_URL", raising=False)
    built = SimpleNamespace(path=Path("warehouse.duckdb"), rows=(("out_services", 3),))
    answers: dict[str, Any] = {
        "build": built,
        "check": [],
        "publish": SimpleNamespace(folder=Path("2026-11-abc")),
    }
    for module, name in STEPS:
        monkeypatch.setattr(module, name, lambda *_, _name=name, **__: answers.get(_name))
    scope = country(tmp_path)
    for site_id in scope.asked_sites:
        remember(scope, site_id, r2026_11=None)
        leave_captures(scope, site_id)
    return scope


@pytest.fixture
def instance() -> Iterator[dg.DagsterInstance]:
    """What Dagster remembers, forgotten afterwards."""
    with dg.DagsterInstance.ephemeral() as remembered:
        yield remembered


def refuse(*_: object, **__: object) -> None:
    """Publish nothing."""
    raise ChecksFailedError("stages_add_up: broken by 3 rows: x")


def digests(scope: Scope) -> list[dict[str, Any]]:
    """Return the digests that were written."""
    return [json.loads(path.read_text()) for path in sorted((scope.data / "digests").glob("*.json"))]


def harvest(scope: Scope, instance: dg.DagsterInstance, job: str = "harvest") -> dg.ExecuteInProcessResult:
    """Run a job of the country."""
    known = definitions(scope).resolve_job_def(job)
    key = scope.round_id if known.partitions_def else None
    return known.execute_in_process(partition_key=key, instance=instance, raise_on_error=False)


def hear(scope: Scope, sensor: str, run: dg.ExecuteInProcessResult, instance: dg.DagsterInstance) -> Any:
    """Let a sensor hear how a run ended."""
    known = definitions(scope)
    kind = dg.DagsterEventType.PIPELINE_SUCCESS if run.success else dg.DagsterEventType.PIPELINE_FAILURE
    event = next(each for each in run.all_events if each.event_type == kind)
    context = dg.build_run_status_sensor_context(
        sensor_name=sensor, dagster_event=event, dagster_instance=instance, dagster_run=run.dagster_run
    )
    return known.resolve_sensor_def(sensor)(context)


def test_a_run_that_ended_well_is_told_with_its_release(scope: Scope, instance: dg.DagsterInstance):
    """The sensor reads the run's own log."""
    hear(scope, "digest_of_success", harvest(scope, instance), instance)
    told = digests(scope)[0]

    assert ("harvest", "success", "2026-11-abc") == tuple(
        told["run"][name] for name in ("job", "status", "version")
    )
    assert "2026-11" == told["round_id"]


def test_a_release_that_was_refused_is_told_with_its_reason(
    scope: Scope, instance: dg.DagsterInstance, monkeypatch: pytest.MonkeyPatch
):
    """In the words of the error, with the exit code that the command line has for it."""
    monkeypatch.setattr(publishing, "publish", refuse)
    hear(scope, "digest_of_failure", harvest(scope, instance), instance)
    told = digests(scope)[0]["run"]

    assert "stages_add_up: broken by 3 rows: x" == told["why"]
    assert ("harvest_release", 10) == (told["failed_step"], told["exit_code"])


def test_a_failure_is_told_as_what_we_call_it_not_as_what_it_came_from(
    scope: Scope, instance: dg.DagsterInstance, monkeypatch: pytest.MonkeyPatch
):
    """The folder cannot be written to (7): an OSError alone would be an error of ours (70)."""

    def refuse_to_write(*_: object, **__: object) -> None:
        raise StorageError("publish: could not be written") from PermissionError("not ours: at all")

    monkeypatch.setattr(publishing, "publish", refuse_to_write)
    hear(scope, "digest_of_failure", harvest(scope, instance), instance)
    told = digests(scope)[0]["run"]

    assert ("publish: could not be written", 7) == (told["why"], told["exit_code"])


def test_a_watch_that_found_nothing_stale_is_not_told(scope: Scope, instance: dg.DagsterInstance):
    """Who gets a letter a week that says nothing reads none."""
    said = hear(scope, "digest_of_success", harvest(scope, instance, "watch"), instance)

    assert isinstance(said, dg.SkipReason)
    assert [] == digests(scope)


def test_a_watch_that_found_a_stale_site_is_told(
    scope: Scope, instance: dg.DagsterInstance, monkeypatch: pytest.MonkeyPatch
):
    """Here nobody has harvested for months."""
    monkeypatch.setattr(silence, "this_round", lambda _: "2027-03")
    hear(scope, "digest_of_success", harvest(scope, instance, "watch"), instance)

    assert ["xy-tax", "xy-id"] == [site["site_id"] for site in digests(scope)[0]["stale_sites"]]


def test_the_sensors_listen_from_the_first_start(scope: Scope):
    """Nobody has to switch them on; without settings they send nothing anywhere."""
    sensors = {each.name: each for each in definitions(scope).sensors or ()}

    assert {"digest_of_success", "digest_of_failure", "digest_of_stopped"} == set(sensors)
    assert {dg.DefaultSensorStatus.RUNNING} == {each.default_status for each in sensors.values()}


def test_a_run_from_the_command_line_leaves_its_digest_too(scope: Scope):
    """No daemon has to run for it."""
    run_harvest(scope, Quiet(), {})

    assert ["success"] == [told["run"]["status"] for told in digests(scope)]


def test_a_run_from_the_command_line_that_failed_leaves_its_digest_too(
    scope: Scope, monkeypatch: pytest.MonkeyPatch
):
    """And the command ends with the failure's own number."""
    monkeypatch.setattr(publishing, "publish", refuse)
    with pytest.raises(ChecksFailedError):
        run_harvest(scope, Quiet(), {})

    assert [10] == [told["run"]["exit_code"] for told in digests(scope)]


def test_a_digest_that_cannot_be_written_does_not_fail_the_run(scope: Scope):
    """A file stands where its folder should be: the harvest is published all the same."""
    (scope.data / "digests").write_text("", encoding="utf-8")
    run_harvest(scope, Quiet(), {})

    assert (scope.data / "digests").is_file()
