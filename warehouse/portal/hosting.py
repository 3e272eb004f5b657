"""How the files of a release are to be served: their media types and the headers of every answer.

The knowledge is in `hosting.yml`; the work (ranges, conditional requests, staying inside the folder)
is Starlette's.
"""

import os
from fnmatch import fnmatch
from functools import cache
from pathlib import Path
from typing import Any

from starlette.responses import FileResponse, Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from warehouse.plain_yaml import read_yaml

_RULES = Path(__file__).with_name("hosting.yml")


class ReleaseFiles(StaticFiles):
    """Static files with the media types of `hosting.yml`; ranges are answered with 206."""

    def file_response(
        self,
        full_path: str | os.PathLike[str],
        stat_result: os.stat_result,
        scope: Scope,
        status_code: int = 200,
    ) -> Response:
        """Return the file as its kind, or "not modified"."""
        response = super().file_response(full_path, stat_result, scope, status_code)
        known = media_type(Path(full_path))
        if isinstance(response, FileResponse) and known is not None:
            response.media_type = known
            response.headers["content-type"] = (
                f"{known}; charset=utf-8" if known.startswith("text/") else known
            )
        response.headers.update(headers_of(os.fspath(full_path)))
        return response


def media_type(path: Path) -> str | None:
    """Return the media type of `path` by the end of its name, or None where we have no rule."""
    found: str | None = _rules()["media_types"].get(path.suffix.lower())
    return found


def headers_of(path: str) -> dict[str, str]:
    """Return the headers that the file at `path` has in place of those of every answer."""
    found = (given for shape, given in _rules()["headers_of"].items() if fnmatch(path, f"*/{shape}"))
    return dict(next(found, {}))


def headers() -> dict[str, str]:
    """Return the headers that every answer carries."""
    return dict(_rules()["headers"])


@cache
def _rules() -> dict[str, Any]:
    rules: dict[str, Any] = read_yaml(_RULES)
    return rules
