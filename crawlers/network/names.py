"""Ask the system for a name's addresses, and remember why it had none.

Twisted's own resolver says "no results" of a name that does not exist and of a name server that is down
alike, waits for ever for a name that no resolver can look up, and has ten threads for all sites.
"""

import socket
from typing import Any, cast

from twisted.internet._resolver import GAIResolver
from twisted.python.threadpool import ThreadPool

from crawlers.policy import policy


class Names:
    """Looks names up in threads of its own."""

    def __init__(self, reactor: Any) -> None:
        """Look up with the system's `getaddrinfo`, for `reactor`."""
        self.failures: dict[str, str] = {}  # name -> why its last lookup failed
        pool = ThreadPool(minthreads=0, maxthreads=policy().dns_threads, name="names")
        reactor.callWhenRunning(pool.start)
        reactor.addSystemEventTrigger("during", "shutdown", pool.stop)
        self.resolver = GAIResolver(reactor, lambda: pool, cast("Any", self._look_up))

    def _look_up(self, name: str, *args: Any) -> Any:
        """The system's answer.

        Raises:
            socket.gaierror: it has none.
        """
        key = name.removesuffix(".")
        try:
            found = socket.getaddrinfo(name, *args)
        except UnicodeError as failure:
            self.failures[key] = f"no name can be {name!r} ({failure})"
            raise socket.gaierror(socket.EAI_NONAME, str(failure)) from failure
        except socket.gaierror as failure:
            reasons = policy().dns_failures
            self.failures[key] = reasons.get(failure.errno or 0, str(failure))
            raise
        self.failures.pop(key, None)
        return found
