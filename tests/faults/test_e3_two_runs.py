"""E3: two commands at once in one data folder: the second is told who is at work, and touches nothing."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from faulty_disk import FaultyDisk
from small_countries import SLIM, Office, copied, digests
from tiny_site import served

from pipelines.operating.exits import Exit

pytestmark = pytest.mark.soak

BASKYCH = [sys.executable, "-c", "from pipelines.cli import main; main()"]
PATIENCE_SECONDS = 60


@contextmanager
def crawling(registry: Path, data: Path) -> Iterator[int]:
    """Crawl a site that does not answer, until the end; yield the process that does, once it has begun."""
    command = [*BASKYCH, "crawl", "--registry", registry, "--data", data, "--round", "2026-09", "--quiet"]
    with subprocess.Popen(command, stderr=subprocess.DEVNULL, start_new_session=True) as run:
        deadline = time.monotonic() + PATIENCE_SECONDS
        while not list(data.glob("captures/2026-09/*.part/captures.jsonl")) and time.monotonic() < deadline:
            time.sleep(0.05)
        try:
            yield run.pid
        finally:
            os.killpg(run.pid, signal.SIGKILL)


def test_e3_no_second_command_works_beside_a_running_crawl(disk: FaultyDisk, office: Office, tmp_path: Path):
    """Neither another crawl, nor an import, nor a later step; each names the process, none changes a file."""
    data = copied(office.understood, tmp_path / "data")
    with served(tmp_path, silent=True) as registry, crawling(registry, data) as holder:
        before = digests(data / "core") | digests(data / "captures" / "2026-11")
        where = ("--data", data)
        ends = [
            disk.run("crawl", "--registry", registry, "--round", "2026-09", *where, under=data),
            disk.run("import", office.warc, "--registry", registry, "--round", "2026-10", *where, under=data),
            disk.run("understand", "--registry", registry, "--jobs", "1", *where, under=data),
            disk.run("build", *where, under=data),
            disk.run("publish", *where, under=data, before=SLIM),
            disk.run("rebuild", "--registry", registry, *where, under=data),
        ]
        after = digests(data / "core") | digests(data / "captures" / "2026-11")
        made = sorted(path.name for path in data.iterdir())

    assert [Exit.LOCKED] * len(ends) == [ended.code for ended in ends], "\n".join(map(str, ends))
    assert all(f"process {holder}" in ended.said for ended in ends)
    assert before == after
    assert [".lock", "captures", "core", "readings"] == made


def test_e3_the_lock_of_a_killed_command_keeps_nobody_out(disk: FaultyDisk, office: Office, tmp_path: Path):
    """It ends with its holder, however that ends: nobody has to remove a file."""
    data = copied(office.understood, tmp_path / "data")
    with served(tmp_path, silent=True) as registry, crawling(registry, data):
        pass
    evidence = ("evidence", "--registry", office.registry, "--round", "2026-11")
    ended = disk.run(*evidence, "--data", data, under=data)

    assert Exit.OK == ended.code, ended
