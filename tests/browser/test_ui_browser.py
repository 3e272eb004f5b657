"""Dagster's page as a person uses it: harvest one site again, then a whole round, from the browser."""

import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from pipelines.operating import ui
from pipelines.scope import scope_of

sys.path.insert(0, str(Path(__file__).parents[1] / "pipelines"))
from tiny_site import served

pytestmark = [pytest.mark.browser, pytest.mark.soak]  # a minute long
ROOT = Path(__file__).parents[2]
PATIENCE = 180_000  # milliseconds; a run starts within seconds, on a busy machine within a minute


@pytest.fixture(scope="module")
def page(chromium: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """Yield a browser's page on Dagster, which knows a country of one office; `page.data` is its folder."""
    home = tmp_path_factory.mktemp("home")
    shutil.copy(ROOT / "dagster.yaml", home)
    (home / "pyproject.toml").write_text('[tool.dagster]\nmodule_name = "pipelines.definitions"\n')
    with served(home) as registry:
        scope = scope_of(None, registry, home / "data")
        with ui.running(home, _free_port(), ui.settings_for(scope)) as (address, _):
            context = chromium.new_context(base_url=address, viewport={"width": 1400, "height": 900})
            context.set_default_timeout(PATIENCE)
            page = context.new_page()
            page.scope = scope
            yield page
            context.close()


def test_one_site_is_harvested_again_from_the_browser(page: Any):
    """Choose the newest round and the site, launch, and see it done."""
    page.goto("/assets/captures")
    page.get_by_role("button", name="Materialize").first.click()
    page.get_by_role("button", name="Latest").click()
    page.get_by_role("button", name="All").last.click()
    with page.expect_response(_is_a_launch) as launch:
        page.get_by_role("button", name="Launch").click()
    assert launch.value.ok
    page.goto("/runs")
    page.get_by_text("Success", exact=True).first.wait_for()

    assert (page.scope.data / "captures" / page.scope.round_id / "xy-registry" / "captures.parquet").exists()


def test_a_round_is_harvested_from_the_browser(page: Any):
    """The job's launchpad offers the round; one run does everything, down to the portal."""
    page.goto("/locations/pipelines.definitions/jobs/harvest/playground")
    page.get_by_placeholder("Partition").click()
    page.get_by_text(page.scope.round_id, exact=True).first.click()
    page.get_by_role("button", name="Launch Run").click()
    page.get_by_text("Success", exact=True).first.wait_for()

    assert (page.scope.data / "publish" / "latest" / "index.html").exists()


def test_no_window_covers_the_page_and_nothing_is_fetched_from_elsewhere(page: Any):
    """No newsletter, no telemetry, no font from another host."""
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto("/asset-groups")
    page.get_by_text("release", exact=True).first.wait_for()

    assert [] == page.get_by_role("dialog").all()
    assert {f"127.0.0.1:{page.url.split(':')[2].split('/')[0]}"} == {url.split("/")[2] for url in asked}


def test_nothing_is_left_when_the_page_ends(tmp_path: Path):
    """The code servers that both processes started have ended too."""
    shutil.copy(ROOT / "dagster.yaml", tmp_path)
    (tmp_path / "pyproject.toml").write_text('[tool.dagster]\nmodule_name = "tiny_definitions"\n')
    (tmp_path / "tiny_definitions.py").write_text("import dagster\ndefs = dagster.Definitions()\n")
    with ui.running(tmp_path, _free_port(), {}) as (_, children):
        groups = {str(child.process.pid) for child in children}

    listed = subprocess.run(["ps", "-eo", "pgid="], capture_output=True, text=True, check=True)

    assert set() == groups & set(listed.stdout.split())


def _is_a_launch(response: Any) -> bool:
    """Leaving the page before the answer would take the launch back."""
    return "graphql" in response.url and "mutation Launch" in (response.request.post_data or "")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
