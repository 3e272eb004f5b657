"""Get a page to look at from a file, and tell files from web archives and from addresses."""

from dataclasses import dataclass
from pathlib import Path

from crawlers.captures import Capture
from crawlers.network.addresses import parse_address
from pipelines.clean import loose_capture

_ARCHIVES = (".warc", ".warc.gz")
_WEB = ("http://", "https://")


class InspectError(Exception):
    """A page cannot be looked at: the message names it and says why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Material:
    """A capture and its bytes."""

    capture: Capture
    body: bytes


def is_web_address(source: str) -> bool:
    """Whether `source` is to be fetched."""
    return source.lower().startswith(_WEB)


def checked_address(url: object, named: str) -> str | None:
    """Return `url` where it is a web address, or nothing where it is None; `named` says where it was given.

    Raises:
        InspectError: it is neither.
    """
    if url is None or (isinstance(url, str) and parse_address(url)):
        return url
    raise InspectError(f"{named}: {url!r}; expected a web address such as https://example.org/page")


def is_archive(source: str) -> bool:
    """Whether `source` is a WARC file."""
    return source.lower().endswith(_ARCHIVES)


def from_file(path: Path, url: str | None) -> Material:
    """Return a file's bytes as a capture.

    Raises:
        InspectError: the file cannot be read, or is empty.
    """
    try:
        body = path.read_bytes()
    except OSError as failure:
        raise InspectError(
            f"{path}: cannot be read ({failure.strerror}); expected a page's file"
        ) from failure
    except ValueError as failure:
        raise InspectError(
            f"{str(path)!r}: is no file's name ({failure}); expected a page's file"
        ) from failure
    if not body:
        raise InspectError(f"{path}: is empty; expected a page's file")
    return Material(capture=loose_capture(body, url), body=body)
