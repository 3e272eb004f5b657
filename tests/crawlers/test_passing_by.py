"""A harvest in its fifth round: what never changed is passed by, services are not, over a real connection."""

from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from small_sites import SmallSite, page, registry_of

from crawlers.captures_io import read_captures
from crawlers.harvest import crawl
from crawlers.outcomes import Outcome
from crawlers.storing.shelf import site_folder

ROUNDS = [f"2026-0{month}" for month in range(1, 6)]


@pytest.mark.soak
def test_the_crawler_heeds_what_was_understood_of_earlier_rounds(
    tmp_path: Path, small_site: Callable[..., SmallSite]
):
    """It learns from `core/service_pages` which pages to look at in every round."""
    site = small_site(
        {
            "/": page("/list"),
            "/list": page("/old-news", "/service"),
            "/old-news": page(words="news"),
            "/service": page(words="service"),
        }
    )
    registry = registry_of({"tt-a": site.host}, allow=(site.host,))
    for round_id in ROUNDS:
        site.hits.clear()
        crawl(registry, round_id=round_id, data=tmp_path)
        path = tmp_path / "core" / "service_pages" / f"round={round_id}" / "tt.parquet"
        path.parent.mkdir(parents=True)
        pq.write_table(pa.table({"url": [f"http://{site.host}/service"]}), path)
    rows = read_captures(site_folder(tmp_path, ROUNDS[-1], "tt-a"))

    assert ["/robots.txt", "/", "/list", "/service"] == site.paths
    assert [Outcome.NOT_DUE] == [row.outcome for row in rows if row.url.endswith("/old-news")]
