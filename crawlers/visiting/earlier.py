"""What earlier rounds know of a site's addresses: their bodies, and how often each was found unchanged.

Only what our own visits saw counts. An address that could not be looked at in a round is forgotten: it is
asked for in full the next time.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import structlog

from crawlers.captures import AROUND_DEPTH, Capture, RenderMode
from crawlers.captures_io import CAPTURES_FILE, read_captures
from crawlers.errors import CaptureError
from crawlers.outcomes import Outcome

_log = structlog.get_logger("crawlers")


@dataclass(slots=True, kw_only=True)
class Known:
    """What is known of one address from earlier rounds."""

    original: Capture  # whose body the address had when it was last seen
    folder: Path  # in which that lies
    latest: Capture  # the last time that it was seen
    unchanged_looks: int = 0  # in a row, up to the last
    rounds_since_look: int = 0  # 1: it was seen in the round before this one
    rounds_since_full: int = 0  # since the server last sent the whole body

    @property
    def is_nothing(self) -> bool:
        """Whether there was nothing: no sitemap, or the "not found" that an address of nothing deserves."""
        return self.original.outcome is Outcome.GONE


def earlier_folders(folder: Path, most: int) -> list[Path]:
    """Return the folders of the same site in at most `most` rounds before that of `folder`, oldest first.

    The round of `folder` itself is not among them: what it has of the site will make room for the new visit,
    so nothing may rest on it.
    """
    rounds = sorted(folder.parent.parent.glob(f"*/{folder.name}/{CAPTURES_FILE}"))
    return [path.parent for path in rounds if path.parent.parent.name < folder.parent.name][-most:]


def remember(folders: Sequence[Path]) -> dict[str, Known]:
    """Return what the rounds in `folders`, oldest first, know of each address.

    A round whose captures cannot be read is told in the log; nothing from before it is used.
    """
    known: dict[str, Known] = {}
    for folder in folders:
        try:
            add_round(known, folder, read_captures(folder))
        except CaptureError as failure:
            _log.warning("earlier_round_unreadable", folder=str(folder), why=str(failure))
            known.clear()
    return known


def add_round(known: dict[str, Known], folder: Path, captures: Iterable[Capture]) -> None:
    """Add the captures of the next round, which lie in `folder`, to what is `known`."""
    for page in known.values():
        page.rounds_since_look += 1
        page.rounds_since_full += 1
    rows = tuple(captures)
    asked = {row.url: row for row in rows if row.source == "web"}
    asked |= {row.url: row for row in rows if is_good(row)}  # a look outweighs the attempts beside it
    # A page that scripts fill says nothing by what the server sends: it is asked for in full, and rendered.
    rendered = {row.url for row in rows if row.render_mode is RenderMode.RENDERED}
    for url, row in asked.items():
        later = _after(known.get(url), row, folder) if is_good(row) and url not in rendered else None
        if later:
            known[url] = later
        elif url in known:
            del known[url]


def is_good(capture: Capture) -> bool:
    """Whether a capture of ours says what a page's whole body was, or that there is nothing around pages."""
    if capture.source != "web":
        return False
    if capture.outcome is Outcome.GONE:
        return capture.depth == AROUND_DEPTH and capture.warc_file is not None
    if capture.outcome is Outcome.OK:
        return capture.http_status == 200 and capture.warc_file is not None  # noqa: PLR2004 - HTTP's "OK"
    return capture.outcome in {Outcome.UNCHANGED, Outcome.NOT_DUE} and capture.revisit_of is not None


def _after(page: Known | None, row: Capture, folder: Path) -> Known | None:
    """What is known of an address after `row`; None where the row repeats what we no longer have."""
    if row.outcome in {Outcome.OK, Outcome.GONE}:
        is_same = page is not None and page.original.body_sha256 == row.body_sha256
        looks = page.unchanged_looks + 1 if page and is_same else 0
        return Known(original=row, folder=folder, latest=row, unchanged_looks=looks, **_JUST_SEEN)
    if page is None or page.original.capture_id != row.revisit_of:
        return None
    if row.outcome is Outcome.UNCHANGED:
        page.latest = row
        page.unchanged_looks += 1
        page.rounds_since_look = 1
        page.rounds_since_full = page.rounds_since_full if row.http_status == 304 else 1  # noqa: PLR2004 - no body came
    return page


_JUST_SEEN = {"rounds_since_look": 1, "rounds_since_full": 1}
