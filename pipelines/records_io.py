"""Records to and from Parquet: the same records, the same bytes, whoever writes them and how often.

Rows are sorted by their fields in order (the key comes first), packed by a fixed level, grouped by a fixed
number of rows, and written beside the file before they take its place: a reader sees the whole old file or
the whole new one.
"""

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import is_dataclass
from itertools import groupby
from operator import attrgetter
from pathlib import Path
from types import TracebackType
from typing import Any, Generic, Self, TypeVar

import pyarrow as pa
import pyarrow.parquet as pq

from pipelines.arrow_types import as_array, column_hints, reader_of, schema_of
from pipelines.errors import RecordsError

ROW_GROUP = 5_000  # rows: all of them wait in memory to be written
_PACKED = 1_000  # rows: so many wait as they are
_PLAIN = frozenset({str, int, float, bool, bytes})  # what most fields are, and sorts as it is
pa.set_memory_pool(pa.system_memory_pool())  # of what it frees, the other kind keeps tens of megabytes
_LEVEL = 3  # zstd's own default, named so that no release of the library changes our bytes

Row = TypeVar("Row")


def write_rows(path: Path, rows: Iterable[Row], row_type: type[Row]) -> int:
    """Write `rows` to `path`, sorted by their fields in order; return how many there were.

    Raises:
        OSError: the file cannot be written.
    """
    ordered = in_order(rows, row_type)
    with RowWriter(path, row_type) as writer:
        writer.add(ordered)
    return len(ordered)


def in_order(rows: Iterable[Row], row_type: type[Row]) -> list[Row]:
    """Return `rows` by their fields in order, an empty one first; all of a row is looked at only for ties."""
    first = attrgetter(next(iter(column_hints(row_type))))
    by_first = sorted(rows, key=lambda row: _sortable(first(row)))
    if len(set(map(first, by_first))) == len(by_first):
        return by_first
    ordered: list[Row] = []
    for _, alike in groupby(by_first, key=first):
        ties = list(alike)
        ordered += sorted(ties, key=sort_key) if len(ties) > 1 else ties
    return ordered


def read_rows(path: Path, row_type: type[Row]) -> tuple[Row, ...]:
    """Return the records in `path`, in the file's order.

    Raises:
        RecordsError: the file is missing or broken, or its columns are not the fields of `row_type`.
    """
    return tuple(row for batch in read_batches(path, row_type) for row in batch)


def read_batches(path: Path, row_type: type[Row], size: int = ROW_GROUP) -> Iterator[list[Row]]:
    """Yield the records in `path`, at most `size` at a time, so that any file fits into memory.

    Raises:
        RecordsError: as `read_rows`.
    """
    for batch in _batches(path, row_type, row_type, size):
        yield _records(batch, row_type)


def read_columns(path: Path, part: type[Row], row_type: type, size: int = ROW_GROUP) -> Iterator[list[Row]]:
    """Yield the records of `row_type` in `path` cut down to the fields of `part`, some at a time.

    Raises:
        RecordsError: as `read_rows`.
    """
    for batch in _batches(path, row_type, part, size):
        yield _records(batch, part)


def read_wanted(
    path: Path, row_type: type[Row], column: str, is_wanted: Callable[[Any], bool], size: int = ROW_GROUP
) -> Iterator[list[Row]]:
    """Yield those records in `path` whose value in a column is wanted, some at a time; no other is made.

    Raises:
        RecordsError: as `read_rows`.
    """
    for batch in _batches(path, row_type, row_type, size):
        wanted = pa.array([is_wanted(value) for value in batch[column].to_pylist()], pa.bool_())
        yield _records(batch.filter(wanted), row_type)


def _batches(path: Path, row_type: type, part: type, size: int) -> Iterator[pa.RecordBatch]:
    """The columns that are fields of `part` in a file of `row_type`."""
    expected = schema_of(row_type)
    try:
        with pq.ParquetFile(path, page_checksum_verification=True) as file:
            found = file.schema_arrow
            if found.names != expected.names:
                differing = sorted(set(found.names) ^ set(expected.names))
                raise RecordsError(
                    f"{path}: columns differ in {differing}; expected the fields of {row_type.__name__}"
                )
            yield from file.iter_batches(batch_size=size, columns=schema_of(part).names)
    except (OSError, pa.ArrowException) as failure:
        raise RecordsError(
            f"{path}: cannot be read ({failure}); expected {row_type.__name__} in Parquet"
        ) from failure


