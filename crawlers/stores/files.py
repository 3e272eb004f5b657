"""A single file on a server, by its address: an archive, or a list of them, that somebody keeps there.

The server and the right to read are those of stores; `FSSPEC_S3_ANON=true` in the environment asks without
credentials, as for what is open to all.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from crawlers.stores.address import SCHEME, Address, is_address
from crawlers.stores.errors import StoreError
from crawlers.stores.reach import objects_of

if TYPE_CHECKING:  # s3fs is an extra that few need
    from crawlers.stores.objects import Objects


@contextmanager
def here(source: str) -> Iterator[Path]:
    """Give the file `source`: of an address, a copy under its own name, which goes when the block ends.

    Raises:
        StoreError: there is no such file on the server, or it cannot be asked. OSError: the disk is full.
    """
    if not is_address(source):
        yield Path(source)
        return
    objects, key = _file(source)
    with TemporaryDirectory(prefix="baskych-") as folder:
        copy = Path(folder) / key.rsplit("/", 1)[-1]
        objects.download(key, copy)
        yield copy


def part_of(address: str, offset: int, length: int) -> bytes:
    """Return bytes out of the middle of a file; no others are fetched.

    Raises:
        StoreError: as `here`.
    """
    objects, key = _file(address)
    return objects.part(key, offset, length)


def size_and_time(address: str) -> tuple[int, int] | None:
    """Return a file's size in bytes, and when it was written, in nanoseconds; None where there is none.

    Raises:
        StoreError: the server cannot be asked.
    """
    objects, key = _file(address)
    return objects.size_and_time(key)


def _file(address: str) -> tuple["Objects", str]:
    """The server's files, and the one at `address` there."""
    bucket, _, key = address.removeprefix(SCHEME).partition("/")
    if not bucket or not key or key.endswith("/"):
        raise StoreError(f"{address}: expected the address of a file, as s3://BUCKET/FOLDER/NAME")
    return objects_of(Address(bucket=bucket, prefix="")), key
