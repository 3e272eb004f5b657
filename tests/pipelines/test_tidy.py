"""Which runs Dagster forgets, and what is never removed."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import dagster as dg
import pytest
from desk_country import country

from pipelines.defs.country import definitions
from pipelines.defs.tidy import past_runs, remove, tidy_job
from pipelines.desk.retention import PastRun, superfluous
from pipelines.desk.words import Keeping

NOW = datetime(2027, 6, 20, tzinfo=UTC)
KEEP = Keeping(months=6, failed_months=18)


def run(name: str, months_ago: int, *, work: str = "harvest 2026-01", is_success: bool = True) -> PastRun:
    """Return a run that ended so many months ago."""
    ended = NOW - timedelta(days=31 * months_ago, hours=1)
    return PastRun(run_id=name, work=work, is_success=is_success, ended_at=ended)


def test_a_run_that_a_newer_one_replaced_goes_after_six_months():
    """Of the same job and round; the newer one stays however old it is."""
    runs = [run("newest", 8), run("replaced", 9), run("of another round", 30, work="harvest 2024-12")]

    assert ["replaced"] == [gone.run_id for gone in superfluous(runs, NOW, KEEP)]


def test_a_failure_is_kept_longer_than_a_success():
    """Whoever looks for the cause of something needs more than a year of rounds."""
    runs = [run("newest", 1), run("recent", 12, is_success=False), run("old", 18, is_success=False)]

    assert ["old"] == [gone.run_id for gone in superfluous(runs, NOW, KEEP)]


def test_a_failure_replaces_nothing():
    """A round that ended well once is there, though a later attempt at it failed."""
    runs = [run("good", 12), run("failed", 1, is_success=False)]

    assert [] == superfluous(runs, NOW, KEEP)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A folder for what Dagster remembers, on disk as it is in use."""
    (tmp_path / "dagster.yaml").write_text("telemetry: {enabled: false}\n", encoding="utf-8")
    return tmp_path


def test_a_run_that_is_removed_leaves_nothing_on_the_disk(home: Path):
    """Neither its events nor its logs: of years of rounds they would be gigabytes."""
    with dg.DagsterInstance.from_config(str(home)) as instance:
        done = tidy_job().execute_in_process(instance=instance)
        remove(instance, done.run_id)

        assert [] == list(past_runs(instance))
    assert [] == [path for path in home.rglob("*") if done.run_id in path.name]


def test_tidying_says_what_it_removed_and_what_it_kept(home: Path):
    """Two runs of one work, long past: the newer stays."""
    with dg.DagsterInstance.from_config(str(home)) as instance:
        job = tidy_job()
        for _ in range(2):
            job.execute_in_process(instance=instance)
        runs = list(past_runs(instance))
        gone = superfluous(runs, datetime.now(UTC) + timedelta(days=200), KEEP)

    assert 1 == len(gone)
    assert min(runs, key=lambda run: run.ended_at) == gone[0]


def test_tidying_leaves_fresh_runs_alone(home: Path):
    """It runs every month, and a month's runs are what people look at."""
    with dg.DagsterInstance.from_config(str(home)) as instance:
        first = tidy_job().execute_in_process(instance=instance)
        second = tidy_job().execute_in_process(instance=instance)
        told = next(event for event in second.all_events if event.is_successful_output)

        assert first.run_id in {run.run_id for run in past_runs(instance)}
    assert {"removed": 0, "kept": 1} == {
        name: value.value for name, value in told.step_output_data.metadata.items()
    }


def test_tidying_runs_by_itself_every_month(tmp_path: Path):
    """On the twentieth, when no harvest begins."""
    schedule = definitions(country(tmp_path)).resolve_schedule_def("monthly_tidy")

    assert ("0 5 20 * *", "Asia/Bishkek") == (schedule.cron_schedule, schedule.execution_timezone)
