"""Small sites on loopback, and registries that name them."""

import http.server
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from crawlers.sites import Registry

ROUND = "2026-11"
_CRAWLER = {"contact": "mailto:crawler@example.org", "delay_seconds": 0, "looks_around": False}


@dataclass(frozen=True)
class Reply:
    """What a small site answers."""

    body: bytes = b""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=lambda: {"Content-Type": "text/html; charset=utf-8"})
    length: int | None = None  # said instead of the body's own length


class SmallSite:
    """A web server on loopback that answers from a table and remembers who came when."""

    def __init__(self, replies: Mapping[str, Reply]) -> None:
        """Serve `replies`, path by path; anything else is 404."""
        self.hits: list[tuple[float, str, str]] = []  # monotonic seconds, path, user agent
        site = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                site.hits.append((time.monotonic(), self.path, self.headers.get("User-Agent", "")))
                reply = replies.get(self.path, Reply(status=404))
                self.send_response(reply.status)
                for name, value in reply.headers.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(reply.length or len(reply.body)))
                self.end_headers()
                self.wfile.write(reply.body)
                self.close_connection = reply.length is not None

            def log_message(self, *_: object) -> None:
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._thread = threading.Thread(target=self.server.serve_forever, args=(0.02,), daemon=True)
        self._thread.start()

    @property
    def host(self) -> str:
        """Host and port."""
        return f"127.0.0.1:{self.server.server_address[1]}"

    @property
    def paths(self) -> list[str]:
        """The paths asked for, in order."""
        return [path for _, path, _ in self.hits]

    def close(self) -> None:
        """Serve no more."""
        self.server.shutdown()
        self.server.server_close()
        self._thread.join()


def page(*links: str, words: str = "") -> Reply:
    """Return a page with links."""
    anchors = "".join(f'<a href="{link}">{link}</a>' for link in links)
    return Reply(f"<!doctype html><title>t</title><p>{words}</p>{anchors}".encode())


def own_words(name: str) -> str:
    """Return words that no other page has: pages that repeat one another are left after a few."""
    return " ".join(sha256(f"{name}{number}".encode()).hexdigest() for number in range(4))


def robots(text: str) -> Reply:
    """Return a robots.txt."""
    return Reply(text.encode(), headers={"Content-Type": "text/plain"})


def registry_of(sites: Mapping[str, str], *, allow: tuple[str, ...], **crawler: Any) -> Registry:
    """Return a registry of sites (id -> host), of which `allow` may be visited on loopback."""
    return Registry.model_validate(
        {
            "country": {
                "id": "tt",
                "name": {"en": "Testland"},
                "time_zone": "Asia/Bishkek",
                "currency": "KGS",
                "languages": ["ky"],
            },
            "crawler": _CRAWLER | crawler,
            "allow_private": allow,
            "institutions": [{"id": "tt-body", "kind": "ministry", "name": {"en": "Body"}, "source": "test"}],
            "sites": [
                {
                    "id": site_id,
                    "institution": "tt-body",
                    "seeds": [f"http://{host}/"],
                    "stay_under": [host],
                    "source": "test",
                }
                for site_id, host in sites.items()
            ],
        }
    )