def read_note(path: Path) -> Mapping[str, str]:
    """Return the note that a file was written with; nothing of one that has none.

    Raises:
        RecordsError: the file is missing or broken.
    """
    try:
        found = pq.read_metadata(path).metadata or {}
    except (OSError, pa.ArrowException) as failure:
        raise RecordsError(f"{path}: cannot be read ({failure}); expected records in Parquet") from failure
    return {key.decode(): value.decode() for key, value in found.items() if key != b"ARROW:schema"}


def sort_key(row: Any) -> tuple[tuple[bool, Any], ...]:
    """Return what `row` is sorted by: its fields in order, an empty one first."""
    return tuple(_sortable(getattr(row, name)) for name in column_hints(type(row)))


def _sortable(value: Any) -> tuple[bool, Any]:
    if type(value) in _PLAIN:
        return True, value
    return value is not None, repr(value) if isinstance(value, tuple) or is_dataclass(value) else value


def _is_before(row: Any, other: Any) -> bool:
    """Whether `row` sorts before `other`, by `sort_key`: no more of it is made than it takes to tell."""
    for name in column_hints(type(row)):
        mine, its = getattr(row, name), getattr(other, name)
        if type(mine) is not type(its) or type(mine) not in _PLAIN:
            mine, its = _sortable(mine), _sortable(its)
        if mine != its:
            return bool(mine < its)
    return False


class RowWriter(Generic[Row]):
    """Writes rows that come in order, a batch at a time; the file appears when all are there."""

    def __init__(
        self,
        path: Path,
        row_type: type[Row],
        group: int = ROW_GROUP,
        *,
        note: Mapping[str, str] | None = None,
    ) -> None:
        """Prepare to write to `path`, in row groups of `group` rows: fewer where rows are long.

        With a `note`, which says what the rows were made of, the file has it and a checksum of each page.
        """
        self._path, self._row_type, self._group, self._note = path, row_type, group, note
        self._beside = path.with_name(f"{path.name}.tmp")
        self._waiting: list[Row] = []
        self._packed: list[pa.RecordBatch] = []
        self._held = 0  # rows, as columns
        self._last: Row | None = None

    def __enter__(self) -> Self:
        """Begin the file, beside the one that it will replace."""
        self._path.parent.mkdir(parents=True, exist_ok=True)
        try:
            self._file = self._begun()
        except OSError:  # it has a first few bytes at most
            self._beside.unlink(missing_ok=True)
            raise
        return self

    def _begun(self) -> pq.ParquetWriter:
        """Return the file with nothing in it but what every Parquet file begins with."""
        file = pq.ParquetWriter(
            self._beside,
            schema_of(self._row_type),
            compression="zstd",
            compression_level=_LEVEL,
            write_page_checksum=self._note is not None,
        )
        if self._note is not None:
            file.add_key_value_metadata(dict(self._note))
        return file

    def write(self, rows: Sequence[Row]) -> None:
        """Add `rows`.

        Raises:
            RecordsError: a row sorts before one already written.
        """
        for row in rows:
            if self._last is not None and _is_before(row, self._last):
                raise RecordsError(
                    f"{self._path}: row {row!r:.200} comes after a later one; expected rows in order"
                )
            self._last = row
        self.add(rows)

    def add(self, rows: Sequence[Row]) -> None:
        """Add `rows` that are known to be in order."""
        for row in rows:
            self._waiting.append(row)
            if len(self._waiting) == min(_PACKED, self._group - self._held):
                self._pack()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End the file and put it in its place; after an error, leave the old one as it was."""
        try:
            if error is None:
                self._pack()
                self._flush()
            self._file.close()
            if error is None:
                os.replace(self._beside, self._path)  # noqa: PTH105 - the house's word for an atomic switch
        finally:
            self._beside.unlink(missing_ok=True)

    def _pack(self) -> None:
        """Hold the rows that wait as columns, in a fraction of the memory, until they are a group."""
        if self._waiting:
            columns = [
                as_array(list(map(attrgetter(name), self._waiting)), hint)
                for name, hint in column_hints(self._row_type).items()
            ]
            self._packed.append(pa.RecordBatch.from_arrays(columns, schema=schema_of(self._row_type)))
            self._held += len(self._waiting)
            self._waiting = []
        if self._held == self._group:
            self._flush()

    def _flush(self) -> None:
        if self._packed:
            table = pa.Table.from_batches(self._packed).combine_chunks()
            self._file.write_table(table, row_group_size=self._group)
            self._packed, self._held = [], 0


def _records(batch: pa.RecordBatch, row_type: type[Row]) -> list[Row]:
    readers = {name: reader_of(hint) for name, hint in column_hints(row_type).items()}
    return [
        row_type(**{name: readers[name](value) for name, value in row.items()}) for row in batch.to_pylist()
    ]
