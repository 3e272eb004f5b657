"""What Dagster is told of the pipeline."""

import ast
import logging
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import dagster as dg
import pytest
from desk_country import leave_captures

import pipelines.defs.assets
import pipelines.defs.told
import pipelines.defs.work
from pipelines.defs.country import definitions, scope_from
from pipelines.defs.in_process import run_harvest
from pipelines.defs.told import Told
from pipelines.desk import questions
from pipelines.operating.progress import Lines, Reporter
from pipelines.scope import Scope, scope_of
from pipelines.steps import building, crawling, publishing, understanding
from warehouse import checks as promises
from warehouse.errors import ApprovalError

REGISTRY = """
country: {id: xy, name: {en: Exia}, time_zone: Asia/Bishkek, currency: KGS, languages: [en]}
crawler: {contact: "mailto:crawl@example.org"}
institutions:
  - {id: tax, kind: agency, name: {en: Tax}, source: invented}
sites:
  - id: xy-tax
    institution: tax
    seeds: ["https://tax.example/"]
    stay_under: [tax.example]
    expect: {pages: {min: 2, max: 9}}
    source: invented
  - {id: xy-id, institution: tax, seeds: ["https://id.example/"], stay_under: [id.example], source: invented}
"""
ROUND = "2026-11"


@pytest.fixture
def scope(tmp_path: Path) -> Scope:
    """A country of two sites."""
    (tmp_path / "xy.yml").write_text(REGISTRY, encoding="utf-8")
    return scope_of(None, tmp_path / "xy.yml", tmp_path / "data", ROUND)


@pytest.fixture
def taken(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Steps that do nothing but leave captures, and are written down here."""
    noted: list[str] = []

    def crawl(scope: Scope, reporter: Reporter) -> None:
        noted.append(f"crawl {scope.round_id} {' '.join(scope.asked_sites)}")
        with reporter.step("crawl", len(scope.asked_sites)) as step:
            for site_id in scope.asked_sites:
                leave_captures(scope, site_id)
                step.finished(site_id, "1 of 2 pages opened")

    def note(name: str, answer: object = None) -> Any:
        return lambda *_, **__: noted.append(name) or answer

    built = SimpleNamespace(path=Path("warehouse.duckdb"), rows=(("out_services", 3),))
    kept = SimpleNamespace(name="stages_add_up", severity="error", is_kept=True, row_count=0, rows=())
    monkeypatch.setattr(crawling, "crawl", crawl)
    monkeypatch.setattr(understanding, "understand_sites", note("understand sites"))
    monkeypatch.setattr(understanding, "understand_round", note("understand round"))
    monkeypatch.setattr(building, "build", note("build", built))
    monkeypatch.setattr(questions, "check", note("check", [kept]))
    monkeypatch.setattr(publishing, "publish", note("publish", SimpleNamespace(folder=Path("2026-11-abc"))))
    return noted


@pytest.fixture
def instance() -> Iterator[dg.DagsterInstance]:
    """What Dagster remembers, forgotten afterwards."""
    with dg.DagsterInstance.ephemeral() as remembered:
        yield remembered


def materialize(
    scope: Scope, names: list[str], tags: dict[str, str], instance: dg.DagsterInstance
) -> dg.ExecuteInProcessResult:
    """Materialise assets of the country in one run."""
    job = definitions(scope).resolve_implicit_global_asset_job_def()
    keys = [dg.AssetKey(name) for name in names]
    return job.execute_in_process(instance=instance, asset_selection=keys, tags=tags)


def partitions(instance: dg.DagsterInstance, asset: str) -> set[str]:
    """Return the partitions of `asset` that there are."""
    return set(instance.get_materialized_partitions(dg.AssetKey(asset)))


def test_the_harvest_job_takes_every_step_once_and_in_order(
    scope: Scope, taken: list[str], instance: dg.DagsterInstance
):
    """One run covers all sites of a round."""
    definitions(scope).resolve_job_def("harvest").execute_in_process(partition_key=ROUND, instance=instance)

    assert [
        f"crawl {ROUND} xy-tax xy-id",
        "understand sites",
        "understand round",
        "build",
        "check",
        "publish",
    ] == taken


def test_the_harvest_job_reports_to_every_asset(scope: Scope, taken: list[str], instance: dg.DagsterInstance):
    """By site while the work is by site, by round after that."""
    definitions(scope).resolve_job_def("harvest").execute_in_process(partition_key=ROUND, instance=instance)

    assert {f"{ROUND}|xy-tax", f"{ROUND}|xy-id"} == partitions(instance, "captures")
    assert {f"{ROUND}|xy-tax", f"{ROUND}|xy-id"} == partitions(instance, "pages")
    assert [{ROUND}] * 3 == [partitions(instance, name) for name in ("services", "warehouse", "release")]


def test_one_site_can_be_crawled_again(scope: Scope, taken: list[str], instance: dg.DagsterInstance):
    """A retry asks that site and no other."""
    tags = {"dagster/partition": f"{ROUND}|xy-id"}
    materialize(scope, ["captures"], tags, instance)

    assert [f"crawl {ROUND} xy-id"] == taken


def test_one_run_can_cover_many_sites(scope: Scope, taken: list[str], instance: dg.DagsterInstance):
    """A run a site would cost seconds each."""
    tags = {
        "dagster/asset_partition_range_start": f"{ROUND}|xy-tax",
        "dagster/asset_partition_range_end": f"{ROUND}|xy-id",
    }
    materialize(scope, ["captures"], tags, instance)

    assert [f"crawl {ROUND} xy-tax xy-id"] == taken
    assert {f"{ROUND}|xy-tax", f"{ROUND}|xy-id"} == partitions(instance, "captures")


def test_metadata_say_what_was_seen_of_a_site_and_who_can_mend_the_rest(
    scope: Scope, taken: list[str], instance: dg.DagsterInstance
):
    """In Dagster's page one sees why a site gave less than it should."""
    run = materialize(scope, ["captures"], {"dagster/partition": f"{ROUND}|xy-tax"}, instance)
    told = run.asset_materializations_for_node("captures")[0].metadata

    assert 2 == told["dagster/row_count"].value
    assert 1 == told["pages opened"].value
    assert "site" == told["can be mended by"].value


def test_no_value_passes_between_assets(scope: Scope):
    """Files do: every dependency is one of order only."""
    ins = [
        asset.op.ins for asset in definitions(scope).assets or () if isinstance(asset, dg.AssetsDefinition)
    ]

    assert 5 == len(ins)
    assert all(each.dagster_type.is_nothing for of_one in ins for each in of_one.values())


def test_the_definitions_load_without_what_the_steps_need():
    """Dagster's processes load them anew each time, and most take no step."""
    loaded = "import sys, pipelines.definitions; print(*sys.modules)"
    said = subprocess.run([sys.executable, "-c", loaded], check=True, capture_output=True, text=True)
    dear = {"scrapy", "pyarrow", "altair", "sqlalchemy", "selectolax"}
    steps = {name for name in said.stdout.split() if name.startswith("pipelines.steps.")}

    assert set() == (dear | steps) & set(said.stdout.split())


def test_an_asset_body_is_short():
    """It reads, calls one function, and tells what came of it."""
    tree = ast.parse(Path(str(pipelines.defs.assets.__file__)).read_text(encoding="utf-8"))
    lengths = {
        node.name: node.end_lineno - node.body[0].lineno + 1
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef)
        and node.end_lineno is not None
        and any("AssetExecutionContext" in ast.unparse(each) for each in node.args.args)
    }

    assert {"captures", "pages", "services", "warehouse", "release"} == set(lengths)
    assert max(lengths.values()) <= 8


