"""The command line, killed in the moment before its n-th write to a store.

`python dying_writer.py N all|lists ARGUMENT…`: with `lists`, only lease, lists and pointer count.
"""

import itertools
import os
import sys
from collections.abc import Callable
from typing import Any

from crawlers.stores.bodies import Bodies
from crawlers.stores.objects import Objects
from pipelines.cli import main


def dying(write: Callable[..., Any], numbers: "itertools.count[int]", last: int) -> Callable[..., Any]:
    """Return `write`, before whose call number `last` the process ends, as by SIGKILL."""

    def counted(*given: Any) -> Any:
        if next(numbers) == last:
            os._exit(137)
        return write(*given)

    return counted


if __name__ == "__main__":
    last, which = int(sys.argv[1]), sys.argv[2]
    numbers = itertools.count(1)
    Objects.put_if = dying(Objects.put_if, numbers, last)  # type: ignore[method-assign]
    if which == "all":
        Bodies.upload = dying(Bodies.upload, numbers, last)  # type: ignore[method-assign]
    sys.argv = ["baskych", *sys.argv[3:]]
    main()
