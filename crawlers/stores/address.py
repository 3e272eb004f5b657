"""The address of a store: `s3://bucket/prefix`."""

import re
from dataclasses import dataclass

from crawlers.stores.errors import StoreError

SCHEME = "s3://"
# "General purpose bucket naming rules" of Amazon S3; and a prefix that nothing has to quote.
_FORM = re.compile(r"s3://(?P<bucket>[a-z0-9][a-z0-9.-]{1,61}[a-z0-9])(?P<prefix>(/[\w.=-]+)*)/?", re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """Where a data folder lies on a server."""

    bucket: str
    prefix: str  # without slashes at its ends; empty: the whole bucket

    def __str__(self) -> str:
        """Return the address as a person writes it."""
        return f"{SCHEME}{'/'.join(filter(None, (self.bucket, self.prefix)))}"

    def key(self, name: str) -> str:
        """Return the key of the object `name` of this folder."""
        return f"{self.prefix}/{name}" if self.prefix else name


def is_address(text: str) -> bool:
    """Whether `text` is meant to be a store's address, and not a folder of this machine."""
    return text.startswith(SCHEME)


def address_of(text: str) -> Address:
    """Return the address that `text` names.

    Raises:
        StoreError: it is none.
    """
    found = _FORM.fullmatch(text)
    if found is None or any(part in {".", ".."} for part in text.split("/")):
        raise StoreError(f"{text}: expected s3://BUCKET/PREFIX, of letters, digits and -._=")
    return Address(bucket=found["bucket"], prefix=found["prefix"].strip("/"))
