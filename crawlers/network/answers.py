"""What came back from one request: an answer, or the reason why there was none."""

import re
from dataclasses import dataclass, field
from datetime import datetime
from http.client import responses

from crawlers.captures import Capture
from crawlers.outcomes import Outcome

_CHUNKED = re.compile(rb"(?im)^(transfer-encoding[ \t]*:)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A request as it was sent."""

    url: str
    asked_at: datetime  # UTC
    header: bytes  # request line and header fields, as on the wire


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """No answer."""

    asked: Asked
    elapsed_seconds: float
    outcome: Outcome
    detail: str
    tls_fault: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Original:
    """An earlier capture whose body a page still has, with that body."""

    capture: Capture
    body: bytes = field(repr=False)  # free of content encodings
    payload_digest: str  # of the body as it came over the wire, as WARC writes it
    warc_date: str  # of its record
    seen_at: datetime  # UTC; when the page was last looked at and had this body


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """An HTTP answer, its body as it came over the wire."""

    asked: Asked
    elapsed_seconds: float
    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes = field(repr=False)
    ip_address: str | None
    tls_fault: str | None
    is_cut: bool  # the server ended the connection before the end of the body
    repeats: Original | None = None  # what it repeats: the server says so, or sent the same bytes again
    is_over_limit: bool = False  # we ended it, as the body is longer than we take
    head: bytes = field(default=b"", repr=False)  # status line and header fields, as they came

    def header(self, name: str) -> str | None:
        """Return the first value of a header field, whatever the case of its name."""
        wanted = name.lower()
        for key, value in self.headers:
            if key.lower() == wanted:
                return value
        return None

    def block(self) -> bytes:
        """Return the answer as a WARC record holds it: status line, header fields, body."""
        return self.header_block() + self.body

    def header_block(self) -> bytes:
        """Return the answer without its body: status line and header fields."""
        if self.head:
            return _unframed(self.head)
        phrase = responses.get(self.status, "")
        fields = "".join(f"{name}: {value}\r\n" for name, value in self.headers)
        return f"HTTP/1.1 {self.status} {phrase}\r\n{fields}\r\n".encode("latin-1", "replace")


def _unframed(head: bytes) -> bytes:
    """The header, without the claim that the body is in chunks: they are joined already.

    Common Crawl's archives rename the field in the same way, and for the same reason.
    """
    return _CHUNKED.sub(rb"X-Crawl-\1", head)
