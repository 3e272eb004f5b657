"""Where records lie under `data/`: one place that knows the names of files."""

from collections.abc import Iterable
from pathlib import Path

from crawlers.captures_io import CAPTURES_FILE


def captures_folder(data: Path, round_id: str, site_id: str) -> Path:
    """Return the folder of a site's captures of a round."""
    return data / "captures" / round_id / site_id


def captured_sites(data: Path, round_id: str, country_id: str) -> list[str]:
    """Return the ids of the country's sites that have captures in a round, sorted."""
    folders = (data / "captures" / round_id).glob(f"{country_id}-*/{CAPTURES_FILE}")
    return sorted(path.parent.name for path in folders)


def core_file(data: Path, table: str, round_id: str, name: str) -> Path:
    """Return the file of a table for a round; `name` is a site's id, or a country's if one file holds all."""
    return data / "core" / table / f"round={round_id}" / f"{name}.parquet"


def remove_others(data: Path, table: str, round_id: str, country_id: str, keep: Iterable[str]) -> list[Path]:
    """Remove the country's files of a table and round for sites not in `keep`; return what was removed."""
    kept = {core_file(data, table, round_id, name) for name in keep}
    found = core_file(data, table, round_id, "x").parent.glob(f"{country_id}-*.parquet")
    gone = sorted(path for path in found if path not in kept)
    for path in gone:
        path.unlink()
    return gone
