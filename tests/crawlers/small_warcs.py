"""Small WARC files, and what another tool thinks of ours."""

import contextlib
import gzip
import io
from collections.abc import Iterable
from pathlib import Path
from types import SimpleNamespace

from warcio.checker import Checker

ID, DATE = "WARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-", "WARC-Date: 2026-11-05T06:07:08.123456Z"


def record(kind: str, url: str, block: bytes, *, number: int = 0, more: tuple[str, ...] = ()) -> bytes:
    """Return a WARC record."""
    content_type = "text/html" if kind == "resource" else "application/http; msgtype=response"
    header = [
        "WARC/1.1",
        f"WARC-Type: {kind}",
        f"WARC-Target-URI: {url}",
        DATE,
        f"{ID}{number:012}>",
        f"Content-Type: {content_type}",
        *more,
        f"Content-Length: {len(block)}",
    ]
    return "\r\n".join(header).encode() + b"\r\n\r\n" + block + b"\r\n\r\n"


def archive(folder: Path, *records: bytes, name: str = "a.warc.gz") -> Path:
    """Write records as a WARC file, one gzip member each."""
    path = folder / name
    path.write_bytes(b"".join(map(gzip.compress, records)))
    return path


def complaints(files: Iterable[Path]) -> str:
    """Return what `warcio check` has to complain of in `files`: nothing, where they are clean."""
    checked = SimpleNamespace(inputs=[str(path) for path in files], verbose=False)
    said = io.StringIO()
    with contextlib.redirect_stdout(said):
        checker = Checker(checked)
        checker.process_all()
    return said.getvalue() or ("" if checker.exit_value == 0 else f"exit code {checker.exit_value}")
