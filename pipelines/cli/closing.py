"""The last words of a run: what was seen of each site and what not, the services, where everything lies."""

import json
from pathlib import Path

from pipelines.scope import Scope
from pipelines.tables import aligned
from pipelines.tally import RoundTally, SiteTally, tally

_PORT = 8000


def as_text(scope: Scope) -> str:
    """Return the end of a run in words."""
    round_ = tally(scope.data, scope.country_id, scope.round_id)
    return "\n\n".join([sites(round_), stages(round_), places(scope.data, round_)])


def as_json(scope: Scope) -> str:
    """Return the end of a run for a program."""
    round_ = tally(scope.data, scope.country_id, scope.round_id)
    return json.dumps(
        {
            "country_id": round_.country_id,
            "round_id": round_.round_id,
            "sites": [_site(site) for site in round_.sites],
            "services_by_stage": dict(round_.stage_rows()),
            "release": str(_latest(scope.data)),
            "portal": str(_latest(scope.data) / "index.html"),
        },
        ensure_ascii=False,
        indent=2,
    )


def sites(round_: RoundTally) -> str:
    """Return a line for each site: what was seen and found, what was not, and who can mend that."""
    rows = [
        (site.site_id, site.seen, site.service_count, _unseen(site), site.fault or "-")
        for site in round_.sites
    ]
    header = ("site", "pages seen", "services", "not seen", "who can mend it")
    return f"{round_.country_id}, round {round_.round_id}\n\n{aligned(header, rows)}"


def stages(round_: RoundTally) -> str:
    """Return the number of services at each stage."""
    return f"Services by stage\n\n{aligned(('stage', 'services'), list(round_.stage_rows()))}"


def places(data: Path, round_: RoundTally) -> str:
    """Return where captures, tables and portal lie, and how to read the portal."""
    rows = [
        ("captures", str(data / "captures" / round_.round_id)),
        ("warehouse", str(data / "warehouse.duckdb")),
        ("release", str(_latest(data).resolve())),
        ("portal", (_latest(data) / "index.html").as_uri()),
        ("", f"http://127.0.0.1:{_PORT}/ while `make serve` runs"),
    ]
    width = max(len(name) for name, _ in rows)
    return "\n".join(f"  {name:<{width}}  {place}" for name, place in rows)


def _latest(data: Path) -> Path:
    return data / "publish" / "latest"


def _unseen(site: SiteTally) -> str:
    return ", ".join(f"{count} {outcome}" for outcome, count in site.unseen.items()) or "-"


def _site(site: SiteTally) -> dict[str, object]:
    return {
        "site_id": site.site_id,
        "asked": site.asked,
        "seen": site.seen,
        "services": site.service_count,
        "not_seen": {outcome.value: count for outcome, count in site.unseen.items()},
        "who_can_mend_it": site.fault,
    }
