"""What Dagster remembers in SQLite: our storage keeps its engines, and is Dagster's own in all else."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from threading import Event

import dagster as dg
import pytest
from dagster._core.storage.event_log.sqlite.sqlite_event_log import SqliteEventLogStorage

from pipelines.defs.sqlite_storage import EventLog

SHIPPED = Path(__file__).parents[2] / "dagster.yaml"
RUN = "a-run"


@pytest.fixture
def instance(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[dg.DagsterInstance]:
    """Dagster as it is set up by the `dagster.yaml` that ships."""
    shutil.copy(SHIPPED, tmp_path)
    monkeypatch.chdir(tmp_path)
    with dg.DagsterInstance.from_config(str(tmp_path)) as opened:
        yield opened


def log_of(instance: dg.DagsterInstance) -> EventLog:
    """Return the event log of `instance`, which is ours."""
    found = instance.event_log_storage
    assert isinstance(found, EventLog)
    return found


def materialize(instance: dg.DagsterInstance, count: int = 1) -> str:
    """Run a job that tells of an asset so many times; return the run's id."""

    @dg.op
    def tell(context: dg.OpExecutionContext) -> None:
        for number in range(count):
            context.log_event(dg.AssetMaterialization("captures", partition=f"site-{number}"))

    @dg.job
    def told() -> None:
        tell()

    return told.execute_in_process(instance=instance).run_id


def test_what_is_remembered_is_read_by_dagsters_own_storage(instance: dg.DagsterInstance):
    """So nobody is bound to ours: the files are the same."""
    run_id = materialize(instance, 3)
    theirs = SqliteEventLogStorage(log_of(instance)._base_dir)

    assert theirs.get_logs_for_run(run_id) == instance.all_logs(run_id)
    assert theirs.has_asset_key(dg.AssetKey("captures"))


def test_what_dagsters_own_storage_remembers_is_read(instance: dg.DagsterInstance):
    """A folder that an earlier version began goes on."""
    theirs = SqliteEventLogStorage(log_of(instance)._base_dir)
    event = instance.all_logs(materialize(instance))[0]
    theirs.store_event(event._replace(run_id=RUN))

    assert [RUN] == [each.run_id for each in log_of(instance).get_logs_for_run(RUN)]


def test_an_engine_is_made_once_for_a_database(instance: dg.DagsterInstance):
    """This is what ours is for."""
    log = log_of(instance)
    run_id = materialize(instance, 2)

    assert log._engine(run_id) is log._engine(run_id)


def test_the_page_of_a_run_hears_of_an_event_as_it_comes(instance: dg.DagsterInstance):
    """It watches the file of the run's database, which must change with each event."""
    log, heard = log_of(instance), Event()
    event = instance.all_logs(materialize(instance))[0]._replace(run_id=RUN)
    log.store_event(event)
    log.watch(RUN, None, lambda *_: heard.set())
    log.store_event(event)

    assert heard.wait(timeout=30)


def test_a_wiped_memory_is_begun_anew(instance: dg.DagsterInstance):
    """The databases of runs are removed then, with their tables."""
    run_id = materialize(instance)
    event = instance.all_logs(run_id)[0]
    log_of(instance).wipe()
    log_of(instance).store_event(event)

    assert 1 == len(instance.all_logs(run_id))
