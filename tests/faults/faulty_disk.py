"""A disk that is full, breaks or dies with its machine at the n-th operation, under the real command line.

No line of the product knows of it: `disk.c` stands between the processes and the system. Where there is no
C compiler, or no way to load a library first (not Linux), these tests are skipped.
"""

import errno
import json
import mmap
import os
import shutil
import struct
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

HERE = Path(__file__).parent
CONTROL = struct.Struct("1024s1024slqqq")  # as `struct control` in disk.c
SECONDS = struct.Struct("l")  # as in clock.c
FULL, BROKEN, KILLED, READ_ONLY = errno.ENOSPC, errno.EIO, -1, errno.EROFS
STAYING = (FULL, READ_ONLY)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ended:
    """How a command ended."""

    code: int  # below zero: by that signal
    said: str
    operations: int  # that would change something below the folder
    failed: str  # the first operation that failed; empty: none

    def __str__(self) -> str:
        """Return the whole of it, for whoever reads why a test failed."""
        return f"exit {self.code} after {self.operations}; failed: {self.failed!r}\n{self.said}"


@dataclass(frozen=True, slots=True, kw_only=True)
class FaultyDisk:
    """Runs `baskych` on a disk whose n-th operation fails, by a clock that can be put."""

    control: mmap.mmap
    clock: mmap.mmap
    process: "subprocess.Popen[str]"
    said: Path

    def run(
        self, *arguments: str | Path, under: Path, at: int = 0, fault: int = KILLED, before: str = ""
    ) -> Ended:
        """Call `baskych` with `arguments`; its operation number `at` `under` that folder fails by `fault`.

        Number 0 lets all succeed, and counts them. `before` is Python that is run in the same process first.
        """
        stays = int(fault in STAYING)
        self.control[: CONTROL.size] = CONTROL.pack(str(under).encode(), b"", at, fault, stays, 0)
        asked = {"arguments": [str(one) for one in arguments], "before": before, "to": str(self.said)}
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(json.dumps(asked) + "\n")
        self.process.stdin.flush()
        code = int(self.process.stdout.readline())
        _, failed, *_, count = CONTROL.unpack(self.control[: CONTROL.size])
        self.control[: CONTROL.size] = bytes(CONTROL.size)
        said = self.said.read_text(encoding="utf-8", errors="replace")
        return Ended(code=code, said=said, operations=count, failed=failed.rstrip(b"\0").decode())

    def put_clock(self, seconds: int) -> None:
        """Let the clock of what runs, and of all that runs later, be `seconds` ahead of this machine's."""
        self.clock[: SECONDS.size] = SECONDS.pack(seconds)


def library(folder: Path) -> Path:
    """Compile what fails into `folder`; return the library. Without a compiler, the test is skipped."""
    compiler = shutil.which("cc") or shutil.which("gcc")
    if compiler is None or sys.platform != "linux":
        pytest.skip("needs Linux and a C compiler: the faulty disk is a library that is loaded first")
    made = folder / "faults.so"
    sources = [HERE / "disk.c", HERE / "clock.c"]
    subprocess.run(
        [compiler, "-shared", "-fPIC", "-O1", "-o", made, *sources, "-ldl"], check=True, capture_output=True
    )
    return made


@contextmanager
def shared(path: Path, size: int) -> Iterator[mmap.mmap]:
    """Yield `size` bytes that are shared through the file at `path`, all zero at first."""
    path.write_bytes(bytes(size))
    with path.open("r+b") as file, mmap.mmap(file.fileno(), size) as bytes_of_it:
        yield bytes_of_it


@contextmanager
def faulty_disk(folder: Path) -> Iterator[FaultyDisk]:
    """Start the process that calls the command line, its files in `folder`; end it at the end."""
    given = {"LD_PRELOAD": str(library(folder))}
    given |= {"BASKYCH_FAULTS": str(folder / "control"), "BASKYCH_CLOCK": str(folder / "clock")}
    with (
        shared(folder / "control", CONTROL.size) as control,
        shared(folder / "clock", SECONDS.size) as clock,
        subprocess.Popen(
            [sys.executable, HERE / "rehearsal.py"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env={**os.environ, **given},
        ) as process,
    ):
        yield FaultyDisk(control=control, clock=clock, process=process, said=folder / "said")
