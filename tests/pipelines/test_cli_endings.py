"""The command line: each way in which it ends, by the number that it ends with."""

import errno
import json
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest
from command_line import baskych
from elsewhere import at_work_elsewhere
from tiny_site import Published, served

from pipelines.operating.exits import Exit
from warehouse import build as warehouse_build
from warehouse import checks

BASKYCH = [sys.executable, "-c", "from pipelines.cli import main; main()"]
pytestmark = pytest.mark.usefixtures("of_nobody")


def test_0_a_doctor_who_finds_no_fault_is_content(published: Published):
    """Everything is there, and somebody may run."""
    where = ["--registry", str(published.registry), "--data", str(published.data)]

    assert Exit.OK == baskych("doctor", *where).exit_code


def test_6_a_broken_archive_leaves_nothing_behind(tmp_path: Path):
    """An archive that cannot be read to its end is not imported at all."""
    broken = tmp_path / "broken.warc.gz"
    broken.write_bytes(b"\x1f\x8bno archive")

    ended = baskych("import", str(broken), "--round", "2026-10", "--data", str(tmp_path / "data"))

    assert Exit.BROKEN_ARCHIVE == ended.exit_code
    assert "broken.warc.gz" in ended.stderr
    assert [] == list((tmp_path / "data").glob("captures/*/*"))


def test_7_a_folder_that_cannot_be_written_to_is_said_before_crawling(tmp_path: Path):
    """No site is asked for pages that could not be kept."""
    (tmp_path / "data").write_text("a file, no folder")

    ended = baskych("run", "--country", "sample", "--data", str(tmp_path / "data"))

    assert Exit.NOT_WRITABLE == ended.exit_code
    assert "crawl  1 of" not in ended.stderr


def test_8_a_second_run_is_told_who_is_at_work(tmp_path: Path):
    """The holder is named, and the second run touches nothing."""
    with at_work_elsewhere(tmp_path) as holder:
        ended = baskych("run", "--country", "sample", "--data", str(tmp_path))

    assert Exit.LOCKED == ended.exit_code
    assert f"process {holder}" in ended.stderr
    assert not (tmp_path / "captures").exists()


@pytest.mark.soak
def test_9_a_round_that_reached_nothing_is_published_and_told(tmp_path: Path):
    """The release says that nothing was seen and why; whoever called learns it from the exit code."""
    with served(tmp_path) as registry:
        pass  # the office has closed: nobody listens at its port any more

    ended = baskych(
        "run", "--registry", str(registry), "--data", str(tmp_path / "data"), "--round", "2026-11"
    )

    assert Exit.NOTHING_REACHED == ended.exit_code
    assert "1 unreachable_refused" in ended.stdout
    assert (tmp_path / "data" / "publish" / "latest" / "index.html").exists()


def test_10_data_that_break_a_promise_are_not_published(
    published: Published, monkeypatch: pytest.MonkeyPatch
):
    """The last release stands, and the breach is named."""
    latest = published.data / "publish" / "latest"
    before = latest.resolve()
    breach = checks.Check(
        name="nothing_is_free", promise="Nothing is free.", severity="error", query="select 1 as service"
    )
    monkeypatch.setattr(checks, "checks", lambda: (breach,))

    ended = baskych("publish", "--data", str(published.data))

    assert Exit.CHECKS_FAILED == ended.exit_code
    assert "Nothing is free." in ended.stderr
    assert before == latest.resolve()


def test_12_a_full_disk_is_said_as_such(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Whatever step meets it."""

    def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(warehouse_build, "build", full)

    assert Exit.DISK_FULL == baskych("build", "--data", str(tmp_path)).exit_code


@pytest.mark.parametrize("command", ["understand", "publish", "rebuild", "serve"])
def test_13_a_step_out_of_order_says_which_comes_first(command: str, tmp_path: Path):
    """There is nothing yet for it to work on."""
    ended = baskych(command, "--data", str(tmp_path))

    assert Exit.NOTHING_THERE == ended.exit_code
    assert str(tmp_path) in ended.stderr


@pytest.mark.parametrize("command", ["understand", "build", "publish", "rebuild", "evidence", "serve"])
def test_13_a_mistyped_folder_is_told_and_not_made(command: str, tmp_path: Path):
    """An empty warehouse in a new folder would look like a country without services."""
    ended = baskych(command, "--data", str(tmp_path / "mistyped"))

    assert Exit.NOTHING_THERE == ended.exit_code
    assert "mistyped" in ended.stderr
    assert [] == list(tmp_path.iterdir())


def test_15_a_taken_port_is_refused(tmp_path: Path):
    """A page that somebody else shows is not taken for ours."""
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        ended = baskych("serve", "--data", str(tmp_path), "--port", str(port))

    assert Exit.ADDRESS_TAKEN == ended.exit_code
    assert f"127.0.0.1:{port}" in ended.stderr


def test_16_a_crawler_that_dies_at_its_start_is_no_success(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """A child that did nothing must not look like a country without services."""
    with served(tmp_path) as registry:
        monkeypatch.setenv("PYTHONPATH", str(_broken_scrapy(tmp_path)))
        ended = baskych("crawl", "--registry", str(registry), "--data", str(tmp_path / "data"))

    assert Exit.CRAWLER_FAILED == ended.exit_code


def _broken_scrapy(folder: Path) -> Path:
    """A Scrapy that does not even load."""
    (folder / "broken" / "scrapy").mkdir(parents=True)
    (folder / "broken" / "scrapy" / "__init__.py").write_text("raise ImportError('no such luck')\n")
    return folder / "broken"


def test_17_a_doctor_who_finds_a_fault_says_so(tmp_path: Path):
    """A program may ask the doctor before it runs."""
    ended = baskych("doctor", "--country", "atlantis", "--data", str(tmp_path), "--json")

    assert Exit.UNWELL == ended.exit_code
    assert "fault" in {sign["state"] for sign in json.loads(ended.stdout)}


def test_70_what_nobody_foresaw_is_our_own_fault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """No traceback for a person, and a way to get one."""
    monkeypatch.setattr(warehouse_build, "build", lambda *_, **__: 1 / 0)

    ended = baskych("build", "--data", str(tmp_path))

    assert Exit.INTERNAL == ended.exit_code
    assert "--debug" in ended.stderr
    assert "Traceback" not in ended.stderr


@pytest.mark.parametrize(
    ("number", "code"), [(signal.SIGINT, 130), pytest.param(signal.SIGTERM, 143, marks=pytest.mark.soak)]
)
def test_130_and_143_a_run_that_is_stopped_ends_tidily(number: signal.Signals, code: int, tmp_path: Path):
    """And soon, however silent a server is; the crawler's child ends too, the lock is free again."""
    data = tmp_path / "data"
    with served(tmp_path, silent=True) as registry:
        command = [*BASKYCH, "crawl", "--registry", str(registry), "--data", str(data)]
        with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, start_new_session=True) as run:
            _wait_for_lock(data)
            time.sleep(1)
            run.send_signal(number)
            said = run.communicate(timeout=60)[1]

    assert code == run.returncode
    assert "start the same command again" in said
    with pytest.raises(ProcessLookupError):
        os.killpg(run.pid, 0)


def _wait_for_lock(data: Path) -> None:
    """Wait until the run has begun."""
    deadline = time.monotonic() + 60
    while not (data / ".lock").exists() and time.monotonic() < deadline:
        time.sleep(0.05)
