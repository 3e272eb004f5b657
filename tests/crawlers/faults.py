"""A web server on loopback that does wrong what a server can do wrong, byte by byte.

Each path has a behaviour: a function that gets the connection once the request's header was read.
What it sends is all that is sent; the connection ends with it.
"""

import contextlib
import socket
import ssl
import struct
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

Behaviour = Callable[[socket.socket], None]
EVERY_PATH = "*"
ON_ACCEPT = ""  # of a behaviour that does not wait for a request
_HEADER_END = b"\r\n\r\n"
_LONGEST_TEST_SECONDS = 60


@dataclass
class FaultServer:
    """A server with one behaviour a path; it keeps every request as it came, and counts connections."""

    behaviours: Mapping[str, Behaviour]
    tls: ssl.SSLContext | None = None
    by_host: Mapping[str, Behaviour] = field(default_factory=dict)  # host's first label -> behaviour
    ip: str = "127.0.0.1"
    port: int = 0
    requests: list[bytes] = field(default_factory=list)  # header blocks as received
    connections: int = 0

    def __post_init__(self) -> None:
        """Begin to serve."""
        family = socket.AF_INET6 if ":" in self.ip else socket.AF_INET
        self._socket = socket.socket(family)
        self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self._socket.bind((self.ip, self.port))
        self._socket.listen(128)
        self.port = self._socket.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    @property
    def host(self) -> str:
        """Host and port, as in an address."""
        return f"[{self.ip}]:{self.port}" if ":" in self.ip else f"{self.ip}:{self.port}"

    @property
    def paths(self) -> list[str]:
        """The paths asked for, in order."""
        return [_path(request) for request in self.requests]

    def close(self) -> None:
        """Serve no more."""
        with contextlib.suppress(OSError):
            self._socket.shutdown(socket.SHUT_RDWR)  # wakes the thread that accepts
        self._socket.close()

    def _accept(self) -> None:
        while True:
            try:
                connection, _ = self._socket.accept()
            except OSError:
                return  # closed
            self.connections += 1
            threading.Thread(target=self._serve, args=(connection,), daemon=True).start()

    def _serve(self, connection: socket.socket) -> None:
        connection.settimeout(_LONGEST_TEST_SECONDS)
        # A client that turns away (it was told lies, after all) is no failure of the test.
        with contextlib.suppress(OSError), contextlib.ExitStack() as closing:
            closing.callback(connection.close)
            if ON_ACCEPT in self.behaviours:
                self.behaviours[ON_ACCEPT](connection)
                return
            if self.tls:
                connection = self.tls.wrap_socket(connection, server_side=True)
                closing.callback(connection.close)
            self._answer(connection)

    def _answer(self, connection: socket.socket) -> None:
        header = b""
        while _HEADER_END not in header:
            piece = connection.recv(65536)
            if not piece:
                return
            header += piece
        self.requests.append(header)
        path = _path(header).partition("?")[0]
        by_path = self.behaviours.get(path) or self.behaviours.get(EVERY_PATH) or not_found
        behaviour = self.by_host.get(_first_label(header), by_path)
        behaviour(connection)


def _path(request: bytes) -> str:
    return request.split(b" ", 2)[1].decode("latin-1")


def _first_label(request: bytes) -> str:
    host = request.partition(b"\r\nHost: ")[2].partition(b"\r\n")[0]
    return host.partition(b".")[0].decode("latin-1")


def answer(
    body: bytes | str = b"",
    *fields: str,
    status: str = "200 OK",
    media_type: str = "text/html; charset=utf-8",
) -> bytes:
    """Return a faultless answer, closed by its length."""
    content = body.encode() if isinstance(body, str) else body
    head = [f"HTTP/1.1 {status}", f"Content-Type: {media_type}", f"Content-Length: {len(content)}", *fields]
    return "\r\n".join([*head, "Connection: close", "", ""]).encode() + content


def sends(*pieces: bytes) -> Behaviour:
    """Return a behaviour that sends `pieces` and ends the connection."""

    def send(connection: socket.socket) -> None:
        for piece in pieces:
            connection.sendall(piece)
        connection.shutdown(socket.SHUT_WR)
        while connection.recv(65536):
            pass  # whoever closes first with unread bytes would send a reset

    return send


def links_to(*targets: str) -> Behaviour:
    """Return a page with links."""
    anchors = "".join(f'<a href="{target}">x</a>\n' for target in targets)
    return sends(answer(f"<!doctype html><title>t</title><p>Кызматтар</p>{anchors}"))


def redirects_to(target: str, *, status: int = 302) -> Behaviour:
    """Return a redirect; what does not fit in latin-1 goes as UTF-8, as servers do it."""
    head = f"HTTP/1.1 {status} Found\r\nContent-Length: 0\r\nConnection: close\r\nLocation: {target}\r\n\r\n"
    return sends(head.encode())


not_found = sends(answer("none", status="404 Not Found"))


def reset(connection: socket.socket) -> None:
    """End the connection with a TCP reset."""
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    connection.close()


def hang_up(connection: socket.socket) -> None:
    """End the connection without a word."""
    connection.shutdown(socket.SHUT_WR)


def resets_after(*pieces: bytes) -> Behaviour:
    """Return a behaviour that sends `pieces`, then resets the connection."""

    def send(connection: socket.socket) -> None:
        for piece in pieces:
            connection.sendall(piece)
        reset(connection)

    return send


def silent_after(*pieces: bytes) -> Behaviour:
    """Return a behaviour that sends `pieces`, then nothing until the client leaves."""

    def send(connection: socket.socket) -> None:
        for piece in pieces:
            connection.sendall(piece)
        connection.recv(1)

    return send


def drips(piece: bytes, *, seconds: float = 0.05) -> Behaviour:
    """Return a behaviour that sends `piece`, then a byte now and then for as long as anyone listens."""

    def send(connection: socket.socket) -> None:
        gone = threading.Event()
        connection.sendall(piece)
        while not gone.wait(seconds):
            connection.sendall(b"x")

    return send


def endless(piece: bytes, again: bytes) -> Behaviour:
    """Return a behaviour that sends `piece`, then `again` for as long as anyone listens."""

    def send(connection: socket.socket) -> None:
        connection.sendall(piece)
        while True:
            connection.sendall(again)

    return send
