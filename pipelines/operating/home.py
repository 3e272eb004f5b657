"""Where Dagster remembers: the same place for the command line and for the page that shows its runs."""

from collections.abc import Mapping
from pathlib import Path


def dagster_home(environment: Mapping[str, str]) -> Path:
    """Return the folder whose `dagster.yaml` counts: `DAGSTER_HOME`, else the one in which we are."""
    return Path(environment.get("DAGSTER_HOME") or Path.cwd()).resolve()
