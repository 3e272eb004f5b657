"""Readers who open `latest` again and again while releases are made: `python readers.py LATEST`.

Each view is a line: the release's name and the SHA-256 of its list. The first that is not whole ends its
reader, with the reason on standard error; otherwise it reads until it is killed.
"""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parents[1] / name) for name in ("faults", "pipelines", "warehouse")]
from small_countries import view  # noqa: E402 - its folder has just been named


@contextmanager
def reading(latest: Path, seen: Path, *, readers: int) -> Iterator[None]:
    """Let `readers` processes look at `latest`, each writing what it saw into the folder `seen`."""
    seen.mkdir()
    command = [sys.executable, __file__, str(latest)]
    files = [(seen / f"{number}").open("w") for number in range(readers)]
    processes = [subprocess.Popen(command, stdout=file, stderr=subprocess.PIPE, text=True) for file in files]
    try:
        yield
        stopped = [process.poll() for process in processes]
    finally:
        for process in processes:
            process.kill()
    for process, code in zip(processes, stopped, strict=True):
        assert code is None, process.communicate()[1]


def views(seen: Path) -> list[list[tuple[str, str]]]:
    """Return what each reader saw, in its order; a line that was cut by its end is left out."""
    texts = [path.read_text(encoding="utf-8") for path in sorted(seen.iterdir())]
    return [[tuple(line.split()) for line in text.split("\n")[:-1]] for text in texts]


if __name__ == "__main__":
    while True:
        sys.stdout.write(" ".join(view(Path(sys.argv[1]))) + "\n")
        sys.stdout.flush()
