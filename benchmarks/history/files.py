"""Write the rounds of a made-up country to a data folder, as crawling and understanding would."""

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from benchmarks.history.country import Country, round_id
from crawlers.captures import Capture
from pipelines import records
from pipelines.arrow_types import schema_of
from pipelines.codes.write import write_codes
from pipelines.knowledge import load_knowledge

_RECORDS = {
    "captures": Capture,
    "pages": records.PageRow,
    "findings": records.Finding,
    "services": records.Service,
    "service_names": records.ServiceName,
    "service_pages": records.ServicePage,
    "service_facts": records.ServiceFact,
    "service_aliases": records.ServiceAlias,
    "verdicts": records.Verdict,
    "visits": records.VisitRow,
}
_OF_SITES = ("captures", "pages", "findings")  # a file a site; the others have one for the country


def begin(country: Country, data: Path) -> None:
    """Write the codes that all rounds share."""
    write_codes(country.registry(), load_knowledge(), data)


def write_round(country: Country, data: Path, number: int) -> None:
    """Write the files of round `number` below `data`."""
    for table, rows in country.round(number, tuple(_RECORDS)):
        whole = _as_record(rows, schema_of(_RECORDS[table]))
        parts = _by_site(whole) if table in _OF_SITES else {"tt": whole}
        for name, part in parts.items():
            path = _path(data, table, round_id(number), name)
            path.parent.mkdir(parents=True, exist_ok=True)
            pq.write_table(part, path, compression="zstd")


def _as_record(rows: pa.Table, schema: pa.Schema) -> pa.Table:
    """The rows with all columns of the record; those that say nothing here are empty."""
    empty = (field for field in schema if field.name not in rows.column_names)
    for field in empty:
        rows = rows.append_column(field, pa.nulls(len(rows), field.type))
    return rows.select(schema.names).cast(schema)


def _by_site(whole: pa.Table) -> dict[str, pa.Table]:
    """The rows of each site, which stand together."""
    counts = whole["site_id"].combine_chunks().value_counts().to_pylist()
    parts, first = {}, 0
    for count in counts:
        parts[str(count["values"])] = whole.slice(first, count["counts"])
        first += count["counts"]
    return parts


def _path(data: Path, table: str, month: str, name: str) -> Path:
    if table == "captures":
        return data / "captures" / month / name / "captures.parquet"
    return data / "core" / table / f"round={month}" / f"{name}.parquet"
