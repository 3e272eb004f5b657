"""A webhook and a mail server on loopback that keep what they get, for the tests of digests."""

import http.server
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field


@dataclass
class Webhook:
    """What was posted: header fields and body of each request."""

    port: int = 0
    posted: list[tuple[dict[str, str], bytes]] = field(default_factory=list)

    @property
    def url(self) -> str:
        """Where to post; its path is a secret, as that of many services is."""
        return f"http://127.0.0.1:{self.port}/hook/secret-path"


@contextmanager
def webhook(status: int = 200) -> Iterator[Webhook]:
    """Serve a webhook that answers with `status`."""
    kept = Webhook()

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            kept.posted.append((dict(self.headers), body))
            self.send_response(status)
            self.send_header("Location", "/elsewhere")
            self.send_header("Content-Length", "0")
            self.end_headers()

        def do_GET(self) -> None:
            self.do_POST()

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    with _served(http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)) as kept.port:
        yield kept


@dataclass
class Mailbox:
    """What was mailed: all lines that the client sent."""

    port: int = 0
    lines: list[str] = field(default_factory=list)


@contextmanager
def mailbox() -> Iterator[Mailbox]:
    """Serve SMTP (RFC 5321) as far as a client needs it to send one letter."""
    kept = Mailbox()

    class Handler(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            self.wfile.write(b"220 here\r\n")
            in_letter = False
            for raw in self.rfile:
                line = raw.decode().rstrip("\r\n")
                kept.lines.append(line)
                if in_letter and line != ".":
                    continue
                said = line.upper()
                in_letter = said == "DATA"
                answer = {"DATA": b"354 go on\r\n", "QUIT": b"221 bye\r\n"}.get(said, b"250 good\r\n")
                self.wfile.write(answer)

    with _served(socketserver.ThreadingTCPServer(("127.0.0.1", 0), Handler)) as kept.port:
        yield kept


@contextmanager
def _served(server: socketserver.TCPServer) -> Iterator[int]:
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield server.server_address[1]
    finally:
        server.shutdown()
        server.server_close()
