"""Files that only grow, by whole pieces: a piece that could not be written to its end leaves no trace.

Every piece has left this process when `append` returns, so what kills the process cannot take it back.
It is on the disk for good, whatever happens to the machine, when the file is closed.
"""

import os
from pathlib import Path
from typing import Self


class Appended:
    """One such file."""

    def __init__(self, path: Path) -> None:
        """Go on at the end of the file at `path`, which is made if it is not there."""
        # No buffer of Python's: it would hand a half-written piece on once more when the file is closed.
        self._file = path.open("ab", buffering=0)
        self.size = os.fstat(self._file.fileno()).st_size  # bytes

    def __enter__(self) -> Self:
        """Return the file, to be closed at the end."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close the file."""
        self.close()

    def append(self, piece: bytes) -> int:
        """Write `piece` at the end and return where it begins, in bytes.

        Raises:
            OSError: the disk is full or broken; then the file is as it was before.
        """
        begin = self.size
        rest = memoryview(piece)
        try:
            while rest:
                rest = rest[self._file.write(rest) :]
        except OSError:
            self.cut_to(begin)
            raise
        self.size += len(piece)
        return begin

    def cut_to(self, size: int) -> None:
        """Forget all that stands behind the first `size` bytes; this needs no space on the disk."""
        self._file.truncate(size)
        self.size = size

    def close(self) -> None:
        """Close the file, on the disk for good."""
        if not self._file.closed:
            os.fsync(self._file.fileno())
            self._file.close()


def on_disk_for_good(folder: Path) -> None:
    """Let all files of `folder`, and their names in it, outlast a loss of power."""
    for path in (*sorted(item for item in folder.iterdir() if item.is_file()), folder):
        number = os.open(path, os.O_RDONLY)
        try:
            os.fsync(number)
        finally:
            os.close(number)
