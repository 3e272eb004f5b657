"""A store can be looked over, and files be taken off its lists, without fetching any of them."""

from pathlib import Path

from crawlers.stores.address import Address
from crawlers.stores.forgetting import forget
from crawlers.stores.inspection import files_listed, held_by, objects_lacking
from crawlers.stores.lease import leased
from crawlers.stores.objects import Objects
from crawlers.stores.place import place_of
from crawlers.stores.reach import found_in
from crawlers.stores.session import at_store, session


def fill(data: Path) -> None:
    """Let the store have two files."""
    with at_store(data):
        for name in ("core/pages/a.parquet", "warehouse.duckdb"):
            (data / name).parent.mkdir(parents=True, exist_ok=True)
            (data / name).write_text(name)


def test_a_store_that_has_what_it_lists_lacks_nothing(address: Address, work: Path):
    """Of two files both are there."""
    with session(address, work) as data:
        fill(data)

        assert 2 == files_listed(data)
        assert [] == list(objects_lacking(data))


def test_an_object_that_is_cut_or_gone_is_named(address: Address, objects: Objects, work: Path):
    """With what was expected."""
    with session(address, work) as data:
        fill(data)
        keys = {path: entry.key for path, entry in place_of(data).index("rest").index.files.items()}
        objects.remove(keys["core/pages/a.parquet"])
        (work / "cut").write_text("ware")
        objects.upload(work / "cut", keys["warehouse.duckdb"])
        files_listed(data)
        found = list(objects_lacking(data))

    assert ["found no such object", "found 4 bytes"] == [one.partition(", ")[2] for one in found]
    assert all("expected " in one for one in found)


def test_who_is_at_work_is_named_while_it_is(address: Address, objects: Objects, work: Path):
    """Nobody is before the first lease, nor after one was given back."""
    with session(address, work) as data:
        before = held_by(data)
        with leased(objects):
            during = held_by(data)

        assert (None, None) == (before, held_by(data))
        assert str(during).startswith("process ")


def test_what_can_be_made_again_is_listed_no_more_and_was_not_fetched(address: Address, work: Path):
    """Another machine that has none of it can take it off the lists."""
    with session(address, work / "here") as data:
        fill(data)
    with session(address, work / "there") as data:
        with at_store(data):
            forget(data, "core/*")
        assert not (data / "core").exists()
        assert [] == found_in(data, "core/*/*")
        assert 1 == files_listed(data)


def test_a_plain_folder_is_left_alone(tmp_path: Path):
    """There nothing is listed, and nobody is asked."""
    (tmp_path / "core").mkdir()
    forget(tmp_path, "*")

    assert (0, [], None) == (files_listed(tmp_path), list(objects_lacking(tmp_path)), held_by(tmp_path))
    assert (tmp_path / "core").is_dir()
