"""E1, E2 at scale: every step of a harvest meets a fault at many of its operations, and loses nothing.

BASKYCH_SOAK_POINTS=20 python -m pytest -m soak tests/soak/test_e1_e2_every_operation.py
"""

import os
import random
from dataclasses import replace
from pathlib import Path

import pytest
from faulty_disk import BROKEN, FULL, KILLED, FaultyDisk
from small_countries import Office, copied, digests, rename_a_service, view
from test_e1_steps import ENDS, STEPS, assert_taken_again

from pipelines.operating.exits import Exit
from warehouse.engine import connect

pytestmark = pytest.mark.soak
POINTS = int(os.environ.get("BASKYCH_SOAK_POINTS", "60"))  # for each step and fault
FAULTS = pytest.mark.parametrize("fault", [FULL, BROKEN, KILLED], ids=["full", "broken", "killed"])


def chances(fault: int) -> list[float]:
    """Return where in a step, in parts of a hundred, it meets the fault; the last operations among them."""
    chance = random.Random(f"where {fault}")
    return sorted({*(chance.uniform(0, 100) for _ in range(POINTS - 2)), 99.9, 100})


@FAULTS
@pytest.mark.parametrize("name", STEPS)
def test_e1_no_step_loses_anything_by_many_faults(
    disk: FaultyDisk, office: Office, tmp_path: Path, name: str, fault: int
):
    """One fault after another in the same folder, without a try between them that ends well."""
    assert_taken_again(disk, office, tmp_path, replace(STEPS[name], points=tuple(chances(fault))), fault)


def contents(data: Path) -> object:
    """Return all services of the warehouse that stands; a file that is not whole cannot be opened."""
    with connect(data / "warehouse.duckdb", read_only=True) as warehouse:
        return warehouse.sql("from out_services order by all").fetchall()


@FAULTS
def test_e1_a_warehouse_stands_until_the_next_is_whole(
    disk: FaultyDisk, tiny: Path, tmp_path: Path, fault: int
):
    """Whatever the disk does while another is built, readers have the old one."""
    data = copied(tiny, tmp_path / "data")
    build = ("build", "--threads", "1", "--data", data)
    count, before = disk.run(*build, under=data).operations, contents(data)
    for point in chances(fault)[:: max(1, POINTS // 20)]:
        ended = disk.run(*build, under=data, at=int(count * point / 100) or 1, fault=fault)

        assert ended.code in ENDS[fault] | ({Exit.OK} if not ended.failed else set()), ended
        assert before == contents(data)
    assert [] == [path.name for path in data.glob("warehouse.duckdb.*")] or fault == KILLED


@FAULTS
def test_e2_a_whole_release_with_its_portal_survives_faults(
    disk: FaultyDisk, tiny: Path, tmp_path: Path, fault: int
):
    """All its tables, formats, papers and pages; the old one stands until the new one does."""
    data = copied(tiny, tmp_path / "data")
    publish = ("publish", "--threads", "1", "--data", data)
    count = disk.run(*publish, under=data).operations
    latest = data / "publish" / "latest"
    old, before = view(latest), digests(latest.resolve())
    rename_a_service(data, f"Named by {fault}")
    for point in chances(fault)[:: max(1, POINTS // 12)]:
        ended = disk.run(*publish, under=data, at=int(count * point / 100) or 1, fault=fault)

        assert ended.code in ENDS[fault] | ({Exit.OK} if not ended.failed else set()), ended
        assert old == view(latest) or before == digests(data / "publish" / old[0]), ended
    assert Exit.OK == disk.run(*publish, under=data).code
    assert old != view(latest)
