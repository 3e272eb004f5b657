"""A place on disk for the tables in which a round is told."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pipelines.rounds.kept_readings import READINGS
from pipelines.services.tables import Tables, tables


@contextmanager
def tables_in(data: Path, country_id: str) -> Iterator[Tables]:
    """Give empty tables under `data`; nothing of them is left, not even where the process is killed.

    Raises:
        OSError: the file cannot be made. sqlite3.OperationalError: nothing can be written there.
    """
    place = data / READINGS / f"round-{country_id}.sqlite"
    place.parent.mkdir(parents=True, exist_ok=True)
    place.unlink(missing_ok=True)
    place.touch()  # where it cannot be made, the system says why; SQLite does not
    with tables(str(place)) as ours:
        place.unlink()  # what is open stays; its name is nobody's business
        yield ours
