"""Which addresses spoke of a public service in a round: they are looked at in every later one.

Between crawling and understanding lie files. Here it is one that understanding a round has written,
`data/core/service_pages/round=<round>/<country>.parquet`, of which only the column `url` is read.
"""

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import structlog

_log = structlog.get_logger("crawlers")


def service_addresses(data: Path, country_id: str, round_id: str) -> frozenset[str] | None:
    """Return the addresses that spoke of a service in `round_id`; None where it was not understood."""
    path = data / "core" / "service_pages" / f"round={round_id}" / f"{country_id}.parquet"
    if not path.exists():
        return None
    try:
        table = pq.read_table(path, columns=["url"], partitioning=None)
    except (OSError, pa.ArrowException) as failure:
        _log.warning("service_addresses_unreadable", file=str(path), why=str(failure))
        return None
    return frozenset(table["url"].to_pylist())
