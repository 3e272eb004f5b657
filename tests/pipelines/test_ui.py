"""Dagster's two processes: where they live, and how they end."""

import signal
import socket
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest
from typer.testing import CliRunner

from pipelines.cli import app, load_commands
from pipelines.defs import in_process
from pipelines.operating import ui
from pipelines.operating.ports import AddressTakenError, refuse_taken
from pipelines.operating.ui import HomeError, UiError, home_folder, running, settings_for
from pipelines.scope import scope_of

load_commands()


def test_home_is_where_dagster_yaml_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """DAGSTER_HOME, else the folder in which one stands."""
    (tmp_path / "dagster.yaml").touch()
    monkeypatch.chdir(tmp_path)

    assert tmp_path == home_folder({})
    assert tmp_path == home_folder({"DAGSTER_HOME": str(tmp_path)})


def test_a_run_is_remembered_where_the_page_looks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Whoever says `run` and then `ui` in one folder sees the run."""
    homes: list[str] = []

    def noted(_scope: object, _reporter: object, environment: Mapping[str, str]) -> None:
        homes.append(environment["DAGSTER_HOME"])
        raise HomeError("that is all")

    monkeypatch.delenv("DAGSTER_HOME", raising=False)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(in_process, "run_harvest", noted)
    CliRunner().invoke(app, ["run", "--country", "sample", "--data", str(tmp_path / "data")])
    (tmp_path / "dagster.yaml").touch()

    assert [str(home_folder({}))] == homes


def test_a_folder_without_dagster_yaml_is_no_home(tmp_path: Path):
    """Else Dagster would remember its runs in a place that nobody looks at."""
    with pytest.raises(HomeError, match=r"dagster\.yaml"):
        home_folder({"DAGSTER_HOME": str(tmp_path)})


def test_dagster_s_processes_learn_the_scope(tmp_path: Path):
    """The country, its registry and the data folder, as absolute paths."""
    settings = settings_for(scope_of("sample", None, tmp_path))

    assert {
        "BASKYCH_COUNTRY": "sample",
        "BASKYCH_DATA": str(tmp_path),
        "BASKYCH_REGISTRY": "",
    } == settings


def test_a_taken_port_is_refused_before_anything_starts(tmp_path: Path):
    """A page that somebody else shows is not taken for ours."""
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        with pytest.raises(AddressTakenError, match=str(port)), running(tmp_path, port, {}):
            pass

    assert [] == list(tmp_path.iterdir())


def test_a_process_that_ends_by_itself_is_named_with_its_last_words(tmp_path: Path):
    """Here the web server finds no definitions to show."""
    (tmp_path / "dagster.yaml").write_text("telemetry: {enabled: nonsense}\n", encoding="utf-8")
    with pytest.raises(UiError, match="ended with code"), running(tmp_path, _free_port(), {}):
        pass


@pytest.mark.soak
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_the_page_ends_when_it_is_asked_to(number: signal.Signals, tmp_path: Path):
    """With Ctrl-C and from a service manager alike, even where a shell muted Ctrl-C."""
    (tmp_path / "dagster.yaml").write_text("telemetry: {enabled: false}\n", encoding="utf-8")
    (tmp_path / "pyproject.toml").write_text('[tool.dagster]\nmodule_name = "tiny_definitions"\n')
    (tmp_path / "tiny_definitions.py").write_text("import dagster\ndefs = dagster.Definitions()\n")
    shown = (
        "import signal, sys; signal.signal(signal.SIGINT, signal.SIG_IGN)\n"
        "from pathlib import Path; from pipelines.operating.ui import watch\n"
        "watch(Path(sys.argv[1]), int(sys.argv[2]), {}, lambda address: print(address, flush=True))"
    )
    port = _free_port()
    command = [sys.executable, "-c", shown, str(tmp_path), str(port)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as page:
        assert page.stdout is not None
        address = page.stdout.readline().strip()
        started = time.monotonic()
        page.send_signal(number)
        page.wait(timeout=30)

    assert f"http://127.0.0.1:{port}/" == address
    assert 0 == page.returncode
    assert time.monotonic() - started < 15
    refuse_taken(port)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.mark.parametrize(
    ("there", "is_told"), [("dagster.yaml", True), ("pyproject.toml", False), ("workspace.yaml", False)]
)
def test_a_home_that_does_not_say_which_code_is_shown_ours(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    there: str,
    is_told: bool,  # noqa: FBT001 - a column of the table above
):
    """A home may be any folder with a dagster.yaml; that of several machines names its own code."""
    commands: list[Sequence[str]] = []
    (tmp_path / there).touch()
    monkeypatch.setattr(ui, "_start", lambda _name, command, *_: commands.append(command))
    monkeypatch.setattr(ui, "_wait_until_it_answers", lambda *_: None)
    monkeypatch.setattr(ui, "_stop", lambda _: None)
    with running(tmp_path, _free_port(), {}):
        pass

    assert [is_told, is_told] == ["pipelines.definitions" in command for command in commands]


def test_the_daemon_starts_when_the_page_has_made_the_tables(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """In a new home both would make Dagster's tables at once, and one of them would fail."""
    steps: list[str] = []
    monkeypatch.setattr(ui, "_start", lambda name, *_: steps.append(name))
    monkeypatch.setattr(ui, "_wait_until_it_answers", lambda *_: steps.append("answers"))
    monkeypatch.setattr(ui, "_stop", lambda _: None)
    with running(tmp_path, _free_port(), {}):
        pass

    assert ["web-server", "answers", "daemon"] == steps
