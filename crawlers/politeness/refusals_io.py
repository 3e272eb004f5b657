"""Refusals to and from `refusals.parquet`, which lies beside `captures.parquet`.

The columns are the fields of `Refused`, in their order and of their types.
"""

import os
from collections.abc import Iterable
from dataclasses import asdict
from itertools import islice
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from crawlers.captures_io import schema_of
from crawlers.politeness.decisions import Rule
from crawlers.politeness.ledger import LEDGER_FILE, Refused, read_ledger

REFUSALS_FILE = "refusals.parquet"
_AT_ONCE = 10_000  # rows in memory


def shelve_refusals(folder: Path) -> None:
    """Make `refusals.parquet` of the ledger in `folder`, and remove the ledger; nothing without a ledger."""
    if (folder / LEDGER_FILE).exists():
        write_refusals(folder, read_ledger(folder))
        (folder / LEDGER_FILE).unlink()


def write_refusals(folder: Path, rows: Iterable[Refused]) -> None:
    """Write `rows` to `refusals.parquet` in `folder`, some at a time, replacing an earlier one whole."""
    path = folder / REFUSALS_FILE
    beside = path.with_suffix(".part")
    schema = schema_of(Refused)
    with pq.ParquetWriter(beside, schema, compression="zstd") as writer:
        left = iter(rows)
        while some := [asdict(row) for row in islice(left, _AT_ONCE)]:
            writer.write_table(pa.Table.from_pylist(some, schema=schema))
    os.replace(beside, path)  # noqa: PTH105 - the house's word for an atomic switch


def read_refusals(folder: Path) -> tuple[Refused, ...]:
    """Return the refusals in `folder`, in their order; none where the file is not there."""
    path = folder / REFUSALS_FILE
    if not path.exists():
        return ()
    return tuple(Refused(**(row | {"rule": Rule(row["rule"])})) for row in pq.read_table(path).to_pylist())
