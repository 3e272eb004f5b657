"""What came back from one request: an answer, or the reason why there was none."""

from dataclasses import dataclass, field
from datetime import datetime
from http.client import responses

from crawlers.outcomes import Outcome


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

    def header(self, name: str) -> str | None:
        """Return the first value of a header field, whatever the case of its name."""
        wanted = name.lower()
        for key, value in self.headers:
            if key.lower() == wanted:
                return value
        return None

    def block(self) -> bytes:
        """Return the answer as a WARC record holds it: status line, header fields, body."""
        phrase = responses.get(self.status, "")
        fields = "".join(f"{name}: {value}\r\n" for name, value in self.headers)
        return f"HTTP/1.1 {self.status} {phrase}\r\n{fields}\r\n".encode("latin-1", "replace") + self.body
