"""Dagster on several machines, with a real PostgreSQL, Redis, daemon and workers."""

import re
import shutil
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import dagster as dg
import duckdb
import pytest
from dagster._core.definitions.partitions.utils.multi import get_tags_from_multi_partition_key

sys.path.append(str(Path(__file__).parents[1] / "pipelines"))
import tiny_site
from dagster_machines import Machines, machines, wait_until

from crawlers.sample import generate
from crawlers.sample.registry_file import registry_text
from pipelines.defs.runtimes import TAG, runtimes
from pipelines.operating.progress import Quiet
from pipelines.scope import scope_of
from pipelines.steps import building, crawling, rebuilding, understanding

pytestmark = pytest.mark.soak
PORT = 25401  # of the first site of the sample republic, in this test alone
ROUND = "2026-11"
ROOT = Path(__file__).parents[2]
RUNBOOK = (ROOT / "RUNBOOK.md").read_text(encoding="utf-8")
# Of equal proofs on a page that comes first whose capture has the lesser id: the quote is of the visit too.
_OF_THE_VISIT = """as_of, last_ok_at, quote, evidence_captured_at, evidence_capture_id, evidence_warc_file,
    evidence_warc_offset"""
SHORT = "70"  # seconds: longer than the tiny office's round takes, several times


@contextmanager
def holding() -> Iterator[tuple[threading.Event, threading.Event]]:
    """Let the tiny office hold its pages; yield what says that it was asked, and what lets it answer."""
    asked, may_answer = threading.Event(), threading.Event()

    def answer(self: tiny_site._Office) -> None:
        asked.set()
        may_answer.wait()
        answer_at_once(self)

    answer_at_once = tiny_site._Office.do_GET
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tiny_site._Office, "do_GET", answer)
        try:
            yield asked, may_answer
        finally:
            may_answer.set()


