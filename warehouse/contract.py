"""The data contract: which tables are published, with which columns, types, keys and meanings, by version.

`contracts/<version>.yml` is what a version promised; once a release has named it, it never changes again.
A change of SQL needs a new one (`python -m warehouse.contracting` writes it); its number tells what it does
to a reader, after Semantic Versioning 2.0.0.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from warehouse.dictionary import ColumnDoc
from warehouse.errors import ContractError
from warehouse.plain_yaml import read_yaml
from warehouse.published import PublishedTable

FOLDER = Path(__file__).parent / "contracts"
STEPS = ("major", "minor", "patch")

Version = tuple[int, int, int]
Tables = Mapping[str, Mapping[str, Any]]  # table -> meaning, grain, columns


@dataclass(frozen=True, slots=True, kw_only=True)
class Contract:
    """What one version promises."""

    version: Version
    tables: Tables

    @property
    def number(self) -> str:
        """The version as text: 1.0.0."""
        return ".".join(map(str, self.version))


def contracts(folder: Path = FOLDER) -> Sequence[Contract]:
    """Return all versions, oldest first.

    Raises:
        ContractError: a file is not named after a version, or is not what `write` writes.
    """
    return sorted((read(path) for path in folder.glob("*.yml")), key=lambda each: each.version)


@cache
def current() -> Contract:
    """Return the newest version.

    Raises:
        ContractError: there is none, or as `contracts`.
    """
    found = contracts()
    if not found:
        raise ContractError(f"{FOLDER}: holds no contract; `python -m warehouse.contracting` writes one")
    return found[-1]


@cache
def since() -> Mapping[tuple[str, str], str]:
    """Return the version in which each (table, column) was promised first, of all that were ever promised.

    Raises:
        ContractError: as `contracts`.
    """
    first: dict[tuple[str, str], str] = {}
    for contract in contracts():
        for table, said in contract.tables.items():
            for column in said["columns"]:
                first.setdefault((table, column), contract.number)
    return first


def read(path: Path) -> Contract:
    """Return the contract in `path`.

    Raises:
        ContractError: its name or what it holds is not what was expected.
    """
    numbers = path.stem.split(".")
    said = read_yaml(path)
    if len(numbers) != len(STEPS) or not all(number.isdecimal() for number in numbers):
        raise ContractError(f"{path.name}: expected a name like 1.0.0.yml")
    if not isinstance(said, dict) or set(said) != {"version", "tables"} or said["version"] != path.stem:
        raise ContractError(f"{path.name}: expected 'version: {path.stem}' and 'tables'")
    major, minor, patch = map(int, numbers)
    return Contract(version=(major, minor, patch), tables=said["tables"])


def write(contract: Contract, folder: Path = FOLDER) -> Path:
    """Write a contract's file; return its path."""
    path = folder / f"{contract.number}.yml"
    said = {"version": contract.number, "tables": contract.tables}
    path.write_text(yaml.safe_dump(said, allow_unicode=True, sort_keys=False, width=110), encoding="utf-8")
    return path


def sha256(contract: Contract) -> str:
    """Return the digest of what a contract promises, whatever the form of its file."""
    return hashlib.sha256(json.dumps(contract.tables, sort_keys=True).encode()).hexdigest()


def promised(tables: Sequence[PublishedTable]) -> Tables:
    """Return what the SQL promises now."""
    return {
        table.name: {
            "meaning": table.meaning.en,
            "grain": list(table.grain),
            "columns": {column.column: _column(column) for column in table.columns},
        }
        for table in tables
    }


def _column(column: ColumnDoc) -> dict[str, Any]:
    return {"type": column.type, "may_be_empty": column.is_nullable, "meaning": column.meaning.en}
