"""Tell a round that was concluded from what it was before, by the rows in which its services can be known."""

import hashlib
from collections.abc import Iterable, Mapping
from pathlib import Path

from pipelines.rounds.core_files import core_file
from pipelines.rounds.file_digests import FileDigests

TABLES = ("services", "service_names", "service_aliases", "service_facts")


def concluded_rounds(data: Path, country_id: str, rounds: Iterable[str]) -> Mapping[str, str]:
    """Return those of `rounds` that were concluded, in their order, each with one SHA-256 for its TABLES.

    Raises:
        OSError: a file cannot be read.
    """
    found = {}
    with FileDigests(data, country_id) as digests:
        for round_id in rounds:
            files = [digests.of(core_file(data, table, round_id, country_id)) for table in TABLES]
            if any(files):
                found[round_id] = hashlib.sha256("\n".join(one or "-" for one in files).encode()).hexdigest()
    return found