def free_port() -> int:
    """Return a port that nobody listens at."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def what_is_published(data: Path) -> list[tuple[object, ...]]:
    """Return what readers learn of each service, but for when that was seen and in which record it lies."""
    with duckdb.connect(str(data / "warehouse.duckdb"), read_only=True) as warehouse:
        question = f"from out_services select * exclude ({_OF_THE_VISIT}) order by all"
        return warehouse.execute(question).fetchall()


def by_the_runbook(several: Machines, shared: Path, registry: Path) -> list[str]:
    """Return the commands of RUNBOOK.md, one after the other, with the places and servers of this test."""
    section = RUNBOOK.partition("## Dagster on several machines")[2].partition("\n## ")[0]
    here = {
        "/srv/baskych": str(shared),
        "BASKYCH_COUNTRY=kg": f"BASKYCH_REGISTRY={registry}",
        "postgresql+psycopg2://baskych:PASSWORD@10.0.0.1/baskych": several.environment["BASKYCH_POSTGRES"],
        "redis://:PASSWORD@10.0.0.1:6379/0": several.environment["BASKYCH_BROKER"],
    }
    for there, place in here.items():
        assert there in section
        section = section.replace(there, place)
    everywhere, *others = re.findall(r"```sh\n(.*?)\n```", section, re.DOTALL)
    return [everywhere.partition("\n")[2], *others]  # without installing, which these tests rest on


def harvested_here(registry: Path, data: Path) -> Path:
    """Harvest the round on this machine alone, and return `data`."""
    scope = scope_of(None, registry, data, ROUND)
    crawling.crawl(scope, Quiet())
    understanding.understand(scope, Quiet())
    building.build(data, Quiet())
    return data


def as_one_machine_would(data: Path, registry: Path, folder: Path) -> str:
    """Make a release of a copy of the captures, here and undisturbed; return its list of hashes."""
    shutil.copytree(data / "captures", folder / "captures")
    rebuilding.rebuild([scope_of(None, registry, folder, ROUND)], folder, Quiet())
    return (folder / "publish" / "latest" / "SHA256SUMS").read_text(encoding="utf-8")


def test_the_sample_republic_is_harvested_by_a_worker_and_remembered_in_postgresql(tmp_path: Path):
    """By the commands of the runbook; the release is the one of one machine, byte for byte."""
    registry = tmp_path / "sample.yml"
    registry.write_text(registry_text(generate(port=PORT)), encoding="utf-8")
    home = tmp_path / "dagster"
    home.mkdir()
    with machines(home, registry) as several:
        everywhere, once, page, worker, launch = by_the_runbook(several, tmp_path, registry)
        subprocess.run(["bash", "-c", f"{everywhere}\n{once}"], check=True, cwd=ROOT)
        several.start("page", "/bin/bash", "-c", f"cd {ROOT}\n{everywhere}\n{page} --port {free_port()}")
        wait_until(lambda: "Dagster's page:" in (home / "page.log").read_text(), several.logs)
        several.start("worker", "/bin/bash", "-c", f"cd {ROOT}\n{everywhere}\n{worker}")
        subprocess.run(["bash", "-c", f"{everywhere}\n{launch}"], check=True, cwd=ROOT)
        (run,) = several.ended(1)
    sums = (tmp_path / "data" / "publish" / "latest" / "SHA256SUMS").read_text(encoding="utf-8")

    assert "SUCCESS" == run.dagster_run.status.value
    assert str(runtimes().round) == run.dagster_run.tags[TAG]
    assert sums == as_one_machine_would(tmp_path / "data", registry, tmp_path / "here")


def test_a_run_whose_worker_is_lost_is_repeated_by_another_and_nothing_is_missing(tmp_path: Path):
    """Only its time tells that it is lost; what was captured before stays."""
    with holding() as (asked, may_answer), tiny_site.served(tmp_path) as registry:
        settings = {"poll_interval_seconds": "5", "free_slots_after_run_end_seconds": "5"}
        with machines(tmp_path, registry, **settings) as several:
            several.start_daemon()
            several.start_worker("one")
            several.ask("harvest", {"dagster/partition": ROUND, TAG: SHORT})
            wait_until(asked.is_set, several.logs)
            several.lose("one")
            may_answer.set()
            several.start_worker("two")
            lost, repeated = several.ended(2)
        undisturbed = harvested_here(registry, tmp_path / "undisturbed")
    sums = (tmp_path / "data" / "publish" / "latest" / "SHA256SUMS").read_text(encoding="utf-8")

    assert ["FAILURE", "SUCCESS"] == [run.dagster_run.status.value for run in (lost, repeated)]
    assert lost.dagster_run.run_id == repeated.dagster_run.parent_run_id
    assert what_is_published(undisturbed) == what_is_published(tmp_path / "data")
    assert sums == as_one_machine_would(tmp_path / "data", registry, tmp_path / "here")


def test_a_run_whose_process_alone_is_lost_is_repeated_before_its_time_is_over(tmp_path: Path):
    """Celery sees it end; the run's own time is a day here."""
    with holding() as (asked, may_answer), tiny_site.served(tmp_path) as registry:
        settings = {"poll_interval_seconds": "5", "free_slots_after_run_end_seconds": "5"}
        with machines(tmp_path, registry, **settings) as several:
            several.start_daemon()
            several.start_worker("one")
            several.ask("harvest", {"dagster/partition": ROUND})
            wait_until(asked.is_set, several.logs)
            several.kill_run_of("one")
            may_answer.set()
            runs = several.ended(2)

    assert ["FAILURE", "SUCCESS"] == [run.dagster_run.status.value for run in runs]


def test_runs_of_one_site_follow_each_other_whichever_worker_takes_them(tmp_path: Path):
    """Two workers are free, and the second run waits for the first all the same."""
    site = dg.MultiPartitionKey({"round": ROUND, "site": "xy-registry"})
    with tiny_site.served(tmp_path) as registry, machines(tmp_path, registry) as several:
        several.start_daemon()
        for name in ("one", "two"):
            several.start_worker(name)
        for _ in range(2):
            several.ask("one_site", dict(get_tags_from_multi_partition_key(site)))
        first, second = several.ended(2)

    assert ["SUCCESS", "SUCCESS"] == [run.dagster_run.status.value for run in (first, second)]
    assert first.end_time is not None
    assert second.start_time is not None
    assert first.end_time <= second.start_time
