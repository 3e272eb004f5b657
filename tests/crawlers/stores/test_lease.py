"""One process at a time changes a store, and a lost one is not waited for for ever."""

from datetime import timedelta
from pathlib import Path

import pytest

from crawlers.stores.errors import StoreBusyError, StoreError
from crawlers.stores.lease import Lease, leased
from crawlers.stores.objects import Objects
from pipelines.operating.exits import Exit
from pipelines.operating.failures import exit_for

GONE = timedelta(0)  # a lease that is over as soon as it is taken: its holder is as good as dead


def test_a_second_process_is_refused_and_told_by_whom(objects: Objects):
    """As with the lock of a folder: at once, and with the same exit code."""
    with leased(objects), pytest.raises(StoreBusyError, match=r"lease.json: held by process \d+ on ") as told:
        Lease(objects).take()

    assert Exit.LOCKED is exit_for(told.value)


def test_a_lease_that_was_given_back_is_free(objects: Objects):
    """Nobody waits for the end of its time."""
    with leased(objects):
        pass

    Lease(objects).take()


def test_a_dead_holder_is_not_waited_for_and_writes_no_more(objects: Objects):
    """Whoever was away for too long finds out before it lists anything."""
    away, other = Lease(objects, GONE), Lease(objects)
    away.take()

    other.take()

    with pytest.raises(StoreBusyError, match="another process took it"):
        away.renew()
    away.give_back()
    other.renew()


def test_a_dead_process_is_followed_at_once_in_the_same_workplace(objects: Objects, tmp_path: Path):
    """Whoever has its folder knows that it is dead: the same command again need not wait."""
    Lease(objects, note=tmp_path / "lease").take()

    with pytest.raises(StoreBusyError):
        Lease(objects, note=tmp_path / "another").take()
    Lease(objects, note=tmp_path / "lease").take()


@pytest.mark.parametrize("unheard", ["IfNoneMatch", "IfMatch"])
def test_a_server_that_heeds_no_conditions_is_refused(
    objects: Objects, unheard: str, monkeypatch: pytest.MonkeyPatch
):
    """Nothing there would keep two writers apart; better to know before a crawl than after it."""
    ask = Objects._call

    def deaf(self: Objects, method: str, name: str, **about: object) -> object:
        return ask(self, method, name, **{key: value for key, value in about.items() if key != unheard})

    monkeypatch.setattr(Objects, "_call", deaf)

    with pytest.raises(StoreError, match="expected a server that heeds If-None-Match and If-Match"):
        Lease(objects).take()


def test_a_holder_renews_for_as_long_as_it_works(objects: Objects):
    """A lease of a moment outlasts that moment many times."""
    with leased(objects, timedelta(seconds=0.2)) as lease:
        first = lease._etag
        while lease._etag == first:
            lease._over.wait(0.01)

        assert lease._etag != first
