"""Copy what was understood of a few sites to many others: as large a round as one likes, unread."""

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from benchmarks.archive.written import ROUND
from crawlers.captures_io import CAPTURES_FILE
from pipelines.rounds.core_files import captures_folder, core_file

_TABLES = ("pages", "findings", "summaries", "robots")  # all that the steps after `gather` read of its sites
_IDS = ("page_id", "capture_id", "finding_id", "text_sha256", "body_sha256", "warc_record_id")
_BESIDE = ("site.json", "manifest.json")  # taken as they are: no step compares them with the captures


def copy_sites(source: Path, target: Path, copies: int) -> None:
    """Write the sites of `source` under `target` so many times, each copy under hosts and ids of its own."""
    read = core_file(source, "summaries", ROUND, "x").parent.glob("zz-*.parquet")
    sites = sorted(path.stem for path in read)
    for copy in range(copies):
        for site_id in sites:
            old = re.search(r"site(\d+)\.", site_id)
            number = int(old[1]) if old else 0
            new = f"site{number + copy * len(sites)}."
            _copy(source, target, site_id, (f"site{number}.", new))


def _copy(source: Path, target: Path, site_id: str, names: tuple[str, str]) -> None:
    new_id = site_id.replace(*names)
    for table in _TABLES:
        path = core_file(target, table, ROUND, new_id)
        path.parent.mkdir(parents=True, exist_ok=True)
        _copy_rows(core_file(source, table, ROUND, site_id), path, names)
    folder = captures_folder(target, ROUND, new_id)
    folder.mkdir(parents=True)
    kept = captures_folder(source, ROUND, site_id)
    _copy_rows(kept / CAPTURES_FILE, folder / CAPTURES_FILE, names)
    for name in _BESIDE:
        shutil.copy(kept / name, folder)


def _copy_rows(source: Path, target: Path, names: tuple[str, str]) -> None:
    rows = pq.read_table(source, partitioning=None).combine_chunks()
    columns = [_renamed(rows, name, names) for name in rows.schema.names]
    pq.write_table(pa.table(columns, schema=rows.schema), target)


def _renamed(rows: pa.Table, name: str, names: tuple[str, str]) -> pa.Array:
    column = rows[name].combine_chunks() if rows.num_rows else pa.array([], rows.schema.field(name).type)
    column = _in_texts(column, lambda texts: pc.replace_substring(texts, *names))
    return pc.binary_join_element_wise(column, pa.scalar(names[1]), "") if name in _IDS else column


def _in_texts(column: pa.Array, change: Callable[[pa.Array], pa.Array]) -> pa.Array:
    """Change every text in a column, however deep in lists and structs it stands."""
    kind = column.type
    if pa.types.is_string(kind):
        return change(column)
    if pa.types.is_list(kind):
        values = _in_texts(column.values, change)
        return pa.ListArray.from_arrays(column.offsets, values, type=kind)
    if pa.types.is_struct(kind):
        parts = [_in_texts(column.field(place), change) for place in range(kind.num_fields)]
        return pa.StructArray.from_arrays(parts, fields=list(kind))
    return column
