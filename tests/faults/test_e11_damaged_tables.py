"""E11: a Parquet file that is damaged, in whatever way, is named: it is no table without rows."""

import gzip
from collections.abc import Callable
from pathlib import Path

import pytest
from small_countries import copied

from pipelines.errors import RecordsError
from pipelines.operating.exits import Exit
from pipelines.operating.failures import exit_for
from pipelines.records import PageRow
from pipelines.records_io import read_rows
from warehouse.build import build
from warehouse.engine import connect
from warehouse.errors import WarehouseError

PAGES = "core/pages/round=2026-11/sample.parquet"
OTHER = "core/findings/round=2026-11/sample.parquet"


def with_footer_of(length: int) -> Callable[[bytes], bytes]:
    """Return who says that the footer has another length than it has."""
    return lambda content: content[:-8] + length.to_bytes(4, "little") + content[-4:]


DAMAGES: dict[str, Callable[[bytes], bytes]] = {
    "empty": lambda _: b"",
    "one byte": lambda content: content[:1],
    "only magic": lambda _: b"PAR1",
    "twice magic": lambda _: b"PAR1PAR1",
    "cut by one": lambda content: content[:-1],
    "cut by its magic": lambda content: content[:-4],
    "cut by its footer's length": lambda content: content[:-8],
    "cut in half": lambda content: content[: len(content) // 2],
    "beginning lost": lambda content: content[100:],
    "zeros": lambda content: bytes(len(content)),
    "zeros at its end": lambda content: content[:-200] + bytes(200),
    "footer of no length": with_footer_of(0),
    "footer too long": with_footer_of(2**31 - 1),
    "footer overwritten": lambda content: content[:-150] + b"\xff" * 100 + content[-50:],
    "text": lambda _: b"page_id,round_id\n1,2026-11\n",
    "packed once more": lambda content: gzip.compress(content, mtime=0),
    "a page of HTML": lambda _: b"<!doctype html><title>404 Not Found</title>" * 20,
}


@pytest.mark.parametrize("kind", DAMAGES)
def test_e11_a_damaged_table_is_named_when_it_is_read(tiny: Path, tmp_path: Path, kind: str):
    """By whoever understands the next round."""
    path = tmp_path / "sample.parquet"
    path.write_bytes(DAMAGES[kind]((tiny / PAGES).read_bytes()))
    with pytest.raises(RecordsError, match=r"sample\.parquet") as caught:
        read_rows(path, PageRow)

    assert Exit.DAMAGED is exit_for(caught.value)


@pytest.mark.parametrize("kind", ["empty", "cut in half", "footer overwritten", "a page of HTML"])
def test_e11_a_damaged_table_is_named_when_the_warehouse_is_built(tiny: Path, tmp_path: Path, kind: str):
    """Which file it is, and that a rebuild makes it again; the old warehouse stands."""
    data = copied(tiny, tmp_path / "data")
    before = (data / "warehouse.duckdb").read_bytes()
    (data / PAGES).write_bytes(DAMAGES[kind]((data / PAGES).read_bytes()))
    with pytest.raises(WarehouseError, match=r"pages/round=2026-11/sample\.parquet") as caught:
        build(data, threads=1)

    assert Exit.DAMAGED is exit_for(caught.value)
    assert before == (data / "warehouse.duckdb").read_bytes()


def test_e11_damage_inside_a_table_is_named_too(tiny: Path, tmp_path: Path):
    """The footer is whole, so the file opens; its rows cannot be unpacked."""
    data = copied(tiny, tmp_path / "data")
    content = bytearray((data / PAGES).read_bytes())
    content[4:400] = bytes(396)
    (data / PAGES).write_bytes(content)
    with pytest.raises(WarehouseError, match=r"pages/round=2026-11/sample\.parquet") as caught:
        build(data, threads=1)

    assert Exit.DAMAGED is exit_for(caught.value)


def test_e11_a_whole_table_of_another_kind_is_told_by_its_columns(tiny: Path, tmp_path: Path):
    """It is not damaged: it is the wrong file, and the message names it and a column that it lacks."""
    data = copied(tiny, tmp_path / "data")
    (data / PAGES).write_bytes((data / OTHER).read_bytes())
    with pytest.raises(WarehouseError, match=r"2026-11: columns of core_pages: missing .*url") as caught:
        build(data, threads=1)

    assert Exit.CHECKS_FAILED is exit_for(caught.value)
    with connect(data / "warehouse.duckdb", read_only=True) as warehouse:
        assert warehouse.sql("from out_services").fetchall()
