"""Another process that works in a data folder, for the tests of those who must wait for it."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_HOLDER = """
import sys
from pathlib import Path
from crawlers.storing.lock import only_one
with only_one(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""


@contextmanager
def at_work_elsewhere(data: Path) -> Iterator[int]:
    """Hold the lock of `data` in another process; yield its process id."""
    with subprocess.Popen(
        [sys.executable, "-c", _HOLDER, str(data)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as holder:
        assert holder.stdin is not None
        assert holder.stdout is not None
        holder.stdout.readline()
        yield holder.pid
        holder.stdin.close()
