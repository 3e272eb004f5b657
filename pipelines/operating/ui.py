"""Start Dagster's web server and its daemon as two processes, and end both together.

`dagster dev` does not end when it is asked to; these two do, within a second. Each gets a process group
of its own, so that the code servers that they start in turn end with them.
"""

import contextlib
import http.client
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from crawlers.stores.reach import told
from pipelines.operating.home import dagster_home
from pipelines.operating.ports import HOST, refuse_taken
from pipelines.scope import Scope

_ENDS = (signal.SIGINT, signal.SIGTERM)
_START_SECONDS = 90.0
_STOP_SECONDS = 5.0
_POLL_SECONDS = 0.2
_LOG_LINES = 12
_CODE = ("--module-name", "pipelines.definitions")
_SAYS_WHICH_CODE = ("workspace.yaml", "pyproject.toml")  # in a home; one of machines has the first
# dagster.yaml says so too; without this, empty folders for it are made all the same.
_NO_TELEMETRY = {"DAGSTER_DISABLE_TELEMETRY": "yes"}


class UiError(Exception):
    """The page of Dagster cannot be shown: the message names the port, or the process and its log."""


class HomeError(UiError):
    """There is no folder with a dagster.yaml to keep what Dagster remembers."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Child:
    """One of the two processes, with the file that its log goes to."""

    name: str
    process: subprocess.Popen[bytes]
    log: Path


def watch(home: Path, port: int, settings: Mapping[str, str], say: Callable[[str], None]) -> None:
    """Show the page until Ctrl-C or SIGTERM; `say` is called with its address once it answers.

    `home` is the folder that holds `dagster.yaml`; `settings` are environment variables for both processes.

    Raises:
        AddressTakenError: something else listens at `port`.
        UiError: a process ended by itself, or the page did not answer in time.
    """
    with contextlib.ExitStack() as stack:
        stack.enter_context(contextlib.suppress(KeyboardInterrupt))
        stack.enter_context(_listening())
        address, children = stack.enter_context(running(home, port, settings))
        say(address)
        while not _ended(children):
            time.sleep(_POLL_SECONDS)
        raise UiError(_why(_ended(children)))


def home_folder(environment: Mapping[str, str]) -> Path:
    """Return Dagster's home (`dagster_home`).

    Raises:
        HomeError: there is no `dagster.yaml` in it.
    """
    home = dagster_home(environment)
    if not (home / "dagster.yaml").is_file():
        raise HomeError(
            f"{home}: no dagster.yaml here; start in the project's folder, or set DAGSTER_HOME to it"
        )
    return home


def settings_for(scope: Scope) -> dict[str, str]:
    """Return the environment variables by which Dagster's processes know `scope`."""
    return {
        "BASKYCH_COUNTRY": scope.country_id,
        "BASKYCH_DATA": told(scope.data),
        "BASKYCH_REGISTRY": str(scope.registry_file or ""),
    }


@contextlib.contextmanager
def running(home: Path, port: int, settings: Mapping[str, str]) -> Iterator[tuple[str, Sequence[Child]]]:
    """Run both processes; yield the page's address once it answers. Nothing of them is left afterwards.

    The daemon starts when the page answers: in a new home the first of them makes Dagster's tables, and two
    that make them at once make one of them fail.

    Raises:
        AddressTakenError: something else listens at `port`.
        UiError: a process ended by itself, or the page did not answer in time.
    """
    refuse_taken(port)
    children: list[Child] = []
    environment = {**os.environ, **settings, "DAGSTER_HOME": str(home), **_NO_TELEMETRY}
    try:
        code = () if any((home / name).is_file() for name in _SAYS_WHICH_CODE) else _CODE
        page = ["dagster-webserver", *code, "--host", HOST, "--port", str(port)]
        children.append(_start("web-server", page, home, environment))
        _wait_until_it_answers(port, children)
        children.append(_start("daemon", ["dagster-daemon", "run", *code], home, environment))
        yield f"http://{HOST}:{port}/", children
    finally:
        _stop(children)


def _start(name: str, command: Sequence[str], home: Path, environment: Mapping[str, str]) -> Child:
    """Start `command` of this Python's own environment in `home`, as a process group, its log in a file."""
    log = home / ".dagster" / "ui" / f"{name}.log"
    log.parent.mkdir(parents=True, exist_ok=True)
    program = str(Path(sys.executable).parent / command[0])
    with log.open("wb") as sink:
        process = subprocess.Popen(  # noqa: S603 - a fixed command of our own environment, no shell
            [program, *command[1:]],
            cwd=home,
            env=dict(environment),
            stdin=subprocess.DEVNULL,
            stdout=sink,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    return Child(name=name, process=process, log=log)


def _wait_until_it_answers(port: int, children: Sequence[Child]) -> None:
    """Return once our own web server answers; it is ours, because the port was free and it still runs."""
    deadline = time.monotonic() + _START_SECONDS
    while not _answers(port):
        if ended := _ended(children):
            raise UiError(_why(ended))
        if time.monotonic() > deadline:
            raise UiError(f"http://{HOST}:{port}/ did not answer within {_START_SECONDS:.0f} seconds")
        time.sleep(_POLL_SECONDS)


def _answers(port: int) -> bool:
    """Return whether Dagster's web server answers at `port`."""
    connection = http.client.HTTPConnection(HOST, port, timeout=_STOP_SECONDS)
    try:
        connection.request("GET", "/server_info")
        return b"dagster_webserver_version" in connection.getresponse().read()
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def _ended(children: Sequence[Child]) -> list[Child]:
    """Return those of `children` that have ended."""
    return [child for child in children if child.process.poll() is not None]


def _why(ended: Sequence[Child]) -> str:
    """Return what the log of the first process that ended says last."""
    child = ended[0]
    last = child.log.read_text(encoding="utf-8", errors="replace").splitlines()[-_LOG_LINES:]
    return "\n".join([f"the {child.name} ended with code {child.process.returncode}; {child.log}:", *last])


def _stop(children: Sequence[Child]) -> None:
    """End every process group, kindly and then surely; a second Ctrl-C does not leave one behind."""
    with _deaf():
        for child in children:
            _signal_group(child, signal.SIGTERM)
        deadline = time.monotonic() + _STOP_SECONDS
        while any(_signal_group(child, 0) for child in children) and time.monotonic() < deadline:
            _ended(children)
            time.sleep(_POLL_SECONDS)
        for child in children:
            _signal_group(child, signal.SIGKILL)
            child.process.wait()


def _signal_group(child: Child, number: int) -> bool:
    """Send `number` to the group of `child`; return whether anything of it still lives."""
    try:
        os.killpg(child.process.pid, number)
    except ProcessLookupError:
        return False
    return True


@contextlib.contextmanager
def _deaf() -> Iterator[None]:
    """Ignore Ctrl-C and SIGTERM for a moment."""
    before = {number: signal.signal(number, signal.SIG_IGN) for number in _ENDS}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


@contextlib.contextmanager
def _listening() -> Iterator[None]:
    """Let Ctrl-C and a service manager's SIGTERM end the page alike, also where a shell muted Ctrl-C."""
    before = {number: signal.signal(number, signal.default_int_handler) for number in _ENDS}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
