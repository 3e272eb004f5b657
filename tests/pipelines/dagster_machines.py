"""Several machines of a Dagster cluster on this one: each is a process group, to be lost as a whole."""

import contextlib
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import dagster as dg
import pytest
from dagster_servers import postgres, redis

CLUSTER = Path(__file__).parents[2] / "pipelines" / "defs" / "cluster"
_PROGRAMS = Path(sys.executable).parent
_PATIENCE = 240.0  # seconds, for a run to end
_KIND = 15.0  # seconds, for a machine to end when it is asked to
WORKER = (
    "celery",
    "-A",
    "pipelines.defs.cluster.worker",
    "worker",
    "--concurrency",
    "1",
    "--queues",
    "dagster",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Machines:
    """A home that all machines share, what their environment says, and those that run."""

    home: Path
    environment: Mapping[str, str]
    running: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)

    def start(self, name: str, *command: str) -> None:
        """Start a machine that runs `command` of our environment; its log is `name`.log in the home."""
        with (self.home / f"{name}.log").open("wb") as log:
            self.running[name] = subprocess.Popen(
                [_PROGRAMS / command[0], *command[1:]],
                cwd=self.home,
                env=self.environment,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    def start_daemon(self) -> None:
        """Start the machine that keeps the queue."""
        self.start("daemon", "dagster-daemon", "run")

    def start_worker(self, name: str) -> None:
        """Start a machine that takes runs."""
        self.start(name, *WORKER, "--hostname", f"{name}@%h")

    def kill_run_of(self, name: str) -> None:
        """Kill the process of the run that the machine `name` is at, and nothing else."""
        of_machine = ["pgrep", "--pgroup", str(self.running[name].pid), "--full", "api execute_run"]
        found = subprocess.run(of_machine, check=True, capture_output=True, text=True)
        for process in found.stdout.split():
            os.kill(int(process), signal.SIGKILL)

    def lose(self, name: str) -> None:
        """Lose a machine with all that runs on it, without a word."""
        machine = self.running.pop(name)
        os.killpg(machine.pid, signal.SIGKILL)
        machine.wait()

    def ask(self, job: str, tags: Mapping[str, str]) -> None:
        """Queue a run of `job`, as RUNBOOK.md says."""
        command = [_PROGRAMS / "dagster", "job", "launch", "-w", "workspace.yaml", "-j", job]
        subprocess.run(
            [*command, "--tags", json.dumps(tags)],
            check=True,
            cwd=self.home,
            env=self.environment,
            capture_output=True,
        )

    def ended(self, count: int) -> Sequence[dg.RunRecord]:
        """Return all runs, the oldest first, once there are `count` and all have ended."""
        with dg.DagsterInstance.from_config(str(self.home)) as instance:

            def all_ended() -> bool:
                runs = instance.get_runs()
                return len(runs) >= count and all(run.is_finished for run in runs)

            wait_until(all_ended, self.logs)
            return instance.get_run_records(ascending=True)

    def logs(self) -> str:
        """Return what all machines said last."""
        texts = (path.read_text(encoding="utf-8", errors="replace") for path in self.home.glob("*.log"))
        return "\n".join(text[-3000:] for text in texts)

    def stop(self) -> None:
        """End all machines, kindly and then surely."""
        for machine in self.running.values():
            os.killpg(machine.pid, signal.SIGTERM)
        for machine in self.running.values():
            with contextlib.suppress(subprocess.TimeoutExpired):
                machine.wait(timeout=_KIND)
            with contextlib.suppress(ProcessLookupError):
                os.killpg(machine.pid, signal.SIGKILL)
            machine.wait()


@contextlib.contextmanager
def machines(home: Path, registry: Path, **settings: str) -> Iterator[Machines]:
    """Run PostgreSQL and Redis; yield what a daemon and workers can be added to.

    `settings` are values of the shipped `dagster.yaml` that the test cannot wait for, by their keys.
    """
    shutil.copy(CLUSTER / "workspace.yaml", home)
    (home / "dagster.yaml").write_text(_with(settings), encoding="utf-8")
    with postgres() as database, redis() as broker:
        named = {"BASKYCH_POSTGRES": database, "BASKYCH_BROKER": broker, "DAGSTER_HOME": str(home)}
        scope = {"BASKYCH_REGISTRY": str(registry), "BASKYCH_DATA": str(home / "data")}
        quiet = {"DAGSTER_DISABLE_TELEMETRY": "yes"}
        several = Machines(home=home, environment={**os.environ, **named, **scope, **quiet})
        with pytest.MonkeyPatch.context() as patch:
            for name, value in named.items():  # for `Machines.ended`, which reads the same settings
                patch.setenv(name, value)
            try:
                yield several
            finally:
                several.stop()


def _with(settings: Mapping[str, str]) -> str:
    lines = (CLUSTER / "dagster.yaml").read_text(encoding="utf-8").splitlines()
    for key, value in settings.items():
        place = next(number for number, line in enumerate(lines) if line.strip().startswith(f"{key}:"))
        indent = lines[place][: -len(lines[place].lstrip())]
        lines[place] = f"{indent}{key}: {value}"
    return "\n".join(lines)


def wait_until(happened: Callable[[], bool], logs: Callable[[], str]) -> None:
    """Wait until something happened; what the machines said is the failure's message."""
    deadline = time.monotonic() + _PATIENCE
    while not happened():
        assert time.monotonic() < deadline, logs()
        time.sleep(0.2)
