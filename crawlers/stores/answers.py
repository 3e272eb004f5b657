"""Turn what a server answers, or does not, into words for a person: its own, and what was expected."""

from collections.abc import Iterator
from contextlib import contextmanager

from aiohttp import ClientError as ConnectionFailedError
from botocore.exceptions import BotoCoreError, ClientError

from crawlers.stores.errors import StoreError

_EXPECTED = (
    "expected a bucket that is there, and the right to read and write in it, by AWS_ENDPOINT_URL and the"
    " credentials that the AWS tools use"
)


@contextmanager
def answered(place: str) -> Iterator[None]:
    """Raise what the libraries raise about an object as an error of ours; a fault of this disk stays one.

    Raises:
        StoreError: the server cannot be asked, or refuses; names the object.
    """
    try:
        yield
    except (BotoCoreError, ClientError, ConnectionFailedError) as failure:
        raise StoreError(f"{place}: {_words(failure)}; {_EXPECTED}") from failure
    except OSError as failure:
        if not code_of(failure) and not isinstance(failure, TimeoutError):
            raise
        raise StoreError(f"{place}: {_words(failure)}; {_EXPECTED}") from failure


def code_of(failure: BaseException) -> str:
    """Return the server's own word for a failure; empty where it is none of the server's."""
    cause = failure if isinstance(failure, ClientError) else failure.__cause__
    return str(cause.response.get("Error", {}).get("Code", "")) if isinstance(cause, ClientError) else ""


def _words(failure: BaseException) -> str:
    return f"{code_of(failure)}: {failure}".removeprefix(": ")
