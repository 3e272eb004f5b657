"""The last line: no socket of this process connects to an address that the guard refuses.

The guard stands before name resolution, and before each connection of the one door. Should anything else
ever open a socket here (a library, a spider's own code), Python's audit events (PEP 578) tell us before the
system is asked, with the very address that would be connected to.
"""

import socket
import sys
from typing import Any

from crawlers.network.guard import Guard, PolicyRefusedError

_EVENTS = frozenset({"socket.connect", "socket.sendto", "socket.sendmsg"})
_INTERNET = frozenset({socket.AF_INET, socket.AF_INET6})


def watch_sockets(guard: Guard) -> None:
    """From now on, and for as long as this process lives, let sockets go only where `guard` lets them."""

    def look(event: str, args: tuple[Any, ...]) -> None:
        if event in _EVENTS and args[0].family in _INTERNET and args[1]:
            host, port = args[1][:2]
            reason = guard.refusal(host, port)
            if reason:
                raise PolicyRefusedError(f"{event}: {reason}")

    sys.addaudithook(look)
