"""A data folder goes to a store and comes back the same: the way in, and the way out."""

from pathlib import Path

import pytest

from crawlers.stores.address import Address
from crawlers.stores.copying import give, take
from crawlers.stores.errors import StoreError

FILES = {
    "captures/2026-11/kg-one/manifest.json": '{"files": {}}',
    "core/pages/round=2026-11/kg-one.parquet": "pages",
    "corrections.yml": "corrections: []",
    "publish/2026-11-aaaa/index.html": "<p>",
}
UNDER_WAY = ("captures/2026-11/kg-two.part/captures.jsonl", ".lock", "captures/2026-11/kg-x.job")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A data folder with a release, and with work under way."""
    for path, text in {**FILES, **dict.fromkeys(UNDER_WAY, "")}.items():
        (tmp_path / "data" / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "data" / path).write_text(text)
    (tmp_path / "data" / "publish" / "latest").symlink_to("2026-11-aaaa")
    (tmp_path / "scratch").mkdir()
    return tmp_path / "data"


def files_of(folder: Path) -> dict[str, str]:
    """What lies in a folder, without what links lead to."""
    found = (path for path in folder.rglob("*") if path.is_file() and "latest" not in path.parts)
    return {path.relative_to(folder).as_posix(): path.read_text() for path in found}


def test_what_was_taken_to_a_store_comes_back_the_same(folder: Path, address: Address, tmp_path: Path):
    """All but work under way, and the link to the newest release."""
    take(folder, address, tmp_path / "scratch")
    take(folder, address, tmp_path / "scratch")  # again: nothing happens
    give(address, tmp_path / "back")

    assert FILES == files_of(tmp_path / "back")
    assert "2026-11-aaaa" == (tmp_path / "back" / "publish" / "latest").readlink().name


def test_nothing_is_overwritten_on_either_side(folder: Path, address: Address, tmp_path: Path):
    """Two folders are never mixed."""
    take(folder, address, tmp_path / "scratch")
    (folder / "corrections.yml").write_text("other")

    with pytest.raises(StoreError, match=r"has another corrections.yml.*nothing is overwritten"):
        take(folder, address, tmp_path / "scratch")
    with pytest.raises(StoreError, match="holds something; expected a new folder"):
        give(address, folder)
