"""Ask, before a release, whether the tables are what the contract says, and whether that stayed the same."""

import json
from collections.abc import Sequence
from pathlib import Path

from warehouse import checks
from warehouse.checks import CheckResult
from warehouse.contract import current, promised, sha256
from warehouse.contracting import changes
from warehouse.published import PublishedTable

PACKAGE = "datapackage.json"
KEPT, HAS_ITS_VERSION = "tables_keep_the_contract", "contract_has_its_own_version"  # the checks' names


def kept(tables: Sequence[PublishedTable], last: Path) -> list[CheckResult]:
    """Compare `tables` with the newest contract, and that with the one that the release in `last` names."""
    return [
        checks.result(
            KEPT,
            "The tables are what the newest contract says; `python -m warehouse.contracting` writes one.",
            ("step", "change"),
            list(changes(current().tables, promised(tables))),
        ),
        checks.result(
            HAS_ITS_VERSION,
            "A contract that a release named was not changed since without another version.",
            ("version", "sha256_then", "sha256_now"),
            changed_silently(last / PACKAGE),
        ),
    ]


def changed_silently(package: Path) -> list[tuple[str, str, str]]:
    """Return (version, digest then, digest now) where the release of `package` knew it otherwise.

    A package that cannot be read is such a difference, with the reason for a digest: nobody can tell.
    """
    if not package.exists():
        return []
    now = sha256(current())
    try:
        named = json.loads(package.read_text(encoding="utf-8")).get("contract", {})
        version, then = named.get("version"), str(named.get("sha256"))
    except (ValueError, AttributeError) as problem:
        return [(current().number, f"cannot be read ({problem})", now)]
    return [] if version != current().number or then == now else [(current().number, then, now)]
