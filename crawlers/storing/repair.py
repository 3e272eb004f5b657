"""Bring what a killed visit left to the last moment at which all of it was whole.

The rule: the journal's lines are believed in their order, up to the first that is cut or whose records are
not whole (each gzip member is unpacked to its checksum). The journal is cut there; every WARC file is cut
to the end that its last believed line states; a file that no line vouches for goes. So a record without
its line is removed, and a line without its record too: the counts of both always agree.
"""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from crawlers.errors import CaptureError
from crawlers.storing.journal import JOURNAL_FILE, Entry, lines
from crawlers.storing.sums import Sums, sums_of, whole_members

WARCS = "*.warc.gz"


@dataclass(frozen=True, slots=True, kw_only=True)
class Repaired:
    """What was kept, and how much had to go."""

    sums: Mapping[str, Sums]  # of the WARC files that are left, by name
    cut_bytes: int  # of all files together


def repair(part: Path) -> Repaired:
    """Repair the folder of a visit; doing it again changes nothing.

    Raises:
        OSError: a file cannot be read or cut.
    """
    ends = _believed(part)
    cut_bytes = 0
    for path in sorted((*part.glob(WARCS), *part.glob(JOURNAL_FILE))):
        cut_bytes += _cut(path, ends.get(path.name, 0))
    warcs = sorted(ends.keys() - {JOURNAL_FILE})
    return Repaired(sums={name: sums_of(part / name) for name in warcs}, cut_bytes=cut_bytes)


def _believed(part: Path) -> dict[str, int]:
    """Where what can be believed of each file ends, in bytes."""
    whole = {path.name: sum(len(member) for member, _ in whole_members(path)) for path in part.glob(WARCS)}
    ends: dict[str, int] = {}
    try:
        for line in lines(part):
            if not _is_whole(line.entry, whole):
                break
            ends[JOURNAL_FILE] = line.end
            if line.entry.capture.warc_file is not None:
                ends[line.entry.capture.warc_file] = line.entry.warc_end or 0
    except CaptureError:
        return ends  # a line that the disk did not keep, after a loss of power: back to before it
    return ends


def _is_whole(entry: Entry, whole: Mapping[str, int]) -> bool:
    """Whether the records that a line vouches for are there to their ends."""
    name = entry.capture.warc_file
    return name is None or (entry.warc_end or 0) <= whole.get(name, -1)


def _cut(path: Path, size: int) -> int:
    """Cut a file, which goes where nothing of it is left; return by how many bytes."""
    surplus = path.stat().st_size - size
    if size == 0:
        path.unlink()
    elif surplus:
        os.truncate(path, size)
    return surplus
