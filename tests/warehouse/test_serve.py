"""The portal's server: ranges, media types, headers, and no way out of the folder."""

import http.client
import socket
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from warehouse.serve import ServeError, application, running

PARQUET = bytes(range(256)) * 40


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a small published folder, with a secret beside it."""
    (tmp_path / "secret.txt").write_text("not for readers", encoding="utf-8")
    root = tmp_path / "portal"
    (root / "ky").mkdir(parents=True)
    (root / "index.html").write_text("<!doctype html><title>Баскыч</title>", encoding="utf-8")
    (root / "ky" / "index.html").write_text("<!doctype html><title>Кыргызча</title>", encoding="utf-8")
    (root / "services.parquet").write_bytes(PARQUET)
    for name in ("services.csv", "release.duckdb", "datapackage.json", "captures.warc.gz"):
        (root / name).write_text("a,b\nө,ү\n", encoding="utf-8")
    (root / "out.txt").symlink_to(tmp_path / "secret.txt")
    return root


def ask(address: str, path: str, method: str = "GET", **headers: str) -> tuple[int, dict[str, str], bytes]:
    """Return status, headers in lower case, and body of one raw request; the path is sent as it is."""
    place = urlsplit(address)
    connection = http.client.HTTPConnection(place.hostname or "", place.port, timeout=5)
    connection.request(
        method, path, headers={name.replace("_", "-"): value for name, value in headers.items()}
    )
    answer = connection.getresponse()
    body = answer.read()
    connection.close()
    return answer.status, {name.lower(): value for name, value in answer.getheaders()}, body


def test_a_range_of_a_file_is_answered_with_only_that_range(folder: Path):
    """A browser reads a few rows of a Parquet file without taking it whole."""
    with running(folder) as address:
        status, headers, body = ask(address, "/services.parquet", Range="bytes=100-199")

    assert (206, "bytes 100-199/10240", PARQUET[100:200]) == (status, headers["content-range"], body)


def test_the_end_of_a_file_can_be_asked_for_by_its_length(folder: Path):
    """Parquet keeps its footer at the end: readers ask for the last bytes first."""
    with running(folder) as address:
        status, headers, body = ask(address, "/services.parquet", Range="bytes=-8")

    assert (206, "bytes 10232-10239/10240", PARQUET[-8:]) == (status, headers["content-range"], body)


def test_a_range_beyond_the_end_is_refused_with_the_length(folder: Path):
    """The reader learns how long the file is."""
    with running(folder) as address:
        status, headers, _ = ask(address, "/services.parquet", Range="bytes=99999-")

    assert (416, "bytes */10240") == (status, headers["content-range"])


def test_head_tells_length_and_that_ranges_are_taken(folder: Path):
    """Readers of Parquet ask HEAD before they ask for ranges."""
    with running(folder) as address:
        status, headers, body = ask(address, "/services.parquet", method="HEAD")

    assert (200, "10240", "bytes", b"") == (status, headers["content-length"], headers["accept-ranges"], body)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("index.html", "text/html; charset=utf-8"),
        ("services.csv", "text/csv; charset=utf-8"),
        ("services.parquet", "application/vnd.apache.parquet"),
        ("release.duckdb", "application/vnd.duckdb"),
        ("datapackage.json", "application/json"),
        ("captures.warc.gz", "application/gzip"),
    ],
)
def test_each_kind_of_file_has_its_media_type(folder: Path, name: str, expected: str):
    """A compressed WARC is a gzip file; CSV says that it is UTF-8."""
    with running(folder) as address:
        _, headers, _ = ask(address, f"/{name}")

    assert expected == headers["content-type"]


def test_a_folder_shows_its_index_page(folder: Path):
    """`/ky/` is the same page as `/ky/index.html`."""
    with running(folder) as address:
        status, _, body = ask(address, "/ky/")

    assert (200, "<!doctype html><title>Кыргызча</title>") == (status, body.decode())


def test_each_release_is_there_under_its_name_and_the_newest_under_latest(folder: Path):
    """The addresses in feeds and catalogues name it so; what else lies beside is nobody's to read."""
    earlier = folder.with_name("2026-10-abc")
    earlier.mkdir()
    for name in ("index.html", "datapackage.json"):
        (earlier / name).write_text("October", encoding="utf-8")
    latest = folder.with_name("latest")
    latest.symlink_to(folder.name)
    paths = (
        "/ky/",
        "/latest/ky/",
        "/portal/ky/",
        "/2026-10-abc/",
        "/secret.txt",
        "/2026-10-abc/../secret.txt",
    )
    with running(latest) as address:
        found = [(status, body.decode()) for status, _, body in (ask(address, path) for path in paths)]

    page = "<!doctype html><title>Кыргызча</title>"
    assert [(200, page)] * 3 + [(200, "October")] == found[:4]
    assert [404, 404] == [status for status, _ in found[4:]]


@pytest.mark.parametrize("path", ["/index.html", "/nothing.html"])
def test_every_answer_carries_the_security_headers(folder: Path, path: str):
    """Also an error page may load and frame nothing."""
    with running(folder) as address:
        _, headers, _ = ask(address, path)

    assert ("nosniff", "no-referrer", "DENY", True) == (
        headers["x-content-type-options"],
        headers["referrer-policy"],
        headers["x-frame-options"],
        "unsafe-inline" not in headers["content-security-policy"],
    )


@pytest.mark.parametrize(
    "path", ["/../secret.txt", "/%2e%2e/secret.txt", "/ky/..%2f..%2fsecret.txt", "//etc/passwd", "/out.txt"]
)
def test_nothing_outside_the_folder_is_shown(folder: Path, path: str):
    """Dots, encoded dots, absolute paths and links out of the folder all end in "not found"."""
    with running(folder) as address:
        status, _, body = ask(address, path)

    assert (404, False) == (status, b"not for readers" in body)


def test_only_reading_is_allowed(folder: Path):
    """There is nothing to write to."""
    with running(folder) as address:
        status, _, _ = ask(address, "/index.html", method="POST")

    assert 405 == status


def test_a_folder_without_a_portal_is_refused(tmp_path: Path):
    """The message names the folder and what was expected."""
    with pytest.raises(ServeError, match=r"expected a published portal with an index\.html"):
        application(tmp_path)


def test_a_taken_port_is_a_clear_error(folder: Path):
    """The message names the address."""
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]

        with pytest.raises(ServeError, match=f"127.0.0.1:{port}"), running(folder, port=port):
            pass


def test_the_address_is_free_again_after_the_block(folder: Path):
    """Nothing is left running."""
    with running(folder) as address:
        port = urlsplit(address).port

    with pytest.raises(ConnectionRefusedError), socket.create_connection(("127.0.0.1", port or 0), timeout=2):
        pass


@pytest.mark.parametrize(("path", "allowed"), [("/ky/sql/", 1), ("/vendor/duckdb.worker.js", 1), ("/ky/", 0)])
def test_only_the_page_that_asks_with_sql_may_compile_webassembly(folder: Path, path: str, allowed: int):
    """Nothing may make a script of text, there or elsewhere."""
    for name in ("ky/sql/index.html", "vendor/duckdb.worker.js"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text("x", encoding="utf-8")
    with running(folder) as address:
        _, headers, _ = ask(address, path)
    policy = headers["content-security-policy"]

    assert allowed == policy.count("'wasm-unsafe-eval'")
    assert "'unsafe-eval'" not in policy
    assert "default-src 'none'" in policy
