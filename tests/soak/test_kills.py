"""Kill a harvest at any moment: what was published stays whole, and the next harvest ends well."""

import hashlib
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from crawlers.sample.__main__ import main as sample

pytestmark = pytest.mark.soak

KILLS = 10
SEED = 2026
FIRST_PORT = 19701


@pytest.fixture(scope="module")
def registry(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A registry of the sample republic on ports of its own."""
    folder = tmp_path_factory.mktemp("republic")
    assert sample(["--no-serve", "--write", str(folder), "--port", str(FIRST_PORT)]) == 0
    return folder / "sample.yml"


def harvest(registry: Path, data: Path) -> subprocess.Popen[bytes]:
    """Start a harvest in a process group of its own, so that a kill reaches its children too."""
    baskych = Path(sys.executable).with_name("baskych")
    command = [baskych, "run", "--registry", registry, "--data", data]
    return subprocess.Popen(
        [*command, "--quiet"],
        env={**os.environ, "DAGSTER_HOME": str(data.parent)},  # not the project's
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )


def broken_files(release: Path) -> list[str]:
    """Return the files of a release whose bytes are not what its list of hashes says."""
    listed = [line.split("  ", 1) for line in (release / "SHA256SUMS").read_text().splitlines()]
    return [
        name for digest, name in listed if hashlib.sha256((release / name).read_bytes()).hexdigest() != digest
    ]


def test_a_release_is_whole_whenever_the_harvest_after_it_is_killed(tmp_path: Path, registry: Path):
    """Ten kills at random moments, each followed by a look at `latest`; the last harvest is left to end."""
    data, chance = tmp_path / "data", random.Random(SEED)
    first = harvest(registry, data)
    started = time.monotonic()
    assert first.wait() == 0, first.stderr.read() if first.stderr else ""
    length = time.monotonic() - started
    latest = data / "publish" / "latest"
    for _ in range(KILLS):
        running = harvest(registry, data)
        time.sleep(chance.uniform(0.2, length))
        os.killpg(running.pid, signal.SIGKILL)
        running.wait()

        assert [] == broken_files(latest)
    last = harvest(registry, data)

    assert 0 == last.wait()
    assert [] == broken_files(latest)
    assert [] == [path.name for path in (data / "publish").glob("*.part")]
