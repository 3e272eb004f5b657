"""Know what a host shows for a page that does not exist, where it does not say so by its status (case D7).

One request for an address that nobody can have made is enough: pages that say the same are none either.
What the words of a page mean (under construction, not found) is decided when pages are read, not here.
"""

import hashlib
from collections.abc import Iterable
from urllib.parse import unquote

from crawlers.visiting.near_duplicates import digest_of

_ECHOED = 4  # characters from which on a part of an address is looked for on its page


def address_of_nothing(origin: str) -> str:
    """Return an address of a host at which there can be no page; always the same, so caches may help."""
    return f"{origin}/no-such-page-{hashlib.sha256(origin.encode()).hexdigest()[:12]}"


class MissingPages:
    """What the hosts of one site show for pages that do not exist."""

    def __init__(self) -> None:
        """Begin without knowledge."""
        self._faces: dict[str, frozenset[int]] = {}

    def learn(self, origin: str, url: str, lines: Iterable[str], first_page: Iterable[str]) -> None:
        """Remember what `url`, an address of nothing, showed with a status of success.

        Not where the host shows the same at its first page: then that tells nothing apart.
        """
        face = _face(url, lines)
        if face and face != _face(url, first_page):
            self._faces[origin] = face

    def knows(self, origin: str) -> bool:
        """Whether a host is known to show something for pages that do not exist."""
        return origin in self._faces

    def is_missing(self, origin: str, url: str, lines: Iterable[str]) -> bool:
        """Whether the page at `url` shows just what the host shows for pages that do not exist."""
        return self._faces.get(origin) == _face(url, lines)


def _face(url: str, lines: Iterable[str]) -> frozenset[int]:
    """What a page says, without lines that repeat a part of its own address, and without dates."""
    parts = [part for part in unquote(url).lower().split("/")[3:] if len(part) >= _ECHOED]
    said = (line for line in lines if not any(part in line.lower() for part in parts))
    return frozenset(map(digest_of, said))
