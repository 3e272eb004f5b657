"""What is known of a site before it is visited again comes from the last time that it was seen."""

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from crawlers.captures_io import CAPTURES_FILE, captures_schema
from crawlers.crawling.return_to_site import returning
from crawlers.network.answers import Answer, Failure
from crawlers.reports import Counts, Finish, report_on, write_report

SERVICE = "https://a.example/passport"


async def nothing(_url: str, _fields: object) -> Answer | Failure:
    """Ask for nothing."""
    raise NotImplementedError


def visited(data: Path, round_id: str, *, seen: int, services: list[str]) -> None:
    """Leave what a visit that saw so many pages leaves, and what its round was understood to say."""
    folder = data / "captures" / round_id / "xy-a"
    folder.mkdir(parents=True)
    pq.write_table(captures_schema().empty_table(), folder / CAPTURES_FILE)
    write_report(folder, report_on("xy-a", round_id, Counts(seen=seen), Finish.FINISHED))
    core = data / "core" / "service_pages" / f"round={round_id}"
    core.mkdir(parents=True)
    pq.write_table(pa.table({"url": pa.array(services, pa.string())}), core / "xy.parquet")


@pytest.mark.parametrize(
    ("october", "services", "is_of_service"),
    [(0, [], True), (1, [], False), (1, [SERVICE], True)],
    ids=["it was down", "it was seen without the service", "it was seen with it"],
)
def test_e6_a_page_of_a_service_stays_one_while_its_site_is_down(
    tmp_path: Path, october: int, services: list[str], *, is_of_service: bool
):
    """So it is asked for again where it is "not found" when the site comes back."""
    visited(tmp_path, "2026-09", seen=1, services=[SERVICE])
    visited(tmp_path, "2026-10", seen=october, services=services)
    back = returning(nothing, tmp_path / "captures" / "2026-11" / "xy-a", "xy")

    assert is_of_service == back.is_of_service(SERVICE)
