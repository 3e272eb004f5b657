"""What a dry run of publishing says."""

from collections.abc import Iterable
from pathlib import Path

from pipelines.cli.options import NOTHING_DONE
from warehouse.checks import CheckResult
from warehouse.plan import OF_FILES, ReleasePlan


def of_release(plan: ReleasePlan, data: Path) -> str:
    """Return what publishing would do, what the gate finds now, and what is known only once it is done."""
    rows = sum(count for _, count in plan.rows)
    asked = f"{len(plan.found)} checks of the tables are asked; {len(plan.stopping) or 'none'} would stop it"
    lines = (
        f"A release of {len(plan.rows)} tables with {rows} rows would be made, if the gate lets it pass",
        f"  where       {data.resolve() / 'publish'}",
        f"  its name    {plan.round_id}-…: the rest is a digest of its files, known once they are written",
        f"  till then   {plan.last or 'no release'} is what readers have",
        f"  the gate    {asked}",
        f"              {', '.join(OF_FILES)}: asked once the files are written",
        *_told("stops it", plan.stopping),
        *_told("approved", plan.approved),
        *_told("look at", plan.warnings),
    )
    return "\n".join((NOTHING_DONE, "", *lines))


def _told(what: str, found: Iterable[CheckResult]) -> Iterable[str]:
    return (f"  {what:<10}  {each.words()}" for each in found)
