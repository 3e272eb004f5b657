"""The last words of a command: what was seen of each site and what not, the services, where it all lies."""

import json
from pathlib import Path

from crawlers.stores.place import place_of
from crawlers.stores.reach import told
from pipelines.operating.tables import aligned
from pipelines.rounds.tally import RoundTally, SiteTally, tally
from pipelines.scope import Scope
from warehouse.release import Release

PORTAL_ADDRESS = "http://127.0.0.1:8000/"


def as_text(scope: Scope) -> str:
    """Return the end of a run in words."""
    return "\n\n".join([of_sites(scope), of_services(scope), _places(scope.data, scope.round_id)])


def as_json(scope: Scope) -> str:
    """Return the end of a run for a program."""
    round_, latest = _tally(scope), _latest(scope.data)
    return json.dumps(
        {
            "country_id": round_.country_id,
            "round_id": round_.round_id,
            "sites": [_site(site) for site in round_.sites],
            "services_by_stage": dict(round_.stage_rows()),
            "release": told(latest.resolve()),
            "portal": told(latest / "index.html"),
        },
        ensure_ascii=False,
        indent=2,
    )


def of_sites(scope: Scope) -> str:
    """Return a line for each site: what was seen and found, what was not, and who can mend that."""
    round_ = _tally(scope)
    rows = [
        (one.site_id, one.seen, one.service_count, _unseen(one), one.fault or "-") for one in round_.sites
    ]
    table = aligned(("site", "pages seen", "services", "not seen", "who can mend it"), rows)
    reached = sum(site.seen > 0 for site in round_.sites)
    heading = f"{round_.country_id}, round {round_.round_id}: {round_.seen} pages seen"
    return f"{heading} on {reached} of {len(round_.sites)} sites\n\n{table}"


def of_captures(scope: Scope) -> str:
    """Return a line for each site before its pages are read: how many opened, what kept the others shut."""
    round_ = tally(scope.data, scope.country_id, scope.round_id, as_captured=True)
    rows = [(one.site_id, one.seen, _unseen(one), one.fault or "-") for one in round_.sites]
    table = aligned(("site", "pages opened", "not opened", "who can mend it"), rows)
    reached = sum(site.seen > 0 for site in round_.sites)
    heading = f"{round_.country_id}, round {round_.round_id}: {round_.seen} pages opened"
    return f"{heading} on {reached} of {len(round_.sites)} sites\n\n{table}"


def of_services(scope: Scope) -> str:
    """Return the number of services at each stage."""
    round_ = _tally(scope)
    table = aligned(("stage", "services"), list(round_.stage_rows()))
    return f"Services of {round_.country_id} in {round_.round_id}, by stage\n\n{table}"


def of_release(release: Release, data: Path, store: str | None = None) -> str:
    """Return what was published, what somebody should look at, and where it lies.

    `store`: the store that has all of `data` by now.
    """
    warnings = [f"  look at: {warning.words()}" for warning in release.warnings]
    return "\n".join(
        [
            f"Published {release.version}: {release.file_count} files",
            *warnings,
            "",
            _on_store(store, release.version) if store else _places(data),
        ]
    )


def _places(data: Path, round_id: str | None = None) -> str:
    """Return where captures, tables and portal lie, and how to read the portal."""
    data, latest = data.resolve(), _latest(data)
    if place_of(data):
        return _on_store(told(data), latest.resolve().name, round_id)
    return _listed(
        ("captures", data / "captures" / (round_id or "")),
        ("warehouse", data / "warehouse.duckdb"),
        ("release", latest.resolve()),
        ("portal", f"{(latest / 'index.html').as_uri()}  (opens without a server)"),
        ("", f"{PORTAL_ADDRESS}  (while {_serving(data)} runs)"),
    )


def _on_store(store: str, version: str, round_id: str | None = None) -> str:
    """Return the same of a store."""
    return _listed(
        ("captures", "/".join(filter(None, (store, "captures", round_id)))),
        ("warehouse", f"{store}/warehouse.duckdb"),
        ("release", f"{store}/publish/{version}"),
        ("portal", f"{PORTAL_ADDRESS}  (while `baskych serve --data {store}` runs)"),
    )


def _listed(*rows: tuple[str, object]) -> str:
    return "\n".join(f"  {name:<9}  {where}" for name, where in rows)


def _serving(data: Path) -> str:
    """The command that serves the portal of `data`."""
    return "`make serve`" if data == Path("data").resolve() else f"`baskych serve --data {data}`"


def _tally(scope: Scope) -> RoundTally:
    return tally(scope.data, scope.country_id, scope.round_id)


def _latest(data: Path) -> Path:
    return data.resolve() / "publish" / "latest"


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
