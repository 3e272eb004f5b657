"""What no list names is removed, and nothing else is."""

from datetime import timedelta
from pathlib import Path

from crawlers.stores.address import Address
from crawlers.stores.mirror import bring
from crawlers.stores.objects import Objects
from crawlers.stores.session import at_store, session
from crawlers.stores.sweeping import sweep


def test_what_was_replaced_goes_once_it_is_old(address: Address, objects: Objects, work: Path):
    """The newest content of each file stays, and so does whatever a reader may still go by."""
    for text in ("old", "new"):
        with session(address, work) as data, at_store(data):
            bring(data, "core/*")
            (data / "core").mkdir(exist_ok=True)
            (data / "core" / "a.parquet").write_text(text)
    there = objects.listed("files")

    kept, gone = sweep(address), sweep(address, timedelta(0))

    assert 2 == len(there)
    assert [] == kept
    assert 1 == len(gone)
    with session(address, work) as data:
        bring(data, "core/*")

        assert "new" == (data / "core" / "a.parquet").read_text()
