"""Let one process at a time change a store: a lease, which ends by itself if its holder does.

Time is the server's alone: when the lease was written, and now. A holder that was away for too long finds out
before it commits; and what it would commit all the same, the conditional writes of `keeping` refuse.
"""

import os
import socket
import threading
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import structlog
from pydantic import BaseModel

from crawlers.stores.errors import StoreBusyError, StoreError
from crawlers.stores.place import write_whole

if TYPE_CHECKING:  # s3fs is an extra that few need
    from crawlers.stores.objects import Objects

LEASE = "lease.json"
LASTS = timedelta(minutes=10)
_NOBODYS = '"00000000000000000000000000000000"'  # an etag that no writing has
_RENEWALS = 4  # in the time that it lasts: three may fail

log = structlog.get_logger(__name__)


class Terms(BaseModel):
    """What the lease says."""

    holder: str | None = None  # host and process, for the one who is refused; None: it was given back
    token: str  # of this writing
    seconds: float = 0.0  # that it lasts from its writing on


class Lease:
    """The right to change a store."""

    def __init__(self, objects: "Objects", lasts: timedelta = LASTS, note: Path | None = None) -> None:
        """Prepare to take it for `lasts`, and to renew it.

        `note` is a file that no other living process has: what a dead one noted there is ours at once.
        """
        self._objects, self._lasts, self._note = objects, lasts, note
        self._etag: str | None = None
        self._over = threading.Event()

    def take(self) -> None:
        """Take the lease.

        Raises:
            StoreBusyError: another process has it; names that.
            StoreError: the store cannot be asked, or writes whatever the condition.
        """
        found = self._objects.get(LEASE)
        if found:
            terms = Terms.model_validate_json(found.body)
            until = found.written_at + timedelta(seconds=terms.seconds)
            if terms.holder and until > found.at and found.etag != self._noted():
                raise StoreBusyError(
                    f"{self._objects.place(LEASE)}: held by {terms.holder}, until {until:%F %H:%M} UTC or as"
                    " long as that works; wait until it has ended, or give another --data"
                )
        self._etag = self._written(found.etag if found else None)
        self._refuse_a_deaf_server()

    def renew(self) -> None:
        """Hold it for longer.

        Raises:
            StoreBusyError: another process has it by now. StoreError: the store cannot be asked.
        """
        self._etag = self._written(self._etag)

    def give_back(self) -> None:
        """Let others take it at once; where another has it already, that one keeps it."""
        self._over.set()
        self._objects.put_if(LEASE, Terms(token=uuid.uuid4().hex).model_dump_json().encode(), self._etag)

    def keep_renewing(self) -> None:
        """Renew it now and then until it is given back; to be run in a thread of its own."""
        while not self._over.wait(self._lasts.total_seconds() / _RENEWALS):
            try:
                self.renew()
            except StoreBusyError as lost:
                log.error("lease_lost", why=str(lost))  # noqa: TRY400 - no fault of ours to trace
                return
            except StoreError as failure:  # a network may be away: the next try, or the end, tells
                log.warning("lease_not_renewed", why=str(failure))

    def _refuse_a_deaf_server(self) -> None:
        """Some servers take a conditional write for any other: there nothing would keep two writers apart."""
        for etag in (None, _NOBODYS):
            if self._objects.put_if(LEASE, Terms(token=uuid.uuid4().hex).model_dump_json().encode(), etag):
                raise StoreError(
                    f"{self._objects.place(LEASE)}: was written though it was there, or another; expected"
                    " a server that heeds If-None-Match and If-Match of PutObject"
                )

    def _written(self, etag: str | None) -> str:
        holder = f"process {os.getpid()} on {socket.gethostname()}"
        terms = Terms(holder=holder, token=uuid.uuid4().hex, seconds=self._lasts.total_seconds())
        written = self._objects.put_if(LEASE, terms.model_dump_json().encode(), etag)
        if written is None:
            raise StoreBusyError(
                f"{self._objects.place(LEASE)}: another process took it just now, or while this one was away"
                " for longer than it lasts; nothing more is written: start the same command again"
            )
        if self._note:
            write_whole(self._note, written.encode())
        return written

    def _noted(self) -> str | None:
        return self._note.read_text() if self._note and self._note.exists() else None


@contextmanager
def leased(objects: "Objects", lasts: timedelta = LASTS, note: Path | None = None) -> Iterator[Lease]:
    """Hold the lease of a store, and renew it for as long as the block runs.

    Raises:
        StoreBusyError, StoreError: as `Lease.take`.
    """
    lease = Lease(objects, lasts, note)
    lease.take()
    renewing = threading.Thread(target=lease.keep_renewing, name="lease", daemon=True)
    renewing.start()
    try:
        yield lease
    finally:
        lease.give_back()
        renewing.join()
