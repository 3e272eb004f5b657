"""A country of two sites with a warehouse that remembers its rounds, for the tests of the operator's desk."""

from pathlib import Path

import duckdb

from pipelines.scope import Scope, scope_of

REGISTRY = """
country: {id: xy, name: {en: Exia}, time_zone: Asia/Bishkek, currency: KGS, languages: [en]}
crawler: {contact: "mailto:crawl@example.org"}
institutions:
  - {id: tax, kind: agency, name: {en: Tax}, source: invented}
sites:
  - {id: xy-tax, institution: tax, seeds: ["https://tax.example/"], stay_under: [tax.example], source: invented}
  - {id: xy-id, institution: tax, seeds: ["https://id.example/"], stay_under: [id.example], source: invented}
"""
_TABLES = """
create table out_coverage (
    country_id text, site_id text, round_id text, state text, status text, main_outcome text
);
create table out_changes (
    country_id text, round_id text, change text, service_id text, name text
);
"""


def country(folder: Path, month: str = "2026-11") -> Scope:
    """Write the registry to `folder`; return the scope of a round of its country."""
    (folder / "xy.yml").write_text(REGISTRY, encoding="utf-8")
    return scope_of(None, folder / "xy.yml", folder / "data", month)


def remember(scope: Scope, site_id: str, **rounds: str | None) -> None:
    """Note in the warehouse what kept us from looking at a site, as r2026_09="blocked"; None: it was seen."""
    with _warehouse(scope) as connection:
        for name, outcome in rounds.items():
            status = "not_seen" if outcome else "seen"
            row = [
                scope.country_id,
                site_id,
                name.removeprefix("r").replace("_", "-"),
                "live",
                status,
                outcome,
            ]
            connection.execute("insert into out_coverage values (?, ?, ?, ?, ?, ?)", row)


def change(scope: Scope, what: str, name: str) -> None:
    """Note in the warehouse that the round of `scope` found a service changed."""
    with _warehouse(scope) as connection:
        row = [scope.country_id, scope.round_id, what, f"xy/tax/{name}", name]
        connection.execute("insert into out_changes values (?, ?, ?, ?, ?)", row)


def _warehouse(scope: Scope) -> duckdb.DuckDBPyConnection:
    path = scope.data / "warehouse.duckdb"
    path.parent.mkdir(parents=True, exist_ok=True)
    is_new = not path.exists()
    connection = duckdb.connect(str(path))
    if is_new:
        connection.execute(_TABLES)
    return connection
