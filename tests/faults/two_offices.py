"""Two small offices on loopback that can be closed, and that can lose pages, from one round to the next."""

import http.server
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tiny_site import _PAGE, _SERVICE, REGISTRY, _Office

THINGS = (
    *("birth", "death", "marriage", "divorce", "residence", "vaccination", "school", "tax"),
    *("land", "vehicle", "fishing", "hunting", "trade", "building"),
)


class Office:
    """One office, each of its services on a page of its own."""

    def __init__(self, things: tuple[str, ...]) -> None:
        """Serve a service for each of `things`."""
        links = "".join(f'<li><a href="/{thing}">Issue of a {thing} licence</a></li>' for thing in things)
        self.pages = {"/": _PAGE.format(title="Services", body=f"<ul>{links}</ul>")}
        for thing in things:
            said = _SERVICE.replace("birth certificate", f"{thing} licence").replace("birth", thing)
            self.pages[f"/{thing}"] = _PAGE.format(title=f"Issue of a {thing} licence", body=said)
        self.is_closed = False
        office = self

        class Desk(_Office):
            def do_GET(self) -> None:  # noqa: N802 - the library's name
                if office.is_closed:
                    self.close_connection = True
                    self.connection.close()
                    return
                page = office.pages.get(self.path)
                body = (page or "not found").encode()
                self.send_response(200 if page else 404)
                self.send_header("Content-Type", "text/html; charset=utf-8")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Desk)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def close(self) -> None:
        """Serve no more."""
        self.server.shutdown()
        self.server.server_close()


@contextmanager
def two_offices(folder: Path) -> Iterator[tuple[Office, Office, Path]]:
    """Serve a large and a small office; yield them, and the path of their registry in `folder`."""
    large, small = Office(THINGS), Office(("passport", "visa"))
    ports = [office.server.server_port for office in (large, small)]
    text = REGISTRY.format(port=ports[0])
    site = text[text.index("  - id: xy-registry") :].replace("xy-registry", "xy-border")
    text = text.replace(
        f'"127.0.0.1:{ports[0]}"]\ninst', f'"127.0.0.1:{ports[0]}", "127.0.0.1:{ports[1]}"]\ninst'
    )
    path = folder / "xy.yml"
    path.write_text(text + site.replace(str(ports[0]), str(ports[1])), encoding="utf-8")
    try:
        yield large, small, path
    finally:
        large.close()
        small.close()
