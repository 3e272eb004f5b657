"""The steps that hand something to readers: a release, and the pages that verdicts rest on."""

import os
from collections.abc import Collection
from pathlib import Path

from crawlers.stores.mirror import bring
from crawlers.stores.releases import bring_release, releases_of
from pipelines.evidence import Evidence, cited_files, write_evidence
from pipelines.operating.progress import Reporter
from pipelines.provenance.write import note_release
from pipelines.scope import Scope
from pipelines.steps.workplace import at_work, refuse_no_work, refuse_what_is_not_there
from warehouse import plan as release_plan
from warehouse import release as warehouse_release
from warehouse import reuse
from warehouse.apart import refuse
from warehouse.approvals import refuse_what_nobody_approves
from warehouse.build import WAREHOUSE
from warehouse.plan import ReleasePlan
from warehouse.release import Release
from warehouse.sources import rounds


def publish(
    data: Path, reporter: Reporter, threads: int | None = None, approved: Collection[str] = ()
) -> Release:
    """Check the warehouse, write a release with its portal, and let `publish/latest` point to it.

    `BASKYCH_ADDRESS` and `BASKYCH_ISSUES` in the environment say where `publish` will be served, and where
    readers file what is wrong; `BASKYCH_SIGNING_KEY` is the SSH key that signs the release.

    Raises:
        ChecksFailedError: the data break a promise that is not `approved`; the last release stands.
        ApprovalError: a name that is `approved` is of no check, or of one that nobody may approve.
        SigningError: the key cannot be used. NothingThereError: there is no such folder.
    """
    refuse_what_nobody_approves(approved)
    refuse_what_is_not_there(data)
    return publish_at(
        data,
        reporter,
        threads,
        approved,
        address=os.environ.get("BASKYCH_ADDRESS"),
        issues_url=os.environ.get("BASKYCH_ISSUES"),
        signing_key=_signing_key(),
    )


def plan(data: Path, threads: int | None = None, approved: Collection[str] = ()) -> ReleasePlan:
    """Return what `publish` would do, as far as that is known without writing; write nothing.

    That the data break a promise is in what is returned.

    Raises:
        As `publish` does, but for ChecksFailedError.
    """
    refuse_what_nobody_approves(approved)
    refuse_what_is_not_there(data)
    refuse_no_work(data)
    return release_plan.plan(data, threads=threads, approved=approved, signing_key=_signing_key())


def refuse_what_stops(plan: ReleasePlan) -> None:
    """End as `publish` does where the data break a promise that nobody approved.

    Raises:
        ChecksFailedError: they do; it says all of it.
    """
    refuse([each.account() for each in plan.stopping])


def _signing_key() -> Path | None:
    key = os.environ.get("BASKYCH_SIGNING_KEY")
    return Path(key) if key else None


def publish_at(  # noqa: PLR0913 - what a release depends on, beside its data
    data: Path,
    reporter: Reporter,
    threads: int | None,
    approved: Collection[str],
    *,
    address: str | None,
    issues_url: str | None,
    signing_key: Path | None = None,
    rules: Path | None = None,
) -> Release:
    """Publish as `publish` does, to be served at `address`, with a tracker at `issues_url`.

    `rules` is the folder of knowledge that judged, where it is not the one that ships.

    Raises:
        ChecksFailedError, SigningError: as `publish`.
    """
    with at_work(data), reporter.step("publish", 1) as step:
        _bring_what_readers_have(data)
        note_release(data, address, issues_url, approved, rules)
        release = warehouse_release.publish(
            data,
            threads=threads,
            approved=approved,
            address=address,
            issues_url=issues_url,
            signing_key=signing_key,
        )
        step.finished(release.version, f"{release.file_count} files")
    return release


def _bring_what_readers_have(data: Path) -> None:
    """Let the warehouse be at hand, the last release, and those whose name the new one may have."""
    bring(data, WAREHOUSE, "core/provenance/*", reuse.NOTE)
    for version in releases_of(data, max(rounds(data), default="")):
        bring_release(data, version)
    bring_release(data)


def evidence(scope: Scope, reporter: Reporter) -> Evidence:
    """Put the captures that the verdicts of a round rest on into one WACZ file.

    Of archives on a store, only the records that are cited are read.

    Raises:
        NothingThereError: no verdict of the round rests on a page.
    """
    with at_work(scope.data), reporter.step("evidence", 1) as step:
        bring(scope.data, *cited_files(scope.country_id, scope.round_id))
        made = write_evidence(scope.data, scope.country_id, scope.round_id)
        step.finished(made.path.name, f"{made.pages} pages")
    return made
