"""Ask `warm_children.py` for a process, hand it all that we have, and end as it ends.

Started without `site`, and with two modules to import: it must cost next to nothing.
"""

import os
import socket
import sys

_FAILED = 70  # it was ended before it could say how it ended


def _handed() -> list[int]:
    """Our streams and whatever else was handed to us, such as locks."""
    numbers = sorted(int(name) for name in os.listdir("/proc/self/fd"))  # noqa: PTH208 - to import pathlib costs more
    return [number for number in numbers if os.path.exists(f"/proc/self/fd/{number}")]  # noqa: PTH110 - likewise


place, module = sys.argv[1:]
with socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET) as door:
    files = [number for number in _handed() if number != door.fileno()]
    door.connect(place)
    told = "\0".join([module, os.getcwd(), *(f"{name}={value}" for name, value in os.environ.items())])  # noqa: PTH109 - likewise
    socket.send_fds(door, [os.fsencode(told)], files)
    ended = door.recv(1)
os._exit(ended[0] if ended else _FAILED)
