"""Where crawls of one person leave word for each other: one folder, whatever their data folders are.

It is `$BASKYCH_STATE`, else `baskych` in `$XDG_STATE_HOME`, else `~/.local/state/baskych` (XDG Base
Directory Specification). Crawls that do not share it know nothing of each other.
"""

import os
from collections.abc import Mapping
from pathlib import Path

from crawlers.errors import StateFolderError
from crawlers.writable import could_write

_HOSTS = "hosts"


def state_folder(environment: Mapping[str, str] = os.environ) -> Path:
    """Return the folder; it need not be there."""
    own = environment.get("BASKYCH_STATE")
    if own:
        return Path(own)
    base = environment.get("XDG_STATE_HOME")
    return (Path(base) if base else Path.home() / ".local" / "state") / "baskych"


def hosts_folder(environment: Mapping[str, str] = os.environ) -> Path:
    """Return the folder of the hosts' queues, made if it is not there.

    Raises:
        StateFolderError: it cannot be written to; then nobody could promise any host its pause.
    """
    folder = state_folder(environment) / _HOSTS
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as failure:
        raise StateFolderError(
            f"{folder}: {failure.strerror}; set BASKYCH_STATE to a folder of yours"
        ) from failure
    refuse_no_hosts_folder(environment)
    return folder


def refuse_no_hosts_folder(environment: Mapping[str, str] = os.environ) -> None:
    """Refuse to crawl where hosts' queues could not be kept; make nothing.

    Raises:
        StateFolderError: the folder cannot be made, or written to.
    """
    folder = state_folder(environment) / _HOSTS
    if not could_write(folder):
        raise StateFolderError(f"{folder}: not yours to write to; set BASKYCH_STATE to a folder of yours")
