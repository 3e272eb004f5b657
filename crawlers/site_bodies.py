"""Tell which captures of a site have a body that can be read, without reading any."""

from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import NamedTuple

from crawlers.captures import Capture
from crawlers.captures_io import CAPTURES_FILE, places_of, read_fields, traced
from crawlers.errors import CaptureError
from crawlers.stores.reach import size_of


class Whereabouts(NamedTuple):
    """Where the body of a capture lies: some of the fields of `Capture`."""

    capture_id: str
    revisit_of: str | None
    warc_file: str | None
    warc_offset: int | None
    warc_length: int | None


class SiteBodies:
    """The bodies of a site's captures in a round: each file that has some is looked at once."""

    def __init__(self, folder: Path, captures: Iterable[Capture]) -> None:
        """Look at those of `captures`, which lie in `folder`, as the files are now."""
        self._folder = folder
        self._own = {capture.capture_id: capture for capture in captures}
        self._earlier, self._places = cache(_whereabouts), cache(places_of)
        self._size = cache(lambda place, name: size_of(place / name))

    def has(self, capture: Capture) -> bool:
        """Return whether the file that has the body of `capture` is there, and long enough to hold it.

        Whether its bytes are what they were is not looked at.
        """
        asked: Capture | Whereabouts = capture
        try:
            place, original = traced(self._folder, asked, self._told, self._places)
        except CaptureError:
            return False
        if original.warc_file is None or original.warc_offset is None or original.warc_length is None:
            return False
        size = self._size(place, original.warc_file)
        return size is not None and size >= original.warc_offset + original.warc_length

    def _told(self, folder: Path) -> Mapping[str, Capture | Whereabouts]:
        return self._own if folder is self._folder else self._earlier(folder)


def _whereabouts(folder: Path) -> dict[str, Whereabouts]:
    """Where the bodies of the captures in a folder lie; nothing where it has no list of them."""
    path = folder / CAPTURES_FILE
    if not path.exists():
        return {}
    return {told.capture_id: told for told in map(Whereabouts._make, read_fields(path, Whereabouts._fields))}