def test_every_promise_of_the_warehouse_is_a_check_with_its_words(scope: Scope):
    """A broken one stops the release, unless it only warns."""
    promised = {check.name: check for check in promises.checks()}
    specs = {
        spec.name: spec for checks in definitions(scope).asset_checks or () for spec in checks.check_specs
    }

    assert promised.keys() <= specs.keys()
    assert {check.promise for check in promised.values()} <= {spec.description for spec in specs.values()}
    assert all(specs[name].blocking == (check.severity == "error") for name, check in promised.items())


def test_a_site_that_gives_less_than_expected_is_told(
    scope: Scope, taken: list[str], instance: dg.DagsterInstance
):
    """The tax site gave one page where its registry expects two."""
    definitions(scope).resolve_job_def("harvest").execute_in_process(partition_key=ROUND, instance=instance)
    keys = [dg.AssetCheckKey(dg.AssetKey("services"), f"expected_of_xy_{name}") for name in ("tax", "id")]
    found = instance.event_log_storage.get_latest_asset_check_execution_by_key(keys)

    assert ["FAILED", "SUCCEEDED"] == [found[key].status.value for key in keys]


def test_a_person_may_approve_a_failing_check_in_the_form_of_the_run(
    scope: Scope, taken: list[str], instance: dg.DagsterInstance, monkeypatch: pytest.MonkeyPatch
):
    """A ministry that closed ten services at once is no mistake; somebody has to say so."""
    approved: list[list[str]] = []
    release = SimpleNamespace(folder=Path("2026-11-abc"))
    monkeypatch.setattr(
        publishing, "publish", lambda *_, **kwargs: approved.append(kwargs["approved"]) or release
    )
    form = {"ops": {"harvest_release": {"config": {"approved_checks": ["services_did_not_vanish"]}}}}
    definitions(scope).resolve_job_def("harvest").execute_in_process(
        partition_key=ROUND, instance=instance, run_config=form
    )

    assert [["services_did_not_vanish"]] == approved


