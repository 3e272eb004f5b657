"""What one run came to: harvested, failed and whose fault, changed, released or refused and why.

A digest is gathered from the files that the run left and from what its runner knows of it (`Story`).
"""

import json
import shutil
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Any, Literal

from pipelines.desk import questions
from pipelines.desk.rhythm import Freshness
from pipelines.desk.silence import look
from pipelines.operating.exits import Exit
from pipelines.operating.failures import exit_named
from pipelines.rounds.tally import SiteTally, tally
from pipelines.scope import Scope
from warehouse.looking_back import Change

_BYTES_IN_GIB = 1024**3


@dataclass(frozen=True, slots=True, kw_only=True)
class FailedCheck:
    """A check that a run asked and that failed."""

    name: str
    is_error: bool  # else it only warns
    found: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """What the runner of a run knows of it, and no file tells."""

    run_id: str
    job: str
    status: Literal["success", "failure", "canceled"]
    began_at: datetime
    ended_at: datetime
    failed_step: str | None = None
    error_kind: str | None = None  # name of the exception's class
    why: str | None = None
    version: str | None = None  # of the release that it made
    failed_checks: Sequence[FailedCheck] = ()

    @property
    def exit_code(self) -> Exit | None:
        """The number by which the command line would have told the failure."""
        return exit_named(self.error_kind) if self.error_kind else None

    @property
    def name(self) -> str:
        """The name of its digest's files: when it ended, UTC, and which run it was."""
        return f"{self.ended_at.astimezone(UTC):%Y-%m-%dT%H%M%S}-{self.run_id[:8]}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Digest:
    """What one run came to."""

    country_id: str
    round_id: str
    story: Story
    sites: Sequence[SiteTally]
    service_count: int
    changes: Sequence[Change]
    silent: Sequence[Freshness]  # the stale sites only
    latest: str | None  # version that readers see
    free_gib: float

    def as_dict(self) -> dict[str, Any]:
        """Return the digest for programs."""
        story = asdict(self.story) | {"exit_code": self.story.exit_code}
        for moment in ("began_at", "ended_at"):
            story[moment] = story[moment].astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        return {
            "country_id": self.country_id,
            "round_id": self.round_id,
            "run": story,
            "latest_release": self.latest,
            "services": self.service_count,
            "sites": [_site(site) for site in self.sites],
            "changes": [asdict(change) for change in self.changes],
            "stale_sites": [
                asdict(site) | {"why": site.reason("en"), "to_do": site.to_do("en")} for site in self.silent
            ],
            "free_gib": self.free_gib,
        }


def gather(scope: Scope, story: Story) -> Digest:
    """Return the digest of the run of `story`, which worked on the round of `scope`."""
    latest = scope.data / "publish" / "latest"
    found = tally(scope.data, scope.country_id, scope.round_id)
    return Digest(
        country_id=scope.country_id,
        round_id=scope.round_id,
        story=story,
        sites=found.sites,
        service_count=found.service_count,
        changes=questions.changes(scope),
        silent=[site for site in look(scope) if site.is_stale],
        latest=latest.resolve().name if latest.exists() else None,
        free_gib=round(shutil.disk_usage(scope.data).free / _BYTES_IN_GIB, 1),
    )


def as_json(digest: Digest) -> str:
    """Return the digest for programs, as JSON."""
    return json.dumps(digest.as_dict(), ensure_ascii=False, indent=2) + "\n"


def _site(site: SiteTally) -> dict[str, object]:
    return {
        "site_id": site.site_id,
        "asked": site.asked,
        "seen": site.seen,
        "services": site.service_count,
        "not_seen": {outcome.value: count for outcome, count in site.unseen.items()},
        "who_can_mend_it": site.fault or None,
    }
