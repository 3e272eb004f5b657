"""A country of two sites with a warehouse that remembers its rounds, for the tests of the operator's desk."""

from dataclasses import MISSING, fields
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import duckdb

from crawlers.captures import Capture
from crawlers.captures_io import write_captures
from crawlers.outcomes import Outcome
from pipelines.desk import questions
from pipelines.scope import Scope, scope_of
from pipelines.steps import building, crawling, publishing, understanding

STEPS = (
    (crawling, "crawl"),
    (understanding, "understand_sites"),
    (understanding, "understand_round"),
    (building, "build"),
    (questions, "check"),
    (publishing, "publish"),
)
REGISTRY = """
country: {id: xy, name: {en: Exia}, time_zone: Asia/Bishkek, currency: KGS, languages: [en]}
crawler: {contact: "mailto:crawl@example.org"}
institutions:
  - {id: tax, kind: agency, name: {en: Tax}, source: invented}
sites:
  - {id: xy-tax, institution: tax, seeds: ["https://t.example/"], stay_under: [t.example], source: invented}
  - {id: xy-id, institution: tax, seeds: ["https://i.example/"], stay_under: [i.example], source: invented}
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


def leave_captures(scope: Scope, site_id: str) -> None:
    """Leave what a crawl of a site leaves: a page that was seen, and one that was blocked."""
    folder = scope.data / "captures" / scope.round_id / site_id
    folder.mkdir(parents=True, exist_ok=True)
    write_captures(folder, [_capture(site_id, 0, Outcome.OK), _capture(site_id, 1, Outcome.BLOCKED)])


def _capture(site_id: str, seq: int, outcome: Outcome) -> Capture:
    plain: dict[str, Any] = dict.fromkeys(one.name for one in fields(Capture) if one.default is MISSING)
    return Capture(
        **plain
        | {
            "capture_id": f"{site_id}-{seq}",
            "country_id": "xy",
            "round_id": "2026-11",
            "site_id": site_id,
            "seq": seq,
            "url": f"https://example.org/{seq}",
            "depth": 0,
            "source": "web",
            "captured_at": datetime(2026, 11, 1, tzinfo=UTC),
            "outcome": outcome,
            "byte_count": 0,
            "delay_seconds": 0.0,
            "elapsed_seconds": 0.0,
        }
    )
