"""Tell whether later rounds rest on captures: whether bodies of their unchanged pages lie there."""

from pathlib import Path

import pyarrow.compute as pc

from crawlers.captures_io import CAPTURES_FILE, read_column


def is_rested_on(folder: Path) -> bool:
    """Return whether a later round of the site repeats captures of `folder` (`…/<round>/<site>`).

    Raises:
        CaptureError: a list of captures cannot be read, so nobody can tell.
    """
    path = folder / CAPTURES_FILE
    if not path.exists():
        return False
    ids = read_column(path, "capture_id").combine_chunks()
    for later in folder.parent.parent.glob(f"*/{folder.name}/{CAPTURES_FILE}"):
        if later.parent.parent.name > folder.parent.name:
            repeated = read_column(later, "revisit_of").drop_null()
            if pc.any(pc.is_in(repeated, value_set=ids)).as_py():
                return True
    return False
