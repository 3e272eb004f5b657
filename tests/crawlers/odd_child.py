"""The crawling process with a policy of its own and name servers of its own: tests start it in place of
`crawlers.crawling.child`, so that a limit of 45 seconds takes 2 and no name is asked for outside.
"""  # noqa: D205 - one sentence

import json
import socket
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

NO_SUCH_NAME = "NXDOMAIN"
SERVER_FAILURE = "SERVFAIL"
NEVER = "time-out"
_ERRORS = {NO_SUCH_NAME: socket.EAI_NONAME, SERVER_FAILURE: socket.EAI_AGAIN, NEVER: socket.EAI_AGAIN}
_LONG_SECONDS = 6  # as the system waits for a name server that is silent, only shorter


@dataclass(frozen=True)
class Odd:
    """What is odd about a crawling process."""

    policy: Mapping[str, Any] = field(default_factory=dict)  # values in place of those of policy.yml
    names: Mapping[str, Sequence[str]] = field(default_factory=dict)
    """Name -> what its name server says: an address, or one of the three failures above; the first time the
    first, and so on, the last for ever. Any other name does not exist."""
    peak_memory: str = ""  # a file for the process's highest memory in KiB


def start_odd_children(monkeypatch: pytest.MonkeyPatch, odd: Odd) -> None:
    """Let `crawl` start odd processes until the test (or `monkeypatch`) ends."""
    told = json.dumps({"policy": dict(odd.policy), "names": dict(odd.names), "peak_memory": odd.peak_memory})
    command = (sys.executable, str(Path(__file__)), told)
    monkeypatch.setattr("crawlers.crawling.child_process._COMMAND", command)


class NameServer:
    """Stands in for the system's name resolution."""

    def __init__(self, names: Mapping[str, Sequence[str]]) -> None:
        """Know `names`, and addresses in numbers as the system does."""
        self._names = {name: list(answers) for name, answers in names.items()}
        self._real = socket.getaddrinfo

    def getaddrinfo(
        self, host: Any, port: Any, family: int = 0, kind: int = 0, protocol: int = 0, _flags: int = 0
    ) -> Any:
        """Answer for the system, with its errors."""
        name = host.decode() if isinstance(host, bytes) else host
        try:
            return self._real(name, port, family, kind, protocol, socket.AI_NUMERICHOST)
        except socket.gaierror:
            said = self._next(name)
        if said == NEVER:
            time.sleep(_LONG_SECONDS)
        if said in _ERRORS:
            raise socket.gaierror(_ERRORS[said], said)
        return self._real(said, port, family, kind, protocol, socket.AI_NUMERICHOST)

    def _next(self, name: str) -> str:
        answers = self._names.get(name, [NO_SUCH_NAME])
        return answers.pop(0) if len(answers) > 1 else answers[0]


def _main() -> int:
    odd = Odd(**json.loads(sys.argv[1]))
    # Before anything else takes these by name.
    socket.getaddrinfo = NameServer(odd.names).getaddrinfo
    import crawlers.policy  # noqa: PLC0415

    changed = crawlers.policy.policy().model_copy(update=odd.policy)
    crawlers.policy.policy = lambda: changed  # type: ignore[assignment]
    from crawlers.crawling import child  # noqa: PLC0415

    code = child.main()
    if odd.peak_memory:
        lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
        (peak,) = (line.split()[1] for line in lines if line.startswith("VmHWM"))
        Path(odd.peak_memory).write_text(peak, encoding="ascii")
    return code


if __name__ == "__main__":
    sys.exit(_main())
