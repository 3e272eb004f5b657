"""For how long a run may last: `runtimes.yml`, as the tag by which Dagster ends it and starts it again."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Literal

from pydantic import PositiveInt

from crawlers.errors import RegistryError
from crawlers.strict_yaml import load_model
from pipelines.strict import Strict

TAG = "dagster/max_runtime"
UNBOUNDED = {TAG: "0"}  # what a person looks on at
_FILE = Path(__file__).with_name("runtimes.yml")


class Runtimes(Strict):
    """Everything in `runtimes.yml`, in seconds."""

    round: PositiveInt
    site: PositiveInt
    desk: PositiveInt


@cache
def runtimes() -> Runtimes:
    """Return the numbers of `runtimes.yml`.

    Raises:
        RegistryError: a key is unknown, missing, or no number above nought.
    """
    return load_model(_FILE, Runtimes, RegistryError)


def at_most(kind: Literal["round", "site", "desk"]) -> Mapping[str, str]:
    """Return the tag of a job of this kind, to be given as `tags`: of `run_tags` only schedules know."""
    return {TAG: str(getattr(runtimes(), kind))}
