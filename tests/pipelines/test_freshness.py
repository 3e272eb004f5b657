"""What turns red in Dagster when data grow old."""

from pathlib import Path

import dagster as dg
import pytest
from desk_country import country, remember

from pipelines.defs import freshness
from pipelines.defs.country import definitions
from pipelines.desk import silence
from pipelines.scope import Scope

LATE = {"r2026_08": None, "r2026_09": "unreachable_timeout", "r2026_10": "unreachable_timeout"}


@pytest.fixture
def scope(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Scope:
    """A country in November 2026, with one site that answers and one that fell silent."""
    scope = country(tmp_path)
    monkeypatch.setattr(silence, "this_round", lambda _: "2026-11")
    remember(scope, "xy-id", r2026_09=None, r2026_10=None)
    remember(scope, "xy-tax", **LATE)
    return scope


def test_a_site_that_fell_silent_turns_red_and_says_why_and_what_to_do(scope: Scope):
    """In words that need no knowledge of the code."""
    red = {answer.name: answer for answer in freshness.check_freshness(scope)}["fresh_xy_tax"]

    assert (False, dg.AssetCheckSeverity.ERROR) == (red.passed, red.severity)
    assert "Last seen in round 2026-08, months since: 3" in red.metadata["why"]
    assert red.metadata["what to do"].startswith("To the site's owner: ")


def test_a_site_that_answers_is_green(scope: Scope):
    """This month's round has not been yet, and that is no fault of the site."""
    assert {answer.name: answer.passed for answer in freshness.check_freshness(scope)}["fresh_xy_id"]


def test_a_country_without_a_warehouse_is_red_everywhere(tmp_path: Path):
    """Nothing was ever harvested: nothing is fresh."""
    (tmp_path / "new").mkdir()
    answers = list(freshness.check_freshness(country(tmp_path / "new")))

    assert [False, False] == [answer.passed for answer in answers]
    assert {"We have not asked it yet."} == {answer.metadata["why"] for answer in answers}


def test_the_watch_turns_sites_red_without_a_harvest(scope: Scope):
    """A dead schedule shows too: nobody has to harvest for a site to be found stale."""
    job = definitions(scope).resolve_job_def("watch")
    with dg.DagsterInstance.ephemeral() as instance:
        job.execute_in_process(instance=instance)
        keys = [dg.AssetCheckKey(dg.AssetKey("release"), f"fresh_xy_{name}") for name in ("tax", "id")]
        found = instance.event_log_storage.get_latest_asset_check_execution_by_key(keys)

    assert ["FAILED", "SUCCEEDED"] == [found[key].status.value for key in keys]


def test_the_watch_runs_by_itself_every_week(scope: Scope):
    """On Monday morning in the country, from the first start of Dagster's page."""
    schedule = definitions(scope).resolve_schedule_def("weekly_watch")

    assert ("0 6 * * 1", "Asia/Bishkek") == (schedule.cron_schedule, schedule.execution_timezone)
    assert dg.DefaultScheduleStatus.RUNNING == schedule.default_status


def test_captures_and_release_are_due_on_the_third_of_each_month(scope: Scope):
    """Dagster's own page turns the asset red where a month's harvest is missing."""
    specs = {
        spec.key.to_user_string(): spec.freshness_policy
        for asset in definitions(scope).assets or ()
        if isinstance(asset, dg.AssetsDefinition)
        for spec in asset.specs
    }

    assert {"captures", "release"} == {name for name, policy in specs.items() if policy}
    assert freshness.deadline(scope) == specs["release"]
