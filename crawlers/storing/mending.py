"""Finish what a process was killed in the middle of, for all sites of a data folder at once.

Whoever reads captures looks for them by name, so nothing half done may lie about under the names of captures
when that begins: a site's folder that was just giving its place to another, or captures put together beside
it that never got their manifest.
"""

from pathlib import Path

from crawlers.captures_io import CAPTURES_FILE
from crawlers.politeness.refusals_io import REFUSALS_FILE
from crawlers.storing.manifest import MANIFEST_FILE
from crawlers.storing.shelf import is_shelved, mend


def mend_all(data: Path) -> None:
    """Let every site's captures in `data` be whole and in their place; the data folder's lock must be held.

    Of a visit that goes on later its journal and archives stay, which are all that it needs.
    """
    beside = [path for path in data.glob("captures/*/*.*") if path.is_dir() and not is_shelved(path)]
    for folder in sorted({path.with_suffix("") for path in beside}):
        mend(folder)
    for part in (path for path in beside if path.is_dir() and not (path / MANIFEST_FILE).exists()):
        for name in (CAPTURES_FILE, REFUSALS_FILE):
            (part / name).unlink(missing_ok=True)
