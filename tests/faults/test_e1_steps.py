"""E1: whatever step is killed or meets a bad disk, the same command again ends as if nothing had happened."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import product
from pathlib import Path

import pytest
from faulty_disk import BROKEN, FULL, KILLED, FaultyDisk
from small_countries import Office, copied, digests

from crawlers.captures_io import read_captures
from crawlers.storing.manifest import check_manifest
from pipelines.operating.exits import Exit

pytestmark = pytest.mark.soak

ENDS = {FULL: {Exit.OK, Exit.DISK_FULL}, BROKEN: {Exit.OK, Exit.DISK_FAILED}, KILLED: {-9}}
HALF = (".tmp", ".part", ".new")  # how half-made things are named
LEFT = (*HALF, ".old")


def files(*folders: str) -> Callable[[Path], Mapping[str, object]]:
    """Return who looks at all finished files in `folders` of a data folder."""

    def look(data: Path) -> Mapping[str, object]:
        found = {
            f"{name}/{path}": digest for name in folders for path, digest in digests(data / name).items()
        }
        return {path: digest for path, digest in found.items() if not path.endswith(LEFT)}

    return look


def captures(data: Path) -> Mapping[str, object]:
    """Return what the imported captures say; an archive tells when it was made, so its bytes are its own."""
    return {
        folder.name: [
            *((one.capture_id, one.outcome, one.body_sha256) for one in read_captures(folder)),
            *check_manifest(folder),
        ]
        for folder in (data / "captures" / "2026-10").glob("*")
        if not folder.name.endswith(LEFT)
    }


@dataclass(frozen=True, kw_only=True)
class Step:
    """A step of a harvest, and who looks at what it makes."""

    command: str  # {registry} and {warc} are the office's
    look: Callable[[Path], Mapping[str, object]]
    points: tuple[float, ...] = (1, 50, 98, 100)  # of a hundred operations


STEPS = {
    "understand": Step(
        command="understand --registry {registry} --jobs 1", look=files("core"), points=(50, 97)
    ),
    "evidence": Step(command="evidence --registry {registry} --round 2026-11", look=files("evidence")),
    "import": Step(command="import {warc} --registry {registry} --round 2026-10", look=captures),
}


def assert_taken_again(disk: FaultyDisk, office: Office, place: Path, step: Step, fault: int) -> None:
    """Let `step` meet `fault` at each of its points, one after another in one folder; then let it end."""
    command = step.command.format(registry=office.registry, warc=office.warc).split()
    before = office.understood if command[0] == "evidence" else office.captured
    whole, data = (copied(before, place / name) for name in ("whole", "data"))
    count = disk.run(*command, "--data", whole, under=whole).operations
    wanted = step.look(whole)
    for number in sorted({max(1, int(count * point / 100)) for point in step.points}):
        ended = disk.run(*command, "--data", data, under=data, at=number, fault=fault)
        half = [path for path in data.rglob("*") if path.name.endswith(HALF)]

        assert ended.code in ENDS[fault] | ({Exit.OK} if not ended.failed else set()), ended
        assert step.look(data).items() <= wanted.items(), ended
        assert fault == KILLED or not half, f"{half}\n{ended}"
    ended = disk.run(*command, "--data", data, under=data)

    assert Exit.OK == ended.code, ended
    assert wanted == step.look(data)


@pytest.mark.parametrize(
    ("name", "fault"),
    [
        pytest.param("understand", KILLED, marks=pytest.mark.soak),
        *product(("evidence", "import"), (FULL, BROKEN, KILLED)),
    ],
)
def test_e1_a_step_that_meets_a_fault_is_taken_again(
    disk: FaultyDisk, office: Office, tmp_path: Path, name: str, fault: int
):
    """What readers take is never half there, and the second try makes what an undisturbed one makes."""
    assert_taken_again(disk, office, tmp_path, STEPS[name], fault)
