"""Gather what earlier rounds know of a site before it is visited again."""

from collections.abc import Sequence
from pathlib import Path

import structlog

from crawlers.errors import CaptureError
from crawlers.reports import read_report
from crawlers.visiting.coming_back import coming_back_rules
from crawlers.visiting.earlier import earlier_folders, remember
from crawlers.visiting.returning import Fetch, Returning
from crawlers.visiting.service_addresses import service_addresses

_log = structlog.get_logger("crawlers")


def returning(fetch: Fetch, folder: Path, country_id: str) -> Returning:
    """Return the way to ask for the pages of the site that `folder` (`…/<round>/<site>`) will hold."""
    folders = earlier_folders(folder, coming_back_rules().remembered_rounds)
    data = folder.parent.parent.parent
    services = service_addresses(data, country_id, _last_seen(folders).parent.name) if folders else None
    return Returning(fetch, remember(folders), services)


def _last_seen(folders: Sequence[Path]) -> Path:
    """The last of `folders` whose visit saw a page, for one that is down speaks of nothing; else the last."""
    return next((folder for folder in reversed(folders) if _saw_a_page(folder)), folders[-1])


def _saw_a_page(folder: Path) -> bool:
    try:
        return read_report(folder).seen_count > 0
    except CaptureError as failure:  # nothing says that it was down
        _log.warning("report_unreadable", folder=str(folder), why=str(failure))
        return True
