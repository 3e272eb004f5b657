"""Tell what a change of the published tables does to readers, and write the contract's next version.

python -m warehouse.contracting            what changed, and the file of the next version
python -m warehouse.contracting --amend    the newest file again: no release has named it yet
"""

import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from warehouse import contract as contracting
from warehouse.build import build
from warehouse.contract import STEPS, Contract, Tables, Version, contracts, promised
from warehouse.engine import connect
from warehouse.published import published

KEPT_VERSIONS = 2  # for so many versions, what was removed lives on in the schema `before`

Change = tuple[str, str]  # step, what changed in words


def changes(old: Tables, new: Tables) -> Iterator[Change]:
    """Yield each change with its step: major may break a query, minor adds, patch rewords."""
    for table in sorted(old.keys() - new.keys()):
        yield "major", f"{table}: removed"
    for table in sorted(new.keys() - old.keys()):
        yield "minor", f"{table}: added"
    for table in sorted(old.keys() & new.keys()):
        before, after = old[table], new[table]
        if before["grain"] != after["grain"]:
            yield "major", f"{table}: grain {before['grain']} is now {after['grain']}"
        if before["meaning"] != after["meaning"]:
            yield "patch", f"{table}: meaning reworded"
        yield from _of_columns(table, before["columns"], after["columns"])


def _of_columns(table: str, old: dict[str, Any], new: dict[str, Any]) -> Iterator[Change]:
    for column in sorted(old.keys() - new.keys()):
        yield "major", f"{table}.{column}: removed"
    for column in sorted(new.keys() - old.keys()):
        yield "minor", f"{table}.{column}: added"
    for column in sorted(old.keys() & new.keys()):
        before, after = old[column], new[column]
        if before["type"] != after["type"]:
            yield "major", f"{table}.{column}: {before['type']} is now {after['type']}"
        if before["may_be_empty"] != after["may_be_empty"]:
            is_wider = after["may_be_empty"]
            yield (
                ("major", f"{table}.{column}: may be empty")
                if is_wider
                else (
                    "minor",
                    f"{table}.{column}: never empty",
                )
            )
        if before["meaning"] != after["meaning"]:
            yield "patch", f"{table}.{column}: meaning reworded"


def step_of(found: Sequence[Change]) -> str | None:
    """Return the greatest step that a change of `found` asks for; None where nothing changed."""
    return min((step for step, _ in found), key=STEPS.index, default=None)


def after(version: Version, step: str) -> Version:
    """Return the version that follows `version` by a step."""
    major, minor, patch = version
    return {
        "major": (major + 1, 0, 0),
        "minor": (major, minor + 1, 0),
        "patch": (major, minor, patch + 1),
    }[step]


def owed(versions: Sequence[Contract]) -> set[tuple[str, str]]:
    """Return (table, column) of what the last versions removed: readers may still ask `before` for it."""
    recent = versions[-KEPT_VERSIONS - 1 :]
    now = recent[-1].tables if recent else {}
    return {
        (table, column)
        for contract in recent
        for table, said in contract.tables.items()
        for column in said["columns"]
        if column not in now.get(table, {"columns": {}})["columns"]
    }


def promised_now() -> Tables:
    """Return what the SQL promises: an empty warehouse has all its tables."""
    with tempfile.TemporaryDirectory() as folder:
        build(Path(folder), threads=1)
        with connect(Path(folder) / "warehouse.duckdb", read_only=True) as connection:
            return promised(published(connection))


def next_version(versions: Sequence[Contract], tables: Tables) -> tuple[Contract, list[Change]]:
    """Return the contract that `tables` need, and why; the newest of `versions` where nothing changed."""
    if not versions:
        return Contract(version=(1, 0, 0), tables=tables), [("major", "the first version")]
    found = list(changes(versions[-1].tables, tables))
    step = step_of(found)
    if step is None:
        return versions[-1], []
    return Contract(version=after(versions[-1].version, step), tables=tables), found


def main(arguments: Sequence[str]) -> None:
    """Write the next version, or with `--amend` the newest again, and say what changed."""
    versions, tables = contracts(), promised_now()
    made, found = next_version(versions, tables)
    if found and versions and "--amend" in arguments:
        made = replace(versions[-1], tables=tables)
    for step, words in found:
        sys.stdout.write(f"{step}: {words}\n")
    place = contracting.write(made) if found else "nothing changed"
    sys.stdout.write(f"{made.number}: {place}\n")


if __name__ == "__main__":
    main(sys.argv[1:])
