"""Earlier rounds in Dagster: filled from archives, and never from today's web."""

from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import dagster as dg
import pytest
from desk_country import STEPS, country, leave_captures

from crawlers import harvest
from pipelines import today
from pipelines.defs.country import definitions
from pipelines.operating.failures import UsageError
from pipelines.scope import Scope
from pipelines.steps import importing

FORM = {"ops": {"backfill_captures": {"config": {"sources": ["https://archive.example/cdx"]}}}}


@pytest.fixture
def scope(tmp_path: Path) -> Scope:
    """A country in November 2026."""
    return country(tmp_path)


@pytest.fixture
def taken(scope: Scope, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Steps that do nothing but leave captures, and are written down here."""
    noted: list[str] = []

    def imported(scope: Scope, sources: list[str], *_: Any) -> None:
        noted.append(f"import {scope.round_id} {' '.join(scope.asked_sites)} {' '.join(sources)}")
        for site_id in scope.asked_sites:
            leave_captures(scope, site_id)

    def note(name: str, answer: object = None) -> Any:
        return lambda *_, **__: noted.append(name) or answer

    built = SimpleNamespace(path=Path("warehouse.duckdb"), rows=(("out_services", 3),))
    answers: dict[str, Any] = {"build": built, "check": [], "publish": SimpleNamespace(folder=Path("x"))}
    for module, name in STEPS:
        monkeypatch.setattr(module, name, note(name, answers.get(name)))
    monkeypatch.setattr(importing, "import_archive", imported)
    return noted


@pytest.fixture
def instance() -> Iterator[dg.DagsterInstance]:
    """What Dagster remembers, forgotten afterwards."""
    with dg.DagsterInstance.ephemeral() as remembered:
        yield remembered


def backfill(
    scope: Scope, instance: dg.DagsterInstance, form: dict[str, Any], month: str = "2019-05"
) -> dg.ExecuteInProcessResult:
    """Run the job with the form filled in."""
    job = definitions(scope).resolve_job_def("backfill")
    return job.execute_in_process(partition_key=month, instance=instance, run_config=form)


def test_a_backfill_imports_and_then_takes_every_step(
    scope: Scope, taken: list[str], instance: dg.DagsterInstance
):
    """The sites themselves are asked for nothing."""
    backfill(scope, instance, FORM)

    assert [
        "import 2019-05 xy-tax xy-id https://archive.example/cdx",
        "understand_sites",
        "understand_round",
        "build",
        "check",
        "publish",
    ] == taken


def test_a_backfill_reports_to_the_captures_of_its_round(
    scope: Scope, taken: list[str], instance: dg.DagsterInstance
):
    """On Dagster's page the round is there like any other."""
    backfill(scope, instance, FORM)
    found = instance.get_materialized_partitions(dg.AssetKey("captures"))

    assert {"2019-05|xy-tax", "2019-05|xy-id"} == set(found)


def test_a_backfill_may_ask_for_one_site(scope: Scope, taken: list[str], instance: dg.DagsterInstance):
    """The form has a place for it."""
    form = {"ops": {"backfill_captures": {"config": {"sources": ["old.warc.gz"], "sites": ["xy-id"]}}}}
    backfill(scope, instance, form)

    assert "import 2019-05 xy-id old.warc.gz" == taken[0]


def test_a_backfill_without_a_source_is_refused(scope: Scope, taken: list[str], instance: dg.DagsterInstance):
    """It never falls back on the web of today."""
    with pytest.raises(UsageError, match="expected a WARC file or a CDX address"):
        backfill(scope, instance, {"ops": {"backfill_captures": {"config": {"sources": []}}}})

    assert [] == taken


def test_any_month_from_2010_that_is_over_can_be_filled(scope: Scope):
    """The form of the run offers them; this month is not over."""
    months = definitions(scope).resolve_job_def("backfill").partitions_def

    assert months is not None
    assert "2010-01" == months.get_first_partition_key()
    assert "2026-10" in months.get_partition_keys()


@pytest.mark.parametrize("name", ["harvest", "captures"])
@pytest.mark.parametrize("month", ["2019-05", "2026-09"])
def test_an_old_round_is_never_crawled_from_the_web_of_today(
    scope: Scope, monkeypatch: pytest.MonkeyPatch, instance: dg.DagsterInstance, name: str, month: str
):
    """Neither by the job nor by the asset, though its partition is there; the message says what to do."""
    asked: list[str] = []
    monkeypatch.setattr(today, "this_round", lambda *_: "2026-11")
    monkeypatch.setattr(harvest, "crawl", lambda *_, **__: asked.append("the web"))
    (scope.data / "captures" / month).mkdir(parents=True)
    known = definitions(scope)
    job = known.resolve_job_def(name) if name == "harvest" else known.resolve_implicit_global_asset_job_def()
    chosen: dict[str, Any] = (
        {"partition_key": month}
        if name == "harvest"
        else {"asset_selection": [dg.AssetKey(name)], "tags": {"dagster/partition": f"{month}|xy-id"}}
    )
    with pytest.raises(UsageError, match=rf"round {month}: the web of today is that of 2026-11.*`backfill`"):
        job.execute_in_process(instance=instance, **chosen)

    assert [] == asked


def test_only_rounds_that_there_are_stand_in_dagster_s_list(scope: Scope):
    """Between an imported round of 2019 and today lie months that nobody can harvest any more."""
    (scope.data / "captures" / "2019-05").mkdir(parents=True)
    job = definitions(scope).resolve_job_def("harvest")

    assert job.partitions_def is not None
    assert ["2019-05", "2026-11"] == [
        month for month in job.partitions_def.get_partition_keys() if month <= "2026-11"
    ]
