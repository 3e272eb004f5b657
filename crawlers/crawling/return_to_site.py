"""Gather what earlier rounds know of a site before it is visited again."""

from pathlib import Path

from crawlers.visiting.coming_back import coming_back_rules
from crawlers.visiting.earlier import earlier_folders, remember
from crawlers.visiting.returning import Fetch, Returning
from crawlers.visiting.service_addresses import service_addresses


def returning(fetch: Fetch, folder: Path, country_id: str) -> Returning:
    """Return the way to ask for the pages of the site that `folder` (`…/<round>/<site>`) will hold."""
    folders = earlier_folders(folder, coming_back_rules().remembered_rounds)
    data = folder.parent.parent.parent
    services = service_addresses(data, country_id, folders[-1].parent.name) if folders else None
    return Returning(fetch, remember(folders), services)
