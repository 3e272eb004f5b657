"""Calls the command line again and again, each time in a fork of this process, which has loaded everything.

Started by `faulty_disk`. Each line of input is a JSON object: the `arguments` of `baskych`, Python to run
`before` it, and the file that standard error goes `to`. Each is answered by a line: the exit code, below zero
for a signal. A fork leads a process group of its own, so that a kill reaches its children and nobody else.
"""

import importlib
import json
import os
import sys
import traceback
from functools import cache
from pathlib import Path
from typing import Any

LOADED = (
    "pipelines.steps.crawling",
    "pipelines.steps.importing",
    "pipelines.steps.rebuilding",
    "pipelines.cli.closing",
    "warehouse.release",
    "pipelines.verify",
)


def call(asked: dict[str, Any]) -> int:
    """Call `baskych` as `asked`; return its exit code."""
    out = os.open(asked["to"], os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    os.dup2(out, sys.stdout.fileno())
    os.dup2(out, sys.stderr.fileno())
    from pipelines.cli import main  # noqa: PLC0415 - in the fork

    sys.argv = ["baskych", *asked["arguments"]]
    try:
        exec(asked["before"], {})  # noqa: S102 - a test's own words
        main()
    except SystemExit as ended:
        return int(ended.code or 0)
    except BaseException:  # noqa: BLE001 - whatever escaped the command line is told, and no exit code of ours
        traceback.print_exc()
        return 1
    return 0


def warm_up() -> None:
    """Load what every call would load anew: modules, knowledge, and the dictionary's YAML."""
    for name in LOADED:
        importlib.import_module(name)
    from pipelines.knowledge import load_knowledge  # noqa: PLC0415 - its folder is not on the path before
    from warehouse import dictionary  # noqa: PLC0415 - the same

    load_knowledge()
    dictionary.read = cache(dictionary.read)
    for path in sorted(dictionary.FOLDER.glob("*.yml")):
        dictionary.read(path)


def rehearse() -> None:
    """Fork for each line of standard input until it ends."""
    warm_up()
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            os.setpgid(0, 0)
            code = call(json.loads(line))
            sys.stdout.flush()
            sys.stderr.flush()
            os._exit(code)
        _, status = os.waitpid(child, 0)
        sys.stdout.write(f"{os.waitstatus_to_exitcode(status)}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parents[2]))
    rehearse()
