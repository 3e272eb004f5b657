"""Read a manifest's line: which file, and where it came from."""

import json
from dataclasses import dataclass

from pipelines.inspecting.sources import InspectError, checked_address

_EXPECTED = 'expected {"file": "path beside the manifest", "url": "https://…" or null}'


@dataclass(frozen=True, slots=True, kw_only=True)
class ManifestRow:
    """One page to look at; other keys of its line are ignored."""

    file: str
    url: str | None


def read_row(line: str, named: str) -> ManifestRow:
    """Return what a line asks for; `named` says which line of which manifest it is.

    Raises:
        InspectError: the line is no JSON object with a file and perhaps a web address.
    """
    try:
        row = json.loads(line)
    except (ValueError, RecursionError) as failure:
        raise InspectError(f"{named}: {line!r} is no JSON ({failure}); {_EXPECTED}") from failure
    if not isinstance(row, dict):
        raise InspectError(f"{named}: {line!r}; {_EXPECTED}")
    file = row.get("file")
    if not isinstance(file, str) or not file:
        raise InspectError(f"{named}: file: {file!r}; {_EXPECTED}")
    return ManifestRow(file=file, url=checked_address(row.get("url"), f"{named}: url"))
