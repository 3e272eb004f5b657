"""Files as objects and back, in pieces, so that their size does not matter."""

from pathlib import Path
from typing import IO, Any

from crawlers.stores.address import Address
from crawlers.stores.answers import answered
from crawlers.stores.server import server

_PIECE = 8 << 20  # bytes of a body in memory, times _AT_ONCE
_BLOCK = 1 << 20  # bytes fetched together where a file is read here and there
_AT_ONCE = 4  # pieces of one body


class Bodies:
    """What the objects of one store hold."""

    def __init__(self, address: Address) -> None:
        """Use the server that the environment names; nothing is asked yet."""
        self.address = address
        self.files = server()

    def place(self, name: str) -> str:
        """Return where an object lies, as DuckDB and people name it."""
        return f"s3://{self.address.bucket}/{self.address.key(name)}"

    def part(self, name: str, offset: int, length: int) -> bytes:
        """Return bytes out of the middle of an object.

        Raises:
            StoreError: as `get`, or there is no such object.
        """
        with answered(self.place(name)):
            return bytes(self.files.cat_file(self._path(name), start=offset, end=offset + length))

    def download(self, name: str, path: Path) -> None:
        """Write an object to a file, in pieces.

        Raises:
            StoreError: as `part`. OSError: the disk is full or fails.
        """
        with answered(self.place(name)):
            self.files.get_file(self._path(name), str(path), chunksize=_PIECE, max_concurrency=1)

    def upload(self, path: Path, name: str) -> None:
        """Write a file as an object, which appears whole or not at all.

        Raises:
            StoreError: as `get`.
        """
        with answered(self.place(name)):
            self.files.put_file(str(path), self._path(name), chunksize=_PIECE, max_concurrency=_AT_ONCE)

    def size(self, name: str) -> int | None:
        """Return an object's size in bytes; None where there is none.

        Raises:
            StoreError: as `get`.
        """
        found = self.size_and_time(name)
        return found[0] if found else None

    def size_and_time(self, name: str) -> tuple[int, int] | None:
        """Return an object's size in bytes, and when it was written (nanoseconds); None where there is none.

        Raises:
            StoreError: as `get`.
        """
        with answered(self.place(name)):
            try:
                about = self._call("head_object", name)
            except FileNotFoundError:
                return None
        return int(about["ContentLength"]), int(about["LastModified"].timestamp()) * 1_000_000_000

    def opened(self, name: str) -> IO[bytes]:
        """Return an object as a file in which one can seek; only what is read is fetched, block by block.

        Raises:
            StoreError: as `part`.
        """
        with answered(self.place(name)):
            file: IO[bytes] = self.files.open(self._path(name), "rb", block_size=_BLOCK)
            return file

    def _path(self, name: str) -> str:
        return f"{self.address.bucket}/{self.address.key(name)}"

    def _call(self, method: str, name: str, **about: Any) -> dict[str, Any]:
        answer: dict[str, Any] = self.files.call_s3(
            method, Bucket=self.address.bucket, Key=self.address.key(name), **about
        )
        return answer
