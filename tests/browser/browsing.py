"""What browser tests share: Chromium where it is installed, and the portal of the tiny country."""

import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from warehouse.serve import running

sys.path.insert(0, str(Path(__file__).parents[1] / "warehouse"))
from tiny_release import released_once

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)


def found_chromium() -> str:
    """Return where Chromium is, or skip and say what is missing."""
    if CHROMIUM is None:
        pytest.skip("Chromium is not installed; on Debian: apt-get install chromium")
    return CHROMIUM


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    """Yield a headless Chromium, or skip and say what is missing.

    Its event loop runs for as long as it is open: left open, no later test of this process could run one.
    """
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    program = found_chromium()
    arguments = ["--disable-gpu", *(["--no-sandbox"] if os.geteuid() == 0 else [])]
    with playwright.sync_playwright() as started:
        browser = started.chromium.launch(executable_path=program, args=arguments)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def portal(released: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the portal of the tiny country, below two folders of its host."""
    return shutil.copytree(released, tmp_path_factory.mktemp("portal") / "sub" / "path")


@pytest.fixture(scope="session")
def released(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of a whole release of the tiny country."""
    return released_once(tmp_path_factory).folder


@pytest.fixture(scope="session")
def host(released: Path) -> Iterator[str]:
    """Yield the address of the release, served as `baskych serve` does."""
    with running(released) as address:
        yield address


@pytest.fixture(scope="session")
def address(portal: Path) -> Iterator[str]:
    """Yield the address of the portal, served below a path of its host."""
    (portal.parents[1] / "index.html").write_text("<!doctype html><title>a host</title>", encoding="utf-8")
    with running(portal.parents[1]) as host:
        yield f"{host}sub/path/"
