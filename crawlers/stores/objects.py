"""Objects on an S3-compatible server: read, write, and write only where nobody else did."""

from dataclasses import dataclass
from datetime import datetime
from email.utils import parsedate_to_datetime
from typing import Any

from fsspec.asyn import sync

from crawlers.stores.answers import answered, code_of
from crawlers.stores.bodies import Bodies

_CHANGED = frozenset({"PreconditionFailed", "ConditionalRequestConflict", "412", "409"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A small object, as it was at one moment."""

    body: bytes
    etag: str  # tells this writing of it from any other
    written_at: datetime  # by the server's clock
    at: datetime  # when it was asked for, by the same


class Objects(Bodies):
    """The objects of one store."""

    def get(self, name: str) -> Found | None:
        """Return a small object; None where there is none.

        Raises:
            StoreError: the server cannot be asked, or refuses.
        """
        with answered(self.place(name)):
            try:
                found: Found = sync(self.files.loop, self._get, name)
            except FileNotFoundError as missing:
                if code_of(missing) != "NoSuchKey":
                    raise  # no bucket
                return None
            return found

    def put_if(self, name: str, body: bytes, etag: str | None) -> str | None:
        """Write a small object if it still is the one of `etag` (None: there is none); return the new etag.

        None where it is another by now, which stays. A try of ours whose answer was lost counts,
        so `body` must be unlike any other.

        Raises:
            StoreError: the server cannot be asked, or refuses.
        """
        condition = {"IfNoneMatch": "*"} if etag is None else {"IfMatch": etag}
        with answered(self.place(name)):
            try:
                answer = self._call("put_object", name, Body=body, **condition)
            except OSError as failure:
                if code_of(failure) not in _CHANGED and not (etag and code_of(failure) == "NoSuchKey"):
                    raise
            else:
                return str(answer["ETag"])
        now = self.get(name)
        return now.etag if now and now.body == body else None

    def listed(self, folder: str) -> dict[str, str]:
        """Return the names below `folder`, without it, and the etags of the objects there.

        Raises:
            StoreError: as `get`.
        """
        return {name: str(about["ETag"]) for name, about in self._below(folder).items()}

    def ages(self, folder: str) -> dict[str, datetime]:
        """Return the names below `folder`, without it, and when the objects there were written.

        Raises:
            StoreError: as `get`.
        """
        return {name: about["LastModified"] for name, about in self._below(folder).items()}

    def sizes(self, folder: str) -> dict[str, int]:
        """Return the names below `folder`, without it, and the sizes of the objects there in bytes.

        Raises:
            StoreError: as `get`.
        """
        return {name: int(about["Size"]) for name, about in self._below(folder).items()}

    def remove(self, name: str) -> None:
        """Remove an object, whether it is there or not.

        Raises:
            StoreError: as `get`.
        """
        with answered(self.place(name)):
            self._call("delete_object", name)

    def _below(self, folder: str) -> dict[str, dict[str, Any]]:
        start = f"{self._path(folder)}/"
        with answered(self.place(folder)):
            found = self.files.find(start, detail=True)
        return {path.removeprefix(start): about for path, about in found.items()}

    async def _get(self, name: str) -> Found:
        answer = await self.files._call_s3(  # noqa: SLF001 - fsspec's documented way from inside its loop
            "get_object", Bucket=self.address.bucket, Key=self.address.key(name)
        )
        said = answer["ResponseMetadata"]["HTTPHeaders"]
        async with answer["Body"] as stream:
            return Found(
                body=await stream.read(),
                etag=answer["ETag"],
                written_at=answer["LastModified"],
                at=parsedate_to_datetime(said["date"]),
            )
