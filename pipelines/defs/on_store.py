"""Dagster's own processes at a store: each has a workplace for as long as it lives.

What a step makes is on the store at the step's end, so the next step may be any process, on any machine. What
a check or a sensor reads is looked at anew each time, since others work there meanwhile.
"""

import atexit
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from functools import cache
from pathlib import Path

import structlog

from crawlers.politeness.state import state_folder
from crawlers.stores.address import address_of, is_address
from crawlers.stores.errors import StoreBusyError
from crawlers.stores.folders import WORKPLACES
from crawlers.stores.place import place_of
from pipelines.scope import Scope

_one_looks = threading.RLock()  # a code server's sensors are threads
log = structlog.get_logger(__name__)


def standing(data: str) -> Path:
    """Return the folder that this process works in: `data` itself, or a workplace of the store that it names.

    Raises:
        StoreError: the store cannot be asked.
    """
    return workplace(data) if is_address(data) else Path(data)


@cache
def workplace(data: str) -> Path:
    """Return the workplace that this process has of the store `data`, until it ends.

    Raises:
        StoreError: the store cannot be asked.
    """
    from crawlers.stores.session import session  # noqa: PLC0415 - s3fs is an extra that few need

    stack = ExitStack()
    folder = stack.enter_context(session(address_of(data), state_folder() / WORKPLACES, brings_lists=False))
    atexit.register(stack.close)
    return folder


@cache
def standing_file(named: str) -> Path:
    """Return a file of this machine: the one that is `named`, or a copy of one on a server, until we end.

    Raises:
        StoreError: it cannot be fetched.
    """
    from crawlers.stores.files import here  # noqa: PLC0415 - s3fs is an extra that few need

    stack = ExitStack()
    atexit.register(stack.close)
    return stack.enter_context(here(named))


@contextmanager
def seen_anew(scope: Scope, *others: str) -> Iterator[None]:
    """Let the warehouse lie in the data folder of `scope` as it is now, and the files that `others` name.

    Raises:
        StoreError: the store cannot be asked. StoreDamagedError: an object is not what was put there.
    """
    from crawlers.stores.looking import look  # noqa: PLC0415 - the definitions must not wait for it
    from crawlers.stores.mirror import bring  # noqa: PLC0415 - nor for this
    from warehouse.build import WAREHOUSE  # noqa: PLC0415 - nor for this

    place = place_of(scope.data)
    with _one_looks:
        if place:
            look(place)
            bring(scope.data, WAREHOUSE, *others)
        yield


@contextmanager
def at_the_desk(scope: Scope) -> Iterator[None]:
    """Let all lie here that a digest is gathered from; let the store have the digest.

    While another process is at work there, the digest stays here: this one's next goes up together with it.

    Raises:
        StoreError: the store cannot be asked.
    """
    from crawlers.stores.releases import bring_release  # noqa: PLC0415 - the definitions must not wait for it
    from crawlers.stores.session import at_store  # noqa: PLC0415 - nor for this
    from pipelines.rounds.tally import counted_files  # noqa: PLC0415 - nor for this

    with seen_anew(scope, *counted_files(scope.country_id, scope.round_id)):
        bring_release(scope.data, files=("datapackage.json",))
        yield
        try:
            with at_store(scope.data, brings_lists=False):
                pass
        except StoreBusyError as busy:
            log.warning("digest_waits", why=str(busy))
