"""What came back from one request: an answer, or the reason why there was none."""

import re
from dataclasses import dataclass, field
from datetime import datetime
from http.client import responses

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
    is_over_limit: bool = False  # we ended it, as the body is longer than we take
    head: bytes = field(default=b"", repr=False)  # status line and header fields, as they came

    def header(self, name: str) -> str | None:
        """Return the first value of a header field, whatever the case of its name."""
        return next((value for key, value in self.headers if key.lower() == name.lower()), None)

    def block(self) -> bytes:
        """Return the answer as a WARC record holds it: status line, header fields, body."""
        if self.head:
            return _unframed(self.head) + self.body
        phrase = responses.get(self.status, "")
        fields = "".join(f"{name}: {value}\r\n" for name, value in self.headers)
        return f"HTTP/1.1 {self.status} {phrase}\r\n{fields}\r\n".encode("latin-1", "replace") + self.body


def _unframed(head: bytes) -> bytes:
    """The header, without the claim that the body is in chunks: they are joined already.

    Common Crawl's archives rename the field in the same way, and for the same reason.
    """
    return _CHUNKED.sub(rb"X-Crawl-\1", head)