@pytest.mark.parametrize(("job", "round_id"), [("harvest", ROUND), ("backfill", "2019-05")])
def test_a_mistyped_approval_is_refused_before_the_first_step(
    scope: Scope, taken: list[str], instance: dg.DagsterInstance, job: str, round_id: str
):
    """Not when the release is made, after hours of crawling."""
    form: dict[str, Any] = {f"{job}_release": {"config": {"approved_checks": ["services_vanish"]}}}
    if job == "backfill":
        form["backfill_captures"] = {"config": {"sources": ["a.warc.gz"]}}

    with pytest.raises(ApprovalError, match="services_did_not_vanish"):
        definitions(scope).resolve_job_def(job).execute_in_process(
            partition_key=round_id, instance=instance, run_config={"ops": form}
        )
    assert [] == taken


def test_the_schedule_harvests_the_month_that_begins_in_the_country(scope: Scope):
    """At three in the morning in Bishkek it is still the month before in UTC."""
    known = definitions(scope)
    schedule = known.resolve_schedule_def("monthly_harvest")
    begins = datetime(2026, 10, 31, 21, tzinfo=UTC)
    asked = schedule.evaluate_tick(
        dg.build_schedule_context(scheduled_execution_time=begins, repository_def=known.get_repository_def())
    )

    assert "Asia/Bishkek" == schedule.execution_timezone
    assert ["2026-11"] == [request.partition_key for request in asked.run_requests or ()]


def test_rounds_reach_back_to_the_earliest_on_disk(scope: Scope, taken: list[str]):
    """An archive of 2019 that was imported has its partition."""
    (scope.data / "captures" / "2019-05" / "xy-tax").mkdir(parents=True)
    job = definitions(scope).resolve_job_def("harvest")

    assert job.partitions_def is not None
    assert "2019-05" == job.partitions_def.get_first_partition_key()


def test_the_environment_names_the_country(scope: Scope, tmp_path: Path):
    """What `baskych ui` hands to Dagster's processes."""
    registry = str(scope.registry_file)
    named = scope_from({"BASKYCH_REGISTRY": registry, "BASKYCH_DATA": str(tmp_path), "BASKYCH_COUNTRY": "kg"})

    assert ("xy", tmp_path) == (named.country_id, named.data)
    assert "sample" == scope_from({}).country_id


def test_a_run_from_the_command_line_tells_the_person(scope: Scope, taken: list[str]):
    """The same lines go to the run's log and to the terminal."""
    said: list[str] = []
    run_harvest(scope, Lines(said.append), {})

    assert "crawl  2 of 2  xy-id: 1 of 2 pages opened" in said


def test_a_run_s_log_has_every_line_and_lines_that_come_fast_in_one_event(monkeypatch: pytest.MonkeyPatch):
    """A thousand sites that are read in seconds would cost Dagster a thousand events."""
    told: list[str] = []
    log = logging.getLogger("a run's own")
    monkeypatch.setattr(log, "info", told.append)
    monkeypatch.setattr(pipelines.defs.told, "time", SimpleNamespace(monotonic=lambda: 7.0))
    with Told(log).step("read", 500) as step:
        for number in range(500):
            step.finished(f"site-{number}", "3 pages")
    lines = "\n".join(told).splitlines()

    assert 2 == len(told)
    assert [f"read  {number + 1} of 500  site-{number}: 3 pages" for number in range(500)] == lines[:500]


def test_a_run_from_the_command_line_is_remembered_where_dagster_lives(
    scope: Scope, taken: list[str], tmp_path: Path
):
    """So that its page shows it, from whatever folder the run was started."""
    home = tmp_path / "home"
    home.mkdir()
    (home / "dagster.yaml").write_text("storage: {sqlite: {base_dir: .dagster/storage}}\n", encoding="utf-8")
    run_harvest(scope, Lines(lambda _: None), {"DAGSTER_HOME": str(home)})

    assert list((home / ".dagster" / "storage").glob("history/**/*.db"))


def test_a_run_that_was_killed_is_written_down_as_failed_by_the_next(
    scope: Scope, taken: list[str], tmp_path: Path
):
    """Else Dagster would count it among the running for ever."""
    (tmp_path / "dagster.yaml").write_text("telemetry: {enabled: false}\n", encoding="utf-8")
    job = definitions(scope).resolve_job_def("harvest")
    with dg.DagsterInstance.from_config(str(tmp_path)) as instance:
        killed = instance.create_run_for_job(
            job, status=dg.DagsterRunStatus.STARTED, tags={"baskych/data": str(scope.data)}
        )
        run_harvest(scope, Lines(lambda _: None), {"DAGSTER_HOME": str(tmp_path)})
        after = instance.get_run_by_id(killed.run_id)

    assert after is not None
    assert dg.DagsterRunStatus.FAILURE == after.status
