"""Archives on loopback that answer as the Internet Archive and Common Crawl document their interfaces."""

import gzip
import http.server
import json
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import parse_qs, urlsplit

COLUMNS = ["urlkey", "timestamp", "original", "mimetype", "statuscode", "digest", "length"]


@dataclass(frozen=True)
class Said:
    """What a fake archive answers once."""

    status: int
    body: bytes = b""
    headers: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Copy:
    """One archived copy."""

    url: str
    timestamp: str
    body: bytes = b"<p>copy"
    status: int = 200
    headers: tuple[tuple[str, str], ...] = ()
    mime: str = "text/html"
    is_revisit: bool = False
    replay: Said | None = None  # instead of what the archive ought to answer


class FakeArchive:
    """A server that answers by `answer`, and keeps what it was asked."""

    def __init__(self, answer: Callable[[str, dict[str, str]], Said]) -> None:
        """Serve on a free port of loopback."""
        self.asked: list[tuple[float, str]] = []  # monotonic seconds, path with query
        self.first: list[Said] = []  # answers to give before any other
        fake = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                fake.asked.append((time.monotonic(), self.path))
                said = fake.first.pop(0) if fake.first else answer(self.path, dict(self.headers))
                self.send_response(said.status)
                for name, value in said.headers.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(said.body)))
                self.end_headers()
                self.wfile.write(said.body)

            def log_message(self, *_: object) -> None:
                pass

        self._server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True)
        self._thread.start()
        self.origin = f"http://127.0.0.1:{self._server.server_address[1]}"

    @property
    def paths(self) -> list[str]:
        """The paths that were asked for."""
        return [path for _, path in self.asked]

    def close(self) -> None:
        """Serve no more."""
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


def internet_archive(copies: list[Copy], rows_at_once: int = 1000) -> FakeArchive:
    """Return an archive with the Internet Archive's interface, which gives its index in small parts."""

    def row(copy: Copy) -> list[str]:
        kind, status = ("warc/revisit", "-") if copy.is_revisit else (copy.mime, str(copy.status))
        return ["key", copy.timestamp, copy.url, kind, status, "DIGEST", "100"]

    def index(query: dict[str, list[str]]) -> Said:
        host = urlsplit(query["url"][0]).netloc
        low, high = query["from"][0], query["to"][0]
        of_host = [c for c in copies if urlsplit(c.url).netloc.endswith(host) and low <= c.timestamp <= high]
        begin = int(query.get("resumeKey", ["0"])[0])
        end = begin + rows_at_once
        table = [COLUMNS, *map(row, of_host[begin:end])] if of_host else []
        more = [[], [str(end)]] if end < len(of_host) else []
        return Said(200, json.dumps([*table, *more]).encode(), {"Content-Type": "application/json"})

    def answer(path: str, _: dict[str, str]) -> Said:
        parts = urlsplit(path)
        if parts.path == "/cdx/search/cdx":
            return index(parse_qs(parts.query))
        for copy in copies:
            if path == f"/web/{copy.timestamp}id_/{copy.url}":
                return copy.replay or _memento(copy)
        return Said(404, b"not here")

    return FakeArchive(answer)


def _memento(copy: Copy) -> Said:
    moment = time.strptime(copy.timestamp, "%Y%m%d%H%M%S")
    original = {f"X-Archive-Orig-{name}": value for name, value in copy.headers}
    told = {"Memento-Datetime": time.strftime("%a, %d %b %Y %H:%M:%S GMT", moment), "X-Archive-Src": "a.warc"}
    return Said(copy.status, copy.body, {"Content-Type": copy.mime} | original | told)


def common_crawl(records: dict[str, tuple[str, bytes]], rows_at_once: int = 1) -> FakeArchive:
    """Return an index and files as Common Crawl has them; `records`: url -> timestamp, WARC record."""
    members = {url: gzip.compress(record) for url, (_, record) in records.items()}
    file = b"".join(members.values())

    def line(url: str) -> bytes:
        place = file.index(members[url])
        fields = {"urlkey": "k", "timestamp": records[url][0], "url": url, "mime": "text/html"}
        fields |= {"status": "200", "digest": "D", "length": str(len(members[url])), "offset": str(place)}
        return json.dumps(fields | {"filename": "crawl-data/a.warc.gz"}).encode() + b"\n"

    def index(query: dict[str, list[str]]) -> Said:
        host = urlsplit(query["url"][0]).netloc
        found = [url for url in records if urlsplit(url).netloc == host]
        pages = -(-len(found) // rows_at_once)
        if "showNumPages" in query:
            return Said(200, json.dumps({"pages": pages, "pageSize": 5, "blocks": pages}).encode())
        if not found:
            return Said(404, b'{"message": "No Captures found for: x"}')
        begin = int(query["page"][0]) * rows_at_once
        return Said(200, b"".join(map(line, found[begin : begin + rows_at_once])))

    def answer(path: str, headers: dict[str, str]) -> Said:
        parts = urlsplit(path)
        if parts.path.endswith("-index"):
            return index(parse_qs(parts.query))
        if parts.path == "/crawl-data/a.warc.gz" and headers.get("Range"):
            first, last = map(int, headers["Range"].removeprefix("bytes=").split("-"))
            return Said(206, file[first : last + 1])
        return Said(404)

    return FakeArchive(answer)
