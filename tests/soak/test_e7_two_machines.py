"""The same captures on two machines: other threads, jobs, folder, locale, time zone, and the same bytes."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from crawlers import harvest
from crawlers.sample import generate
from crawlers.sample.registry_file import registry_text
from crawlers.sites import load_registry

pytestmark = pytest.mark.soak
PORT = 24401  # of the first of its sites, in this test alone
ROUNDS = ("2026-10", "2026-11")
ONE = {"TZ": "UTC", "LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "0"}
# An environment that says ASCII: whoever opens a file without naming its encoding fails here.
OTHER = {
    "TZ": "Pacific/Kiritimati",  # fourteen hours ahead of UTC
    "LC_ALL": "C",
    "LANG": "tr_TR.ISO-8859-9",
    "PYTHONUTF8": "0",
    "PYTHONCOERCECLOCALE": "0",
    "PYTHONHASHSEED": "4711",
}


@pytest.fixture(scope="module")
def machine(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the sample republic's registry and the captures of two rounds of it."""
    folder = tmp_path_factory.mktemp("башка жер")
    (folder / "sample.yml").write_text(registry_text(generate(port=PORT)), encoding="utf-8")
    registry = load_registry(folder / "sample.yml")
    for round_id in ROUNDS:
        harvest.crawl(registry, round_id=round_id, data=folder / "data")
    return folder


def rebuild(folder: Path, settings: dict[str, str], umask: int, *options: str) -> Path:
    """Redo all that follows from the captures, with the command line; return the release."""
    baskych = Path(sys.executable).with_name("baskych")
    where = ["--registry", str(folder / "sample.yml"), "--data", str(folder / "data")]
    subprocess.run(
        [baskych, "rebuild", *where, "--quiet", *options],
        check=True,
        cwd=folder,
        env=os.environ | settings,
        umask=umask,
        stdout=subprocess.DEVNULL,
    )
    return (folder / "data" / "publish" / "latest").resolve()


def test_e7_two_machines_publish_the_same_bytes_of_the_same_captures(machine: Path, tmp_path: Path):
    """From captures to release: every file of the list of hashes, and the release's name."""
    elsewhere = tmp_path / "some where" / "data"
    shutil.copytree(machine / "data" / "captures", elsewhere / "captures")
    shutil.copy(machine / "sample.yml", elsewhere.parent)
    one = rebuild(machine, ONE, 0o022, "--threads", "1", "--jobs", "1")
    other = rebuild(elsewhere.parent, OTHER, 0o077, "--threads", "4", "--jobs", "2")
    sums, other_sums = ((each / "SHA256SUMS").read_text(encoding="utf-8") for each in (one, other))

    assert one.name == other.name
    assert sums.splitlines() == other_sums.splitlines()
    assert sums.count("\n") > 500
