"""What the sample republic's server sends."""

from dataclasses import dataclass
from hashlib import sha256

HTML = "text/html"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """Status, the headers that matter, and the body."""

    status: int
    content_type: str
    body: bytes
    location: str | None = None

    @property
    def etag(self) -> str:
        """A tag that is the same while the body is."""
        return f'"{sha256(self.body).hexdigest()[:20]}"'


def redirect(url: str, status: int = 302) -> Reply:
    """Return a redirect to `url`."""
    return Reply(status=status, content_type=HTML, body=b"", location=url)
