"""E2: whatever the disk does while a release is made, `latest` is the old one or the new one, whole."""

from pathlib import Path

import pytest
from faulty_disk import BROKEN, FULL, KILLED, FaultyDisk
from small_countries import SLIM, copied, rename_a_service, view

from pipelines.operating.exits import Exit

PUBLISH = ("publish", "--threads", "1", "--data")
ENDS = {FULL: {Exit.DISK_FULL}, BROKEN: {Exit.DISK_FAILED}, KILLED: {-9}}


@pytest.mark.parametrize(
    "fault",
    [
        pytest.param(FULL, marks=pytest.mark.soak, id="full"),
        pytest.param(BROKEN, marks=pytest.mark.soak, id="broken"),
        pytest.param(KILLED, id="killed"),
    ],
)
def test_e2_a_release_that_meets_a_fault_is_the_old_one_or_the_new_one(
    disk: FaultyDisk, tiny: Path, tmp_path: Path, fault: int
):
    """At points from the first write to the switch itself; the command says which fault it was."""
    data = copied(tiny, tmp_path / "data")
    latest = data / "publish" / "latest"
    disk.run(*PUBLISH, data, under=data, before=SLIM)
    old = view(latest)
    rename_a_service(data, f"Named by {fault}")
    whole = copied(data, tmp_path / "undisturbed")
    count = disk.run(*PUBLISH, whole, under=whole, before=SLIM).operations
    new = view(whole / "publish" / "latest")

    for number in sorted({8, count // 4, count // 2, *range(count - 4, count)}):
        ended = disk.run(*PUBLISH, data, under=data, before=SLIM, at=number, fault=fault)

        assert ended.code in ENDS[fault] | ({Exit.OK} if view(latest) == new else set()), ended
        assert view(latest) in {old, new}, ended
    assert Exit.OK == disk.run(*PUBLISH, data, under=data, before=SLIM).code
    assert new == view(latest)
    assert [] == [path.name for path in (data / "publish").iterdir() if ".part" in path.name]


def test_e2_a_reader_of_an_old_release_keeps_it_while_others_follow(
    disk: FaultyDisk, tiny: Path, tmp_path: Path
):
    """Who followed `latest` once reads one release to its end, however many take its place meanwhile."""
    data = copied(tiny, tmp_path / "data")
    disk.run(*PUBLISH, data, under=data, before=SLIM)
    followed = (data / "publish" / "latest").resolve()
    before = view(followed)
    for name in ("One", "Two", "Two"):
        rename_a_service(data, name)
        disk.run(*PUBLISH, data, under=data, before=SLIM)

    assert before == view(followed)
