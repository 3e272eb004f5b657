"""E8: a round that is understood again, and one that is filled in later, change nothing that was known."""

from pathlib import Path

import pytest
from faulty_disk import FaultyDisk
from small_countries import Office, copied, digests

from pipelines.operating.exits import Exit
from warehouse.engine import connect

pytestmark = pytest.mark.soak

SEEN = (
    "select service_id, name, stage, state, evidence_url from out_service_rounds where round_id = '2026-11'"
)


def rows(data: Path) -> list[tuple[object, ...]]:
    """Return what is known of the services of November."""
    with connect(data / "warehouse.duckdb", read_only=True) as warehouse:
        return sorted(warehouse.sql(SEEN).fetchall())


def test_e8_a_round_taken_again_and_one_filled_in_before_it_leave_the_others_alone(
    disk: FaultyDisk, office: Office, tmp_path: Path
):
    """The same files byte by byte after the first; the same services, ids and stages after the second."""
    data = copied(office.understood, tmp_path / "data")
    understand = ("understand", "--registry", office.registry, "--jobs", "1", "--data", data)
    november = data / "core" / "services" / "round=2026-11"
    disk.run("build", "--data", data, under=data)
    before, files, core = rows(data), digests(november), digests(data / "core")
    again = disk.run(*understand, "--round", "2026-11", under=data)
    same = digests(data / "core")
    import_ = ("import", office.warc, "--registry", office.registry, "--round", "2026-09", "--data", data)
    ends = [disk.run(*command, under=data) for command in (import_, understand, ("build", "--data", data))]

    assert [Exit.OK] * 4 == [ended.code for ended in (again, *ends)], "\n".join(map(str, ends))
    assert core == same
    assert files == digests(november)
    assert before == rows(data)
