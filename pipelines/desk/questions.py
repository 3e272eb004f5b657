"""What an operator asks the warehouse: its promises, how sites answered, and what a round found changed."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from pipelines.operating.failures import NothingThereError
from pipelines.scope import Scope
from warehouse import checks, looking_back
from warehouse.build import WAREHOUSE
from warehouse.engine import connect


def check(data: Path) -> Sequence[checks.CheckResult]:
    """Return what each check of the warehouse found, kept promises too.

    Raises:
        NothingThereError: there is no warehouse yet.
    """
    path = data / WAREHOUSE
    if not path.exists():
        raise NothingThereError(f"{path}: not there; `baskych build` makes it")
    with connect(path, read_only=True) as connection:
        return checks.results(connection)


def rounds_of_sites(data: Path, country_id: str) -> Mapping[str, Sequence[looking_back.SiteRound]]:
    """Return how each live site answered, round by round; nothing where there is no warehouse yet."""
    path = data / WAREHOUSE
    if not path.exists():
        return {}
    with connect(path, read_only=True) as connection:
        return looking_back.rounds_of_sites(connection, country_id)


def changes(scope: Scope) -> Sequence[looking_back.Change]:
    """Return what the round of `scope` found changed; nothing where there is no warehouse yet."""
    path = scope.data / WAREHOUSE
    if not path.exists():
        return ()
    with connect(path, read_only=True) as connection:
        return looking_back.changes(connection, scope.country_id, scope.round_id)
