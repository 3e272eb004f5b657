"""Readers are led to one whole release, whoever publishes beside."""

import threading
from pathlib import Path
from unittest.mock import Mock

import pytest

from crawlers.stores.address import Address
from crawlers.stores.errors import StoreBusyError, StoreError
from crawlers.stores.index import index_from, name_of
from crawlers.stores.keeping import keep
from crawlers.stores.objects import Objects
from crawlers.stores.releases import POINTER, bring_release, releases_of
from crawlers.stores.session import at_store, session
from pipelines.operating.exits import Exit
from pipelines.operating.failures import exit_for
from warehouse.switch import point

FILES = 12


def publish(data: Path, version: str) -> None:
    """Make a release as `warehouse.release` does: a folder of its own, and a link that is switched."""
    bring_release(data)
    folder = data / "publish" / version
    (folder / "data").mkdir(parents=True)
    for number in range(FILES):
        (folder / "data" / f"{number}.csv").write_text(f"{version}, {number}")
    point(data / "publish" / "latest", version)


def read_by_name(objects: Objects) -> tuple[str, dict[str, str]] | None:
    """What a reader sees that knows nothing of us but where the pointer and the lists are."""
    found = objects.get(POINTER)
    if found is None:
        return None
    version = found.body.decode().split('"version": "')[1].split('"')[0]
    index = index_from("", objects.get(name_of(f"publish/{version}")).body)
    return version, {name: objects.get(name).body.decode() for name in index.files}


def test_files_of_a_release_lie_under_their_own_names(address: Address, objects: Objects, work: Path):
    """So that a web server can show the bucket, and an address that was cited stays."""
    with session(address, work) as data, at_store(data):
        publish(data, "2026-11-aaaa")

    assert b"2026-11-aaaa, 3" == objects.get("publish/2026-11-aaaa/data/3.csv").body


def test_a_release_is_brought_with_the_link_to_it(address: Address, tmp_path: Path):
    """`baskych serve` and the gate find what they find in a folder; earlier ones stay where they are."""
    for version in ("2026-10-aaaa", "2026-11-bbbb"):
        with session(address, tmp_path / "here") as data, at_store(data):
            publish(data, version)
    with session(address, tmp_path / "there") as data:
        bring_release(data)

        assert "2026-11-bbbb" == (data / "publish" / "latest").readlink().name
        assert FILES == len(list((data / "publish" / "latest" / "data").iterdir()))
        assert not (data / "publish" / "2026-10-aaaa").exists()
        assert ["2026-11-bbbb"] == releases_of(data, "2026-11")


def test_of_two_publishers_one_wins_and_the_other_is_told(address: Address, tmp_path: Path):
    """Even where a lease did not keep them apart."""
    with session(address, tmp_path / "a") as first, session(address, tmp_path / "b") as second:
        publish(first, "2026-11-aaaa")
        publish(second, "2026-11-bbbb")
        keep(first)
        with pytest.raises(StoreBusyError, match="leads to another release since we looked") as told:
            keep(second)
    with session(address, tmp_path / "c") as data:
        bring_release(data)

        assert "2026-11-aaaa" == (data / "publish" / "latest").readlink().name
    assert Exit.LOCKED is exit_for(told.value)


def test_a_reader_who_asks_all_the_time_sees_only_whole_releases(
    address: Address, objects: Objects, tmp_path: Path
):
    """The old one or the new one, from the first to the last."""
    seen: list[tuple[str, dict[str, str]] | None] = []
    is_over = threading.Event()

    def read() -> None:
        while not is_over.is_set():
            seen.append(read_by_name(objects))

    reader = threading.Thread(target=read)
    reader.start()
    try:
        for number in range(4):
            with session(address, tmp_path / "here") as data, at_store(data):
                publish(data, f"2026-11-{number}")
        while seen[-1] is None or seen[-1][0] != "2026-11-3":
            is_over.wait(0.01)
    finally:
        is_over.set()
        reader.join()

    assert {"2026-11-3"} <= {one[0] for one in seen if one}
    for version, files in filter(None, seen):
        expected = {f"publish/{version}/data/{number}.csv": f"{version}, {number}" for number in range(FILES)}
        assert expected == files


def test_a_release_whose_publisher_was_cut_off_is_no_release(
    address: Address, objects: Objects, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    """Its objects are there, no list names them and no pointer leads there; and it is published again."""
    with monkeypatch.context() as patch, session(address, tmp_path / "a") as data:
        patch.setattr("crawlers.stores.keeping.commit", Mock(side_effect=StoreError))
        publish(data, "2026-11-aaaa")
        with pytest.raises(StoreError):
            keep(data)
    with session(address, tmp_path / "b") as data:
        bring_release(data)

        assert not (data / "publish").exists()
        assert [] == releases_of(data, "2026-11")
    with session(address, tmp_path / "a") as data, at_store(data):
        publish(data, "2026-11-aaaa")

    assert "2026-11-aaaa" == read_by_name(objects)[0]
