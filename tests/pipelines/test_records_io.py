"""What is written is what is read, and the same rows give the same bytes."""

import errno
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipelines import records_io
from pipelines.errors import RecordsError
from pipelines.records import Alternate, Finding, PageFact, Service, Verdict
from pipelines.records_io import RowWriter, in_order, read_note, read_rows, sort_key, write_rows


class Colour(StrEnum):
    """Two words."""

    RED = "red"
    BLUE = "blue"


@dataclass(frozen=True, slots=True, kw_only=True)
class Everything:
    """Row with a field of every type that records have."""

    key_id: str
    colour: Colour
    count: int | None
    share: float
    is_free: bool | None
    seen_at: datetime
    words: tuple[str, ...]
    alternates: tuple[Alternate, ...]
    fact: PageFact | None


TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
MOMENTS = st.integers(0, 4_000_000_000_000).map(
    lambda ms: datetime.fromtimestamp(ms // 1000, UTC).replace(microsecond=ms % 1000 * 1000)
)
FACTS = st.builds(PageFact, fact=TEXT, value=TEXT, quote=TEXT, offset=st.integers(-1, 10**9))
ROWS = st.builds(
    Everything,
    key_id=TEXT,
    colour=st.sampled_from(Colour),
    count=st.none() | st.integers(-(2**62), 2**62),
    share=st.floats(allow_nan=False),
    is_free=st.none() | st.booleans(),
    seen_at=MOMENTS,
    words=st.lists(TEXT, max_size=3).map(tuple),
    alternates=st.lists(st.builds(Alternate, language=TEXT, url=TEXT), max_size=2).map(tuple),
    fact=st.none() | FACTS,
)
VERDICT = Verdict(
    service_id="s1", country_id="zz", round_id="2026-11", stage=None, reason="no-page", confidence=0.5,
    rubric_version="1", finding_ids=(), missing=("fee",),
)  # fmt: skip


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(rows=st.lists(ROWS, max_size=6, unique_by=lambda row: row.key_id))
def test_what_is_read_is_what_was_written(tmp_path: Path, rows: list[Everything]):
    """Every field of every type survives, the empty ones too."""
    write_rows(tmp_path / "rows.parquet", rows, Everything)

    assert sorted(rows, key=lambda row: row.key_id) == list(read_rows(tmp_path / "rows.parquet", Everything))


@pytest.mark.parametrize("row_type", [Finding, Service, Verdict])
def test_no_rows_are_a_file_with_columns(tmp_path: Path, row_type: type):
    """The warehouse reads a table that nobody filled like any other."""
    write_rows(tmp_path / "none.parquet", [], row_type)

    assert list(row_type.__dataclass_fields__) == pq.read_schema(tmp_path / "none.parquet").names


def test_the_order_in_which_rows_come_changes_no_byte(tmp_path: Path):
    """Sorting by the key makes the file the same whoever computed the rows first."""
    rows = [replace(VERDICT, service_id=f"s{number}") for number in range(30)]
    write_rows(tmp_path / "a.parquet", rows, Verdict)
    write_rows(tmp_path / "b.parquet", reversed(rows), Verdict)

    assert (tmp_path / "a.parquet").read_bytes() == (tmp_path / "b.parquet").read_bytes()


@pytest.mark.parametrize("packed", [1, 7, 1000])
def test_how_many_rows_wait_changes_no_byte(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, packed: int):
    """Rows are held as columns until they are a group, of whatever size that is."""
    rows = [replace(VERDICT, service_id=f"s{number:03}") for number in range(45)]
    for waiting, path in ((45, tmp_path / "a"), (packed, tmp_path / "b")):
        monkeypatch.setattr(records_io, "_PACKED", waiting)
        with RowWriter(path, Verdict, 20) as writer:
            writer.write(rows)

    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()
    assert [20, 20, 5] == [pq.read_metadata(tmp_path / "b").row_group(group).num_rows for group in range(3)]


def test_e1_a_file_that_cannot_be_begun_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Its first bytes are written at once, and a disk may fail there."""

    def failing(path: Path, *_: object, **__: object) -> None:
        path.write_bytes(b"PAR1")
        raise OSError(errno.EIO, "Input/output error")

    monkeypatch.setattr(records_io.pq, "ParquetWriter", failing)
    with pytest.raises(OSError, match="Input/output error"):
        write_rows(tmp_path / "rows.parquet", [VERDICT], Verdict)

    assert [] == list(tmp_path.iterdir())


def test_a_failure_leaves_the_old_file_and_no_other(tmp_path: Path):
    """Whoever reads meanwhile never sees half a file."""
    path = tmp_path / "rows.parquet"
    write_rows(path, [VERDICT], Verdict)
    with pytest.raises(RecordsError), RowWriter(path, Verdict) as writer:
        writer.write([replace(VERDICT, service_id="s2"), VERDICT])

    assert ((VERDICT,), [path]) == (read_rows(path, Verdict), list(tmp_path.iterdir()))


def test_rows_out_of_order_are_refused(tmp_path: Path):
    """A stream that is not sorted would give other bytes another time."""
    with pytest.raises(RecordsError, match="in order"), RowWriter(tmp_path / "x.parquet", Verdict) as writer:
        writer.write([replace(VERDICT, service_id="s2"), VERDICT])

    assert [] == list(tmp_path.iterdir())


def test_other_columns_are_refused_by_name(tmp_path: Path):
    """A file of another table is never taken for this one."""
    write_rows(tmp_path / "rows.parquet", [VERDICT], Verdict)

    with pytest.raises(RecordsError, match="finding_ids"):
        read_rows(tmp_path / "rows.parquet", Service)


def test_a_broken_file_is_named(tmp_path: Path):
    """A cut Parquet file says which file, not only that something failed."""
    (tmp_path / "cut.parquet").write_bytes(b"PAR1")

    with pytest.raises(RecordsError, match=r"cut\.parquet"):
        read_rows(tmp_path / "cut.parquet", Verdict)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(rows=st.lists(ROWS, max_size=4))
def test_rows_are_in_order_whatever_fields_they_differ_in(tmp_path: Path, rows: list[Everything]):
    """Also where keys are the same, and where one of two is empty."""
    alike = [replace(row, key_id="same") for row in rows]
    with RowWriter(tmp_path / "rows.parquet", Everything) as writer:
        for row in sorted([*rows, *alike], key=sort_key):
            writer.write([row])

    assert 2 * len(rows) == len(read_rows(tmp_path / "rows.parquet", Everything))


@given(rows=st.lists(ROWS, max_size=4))
def test_rows_are_put_in_the_order_of_all_their_fields(rows: list[Everything]):
    """However few of them it takes to tell."""
    alike = [replace(row, key_id="same") for row in rows]

    assert sorted([*rows, *alike], key=sort_key) == in_order([*rows, *alike], Everything)


def test_a_file_may_say_what_its_rows_were_made_of(tmp_path: Path):
    """Then the file is the same wherever it is written, and no byte of its rows can change unnoticed."""
    path = tmp_path / "rows.parquet"
    for place in (path, tmp_path / "other.parquet"):
        with RowWriter(place, Verdict, note={"made of": "two rounds"}) as writer:
            writer.write([VERDICT])
    content = path.read_bytes()
    at = content.index(b"2026-11")
    path.write_bytes(content[:at] + b"2026-12" + content[at + len("2026-12") :])

    assert {"made of": "two rounds"} == read_note(path)
    assert content == (tmp_path / "other.parquet").read_bytes()
    with pytest.raises(RecordsError, match=r"rows\.parquet"):
        read_rows(path, Verdict)


def test_a_file_without_a_note_says_nothing(tmp_path: Path):
    """And one that is broken is named."""
    write_rows(tmp_path / "rows.parquet", [VERDICT], Verdict)
    (tmp_path / "cut.parquet").write_bytes(b"PAR1")

    assert {} == read_note(tmp_path / "rows.parquet")
    with pytest.raises(RecordsError, match=r"cut\.parquet"):
        read_note(tmp_path / "cut.parquet")
