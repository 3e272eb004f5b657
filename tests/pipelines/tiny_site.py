"""A government of one office on loopback, with its registry: enough for a whole harvest within a second."""

import http.server
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

_PAGE = """<!doctype html>
<html lang="en"><head><title>{title} - Registry Office of Exia</title></head>
<body><header><a href="/">Registry Office of Exia</a></header>
<main><h1>{title}</h1>{body}</main></body></html>"""
_SERVICE = """<p>Any citizen of Exia may ask for a birth certificate.</p>
<h2>Required documents</h2><ul><li>Passport</li><li>Hospital record of the birth</li></ul>
<h2>Fee</h2><p>The service is free of charge.</p><h2>Processing time</h2><p>3 working days.</p>
<p><a href="/form.pdf">Download the application form</a></p>"""
PAGES = {
    "/": _PAGE.format(title="Services", body='<ul><li><a href="/birth">Birth certificate</a></li></ul>'),
    "/birth": _PAGE.format(title="Issue of a birth certificate", body=_SERVICE),
}
REGISTRY = """
country:
  {{id: xy, name: {{ky: Иксия, ru: Иксия, en: Exia}}, time_zone: UTC, currency: KGS, languages: [en]}}
crawler: {{contact: "mailto:crawl@example.org", delay_seconds: 0, looks_around: false}}
allow_private: ["127.0.0.1:{port}"]
institutions:
  - {{id: registry-office, kind: agency, name: {{ky: Калк, ru: ЗАГС, en: Registry Office}}, source: invented}}
sites:
  - id: xy-registry
    institution: registry-office
    languages: [en]
    seeds: ["http://127.0.0.1:{port}/"]
    stay_under: ["127.0.0.1:{port}"]
    source: invented
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """A data folder with a release, the registry it came from, and what the run said that made it."""

    registry: Path
    data: Path
    exit_code: int  # of the run that made it
    stdout: str
    stderr: str


class _Office(http.server.BaseHTTPRequestHandler):
    """Answers with the pages above; anything else is not found."""

    def do_GET(self) -> None:
        """Answer one request."""
        page = PAGES.get(self.path)
        body = (page or "not found").encode()
        self.send_response(200 if page else 404)
        self.send_header("Content-Type", "text/html; charset=utf-8" if page else "text/plain")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name is the library's
        """Say nothing."""


class _Silent(_Office):
    """Takes requests and answers none, until the server ends."""

    over = threading.Event()

    def do_GET(self) -> None:
        """Wait."""
        self.over.wait()


class _Server(http.server.ThreadingHTTPServer):
    """Leaves its port to other processes too."""

    allow_reuse_port = True


@contextmanager
def served(folder: Path, *, silent: bool = False, port: int = 0) -> Iterator[Path]:
    """Serve the office; yield the path of its registry, written to `folder`. `silent`: it never answers.

    Several processes may serve it at one `port`: whoever asks is answered by one of them.
    """
    handler = _Silent if silent else _Office
    _Silent.over.clear()
    server = _Server(("127.0.0.1", port), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    registry = folder / "xy.yml"
    registry.write_text(REGISTRY.format(port=server.server_port), encoding="utf-8")
    try:
        yield registry
    finally:
        _Silent.over.set()
        server.shutdown()
        server.server_close()


def port_of(registry: Path) -> int:
    """Return the port at which the office of a registry is served."""
    _, _, rest = registry.read_text(encoding="utf-8").partition("http://127.0.0.1:")
    return int(rest.partition("/")[0])
