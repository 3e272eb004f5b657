"""A real pywb on loopback, the web archive software that national libraries replay with.

pywb needs other versions of some packages than Scrapy does, so it lives in an environment of its own:
`.venv/pywb` (made by `make pywb`), or the folder of its commands that BASKYCH_PYWB names.
"""

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterable
from pathlib import Path
from typing import Self

import pytest

COMMANDS = Path(os.environ.get("BASKYCH_PYWB") or Path(sys.prefix) / "pywb" / "bin")
needs_pywb = pytest.mark.skipif(
    not (COMMANDS / "wayback").exists(), reason=f"no pywb in {COMMANDS}: `make pywb` puts it there"
)
_PATIENCE_SECONDS = 60


class Pywb:
    """A pywb server with one collection, `old`."""

    def __init__(self, folder: Path, archives: Iterable[Path]) -> None:
        """Keep the collection in `folder`, and put WARC or WACZ files into it."""
        self._folder = folder
        self._manage("init", "old")
        self._manage("add", "--unpack-wacz", "old", *map(str, archives))
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        self.address = f"http://127.0.0.1:{port}/old"
        self._log = (folder / "log").open("wb")
        self._server = subprocess.Popen(
            [COMMANDS / "wayback", "--port", str(port), "--bind", "127.0.0.1"],
            cwd=folder,
            stdout=self._log,
            stderr=subprocess.STDOUT,
        )

    def __enter__(self) -> Self:
        """Return the server once it answers."""
        ends = time.monotonic() + _PATIENCE_SECONDS
        while time.monotonic() < ends and self._server.poll() is None:
            try:
                self.fetch(f"{self.address}/cdx?url=http://none.example/&output=json")
            except OSError:
                time.sleep(0.1)
            else:
                return self
        self.__exit__()
        raise RuntimeError(f"pywb did not start: {(self._folder / 'log').read_text()}")

    def __exit__(self, *_: object) -> None:
        """End the server."""
        self._server.kill()
        self._server.wait()
        self._log.close()

    @staticmethod
    def fetch(url: str) -> tuple[int, bytes]:
        """Return status and body, redirects not followed."""
        opener = urllib.request.build_opener(_NoRedirects)
        try:
            with opener.open(url, timeout=_PATIENCE_SECONDS) as answer:
                return int(answer.status), answer.read()
        except urllib.error.HTTPError as answer:
            return answer.code, answer.read()

    def _manage(self, *arguments: str) -> None:
        subprocess.run(
            [COMMANDS / "wb-manager", *arguments], cwd=self._folder, check=True, capture_output=True
        )


class _NoRedirects(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_: object) -> None:
        """Follow nothing."""
