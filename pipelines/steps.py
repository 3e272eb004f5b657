"""The steps of a harvest: what the command line and Dagster both call.

Each step reads files and writes files under the data folder, holds that folder's lock while it works, and
may be repeated: the same captures give the same files. Lock and right to write come first, so that a run
that cannot end well does not begin.
"""

import os
import shutil
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from crawlers import harvest
from crawlers.archive import import_warcs
from crawlers.archives.cdx_import import CdxImport, import_cdx
from crawlers.archives.quarantine import keep_apart
from crawlers.archives.salvage import Damage
from crawlers.archives.sources import is_address
from crawlers.crawling.jobs import Progress
from crawlers.reports import Finish, SiteReport, from_json
from crawlers.storing.lock import only_one
from crawlers.storing.mending import mend_all
from pipelines.codes.write import write_codes
from pipelines.corrections import write_corrections
from pipelines.evidence import Evidence, write_evidence
from pipelines.knowledge import load_knowledge
from pipelines.operating.failures import (
    CrawlerFailedError,
    DiskFullError,
    NothingReachedError,
    NothingThereError,
    UsageError,
)
from pipelines.operating.progress import Reporter
from pipelines.operating.stopping import stopping
from pipelines.provenance.write import note_captures, note_release, note_round
from pipelines.rounds.core_files import core_file
from pipelines.rounds.kept_readings import READINGS
from pipelines.rounds.order import knowing
from pipelines.rounds.tally import tally
from pipelines.scope import Scope, make_writable, refuse_the_past
from pipelines.understand import conclude_round
from pipelines.understand import understand_sites as read_sites
from warehouse import build as building
from warehouse import checks, looking_back, switch
from warehouse import release as releasing
from warehouse.build import BuildReport
from warehouse.engine import connect
from warehouse.release import Release


@contextmanager
def at_work(data: Path) -> Iterator[None]:
    """Work in `data` alone, and stop tidily when asked to; steps taken inside share the lock.

    What an earlier process was killed in the middle of is finished first.

    Raises:
        NotWritableError: the folder, or one that lies in it, cannot be written to.
        StorageError: nothing could be published there.
        LockHeldError: another process is at work there; names it.
    """
    make_writable(data)
    switch.check(data / "publish")
    with only_one(data), stopping():
        mend_all(data)
        yield


def crawl(scope: Scope, reporter: Reporter) -> Sequence[SiteReport]:
    """Ask the sites of `scope` for their pages and keep every answer; return a report on each site.

    Raises:
        UsageError: the round's month is over: today's web is not what was there then.
        CrawlerFailedError: our crawler failed at every site; a site that fails by itself is only reported.
        DiskFullError: the disk is nearly full: the visits were stopped, and what they saw was put away.
        LockHeldError, NotWritableError: as `at_work`.
    """
    refuse_the_past(scope)
    with at_work(scope.data), reporter.step("crawl", len(scope.asked_sites)) as step:

        def tell(event: Progress) -> None:
            if event.kind == "finished":
                step.finished(event.site_id, _in_words(from_json(event.report)))
            else:
                step.went_on(f"{event.site_id}: {event.count} of at most {event.limit} pages")

        reports = harvest.crawl(
            scope.registry,
            round_id=scope.round_id,
            data=scope.data,
            site_ids=scope.site_ids,
            max_pages=scope.max_pages,
            on_progress=tell,
        )
    full = next((report.detail for report in reports if report.finish is Finish.DISK_FULL), None)
    if full:
        raise DiskFullError(full)
    if all(report.finish is Finish.CRAWLER_FAILED for report in reports):
        raise CrawlerFailedError(next((report.detail or "" for report in reports), "no site was asked for"))
    return reports


def import_archive(
    scope: Scope,
    sources: Sequence[str],
    reporter: Reporter,
    tolerance_days: int | None = None,
    *,
    on_damage: Callable[[str], None] | None = None,
) -> Sequence[SiteReport]:
    """Take captures from WARC files or CDX addresses instead of the web; return a report on each site.

    Copies that a CDX address tells of may be `tolerance_days` off the round's month. With `on_damage`
    the whole records of a damaged file are taken, the file is kept in `data/quarantine/<round>/`, and each
    fault is told to `on_damage` in words.

    Raises:
        ArchiveError: a source cannot be read to its end. Of files nothing is imported then; of addresses
            the sites that were done before.
        LockHeldError, NotWritableError: as `at_work`.
    """
    registry = scope.registry if scope.registry.sites else None
    files = [source for source in sources if not is_address(source)]
    addresses = [source for source in sources if is_address(source)]
    reports: list[SiteReport] = []
    with at_work(scope.data), reporter.step("import", len(sources)) as step:
        if files:
            site_id = scope.site_ids[0] if scope.site_ids else None

            def keep(damage: Damage) -> None:
                kept = keep_apart(scope.data, scope.round_id, damage)
                if on_damage:
                    on_damage(f"{damage}; the file is kept as {kept}")

            reports += import_warcs(
                files,
                registry,
                scope.country_id,
                scope.round_id,
                scope.data,
                site_id,
                on_damage=keep if on_damage else None,
            )
        if addresses:
            job = CdxImport(
                addresses=addresses,
                registry=registry,
                country_id=scope.country_id,
                round_id=scope.round_id,
                data=scope.data,
                site_ids=scope.site_ids,
                max_pages=scope.max_pages,
                tolerance_days=tolerance_days,
                on_site=lambda report: step.went_on(f"{report.site_id}: {_in_words(report)}"),
            )
            reports += import_cdx(job)
        pages = sum(sum(report.counts.values()) for report in reports)
        step.finished(f"{len(sources)} sources", f"{pages} captures of {len(reports)} sites")
    return reports


def import_rounds(
    scopes: Sequence[Scope],
    sources: Sequence[str],
    reporter: Reporter,
    tolerance_days: int | None = None,
    *,
    on_damage: Callable[[str], None] | None = None,
) -> None:
    """Import each round of `scopes` from `sources`, in their order; rounds that were done before stay.

    `on_damage` is as for `import_archive`.

    Raises:
        UsageError: a file was given for several rounds: its pages are of one month, whatever their dates.
        Else as `import_archive`.
    """
    files = [source for source in sources if not is_address(source)]
    if files and len(scopes) > 1:
        raise UsageError(
            f"{files[0]}: --round names {len(scopes)} rounds;"
            " expected one for a file, or addresses of CDX servers"
        )
    with at_work(scopes[0].data):
        for scope in scopes:
            import_archive(scope, sources, reporter, tolerance_days, on_damage=on_damage)


def understand_sites(scope: Scope, reporter: Reporter, jobs: int | None = None) -> None:
    """Read what was captured of the sites of `scope`: their pages, and the indicators found on them.

    `jobs` sites are read at once; as many as there are cores, if not said.

    Raises:
        NothingThereError: nothing was captured in this round.
        CaptureError: captures cannot be read.
    """
    captured = len(tally(scope.data, scope.country_id, scope.round_id).sites)
    if not captured:
        raise NothingThereError(
            f"{scope.data / 'captures' / scope.round_id}: no captures of {scope.country_id};"
            f" `baskych crawl --round {scope.round_id}` or `baskych import` makes them"
        )
    with at_work(scope.data), reporter.step("understand", len(scope.site_ids) or captured) as step:
        read_sites(
            scope.data,
            scope.round_id,
            scope.registry,
            site_ids=scope.site_ids,
            jobs=jobs or os.cpu_count() or 1,
            on_site=lambda counts: step.finished(
                counts.site_id, f"{counts.page_count} pages, {counts.finding_count} findings"
            ),
        )


def understand_round(scope: Scope, reporter: Reporter, rules: Path | None = None) -> None:
    """Find each service of the round once, judge it, and write down what all ids stand for.

    `rules` is a folder of knowledge to judge by, where it is not the one that ships. Older rounds out of
    archives that were concluded before it know its services, and are concluded again.
    """
    knowledge = load_knowledge(rules)
    with at_work(scope.data), reporter.step("judge", 1) as step:
        counts = conclude_round(scope.data, scope.round_id, scope.registry, knowledge)
        for older in knowing(scope.data, scope.country_id, scope.round_id):
            if core_file(scope.data, "services", older, scope.country_id).exists():
                conclude_round(scope.data, older, scope.registry, knowledge)
                note_round(scope.data, older, scope.registry, rules)
        write_codes(scope.registry, knowledge, scope.data)
        note_round(scope.data, scope.round_id, scope.registry, rules)
        step.finished(scope.round_id, f"{counts.service_count} services")


def understand(scope: Scope, reporter: Reporter, jobs: int | None = None) -> None:
    """Take both steps of understanding for one round."""
    with at_work(scope.data):
        understand_sites(scope, reporter, jobs)
        understand_round(scope, reporter)


def build(data: Path, reporter: Reporter, threads: int | None = None) -> BuildReport:
    """Build the warehouse from all that was understood, and switch to it.

    Raises:
        BuildError: what was understood is not what the tables promise.
        CorrectionsError: `corrections.yml` in the data folder is not what was expected.
    """
    with at_work(data), reporter.step("build", 1) as step:
        write_corrections(data)
        note_captures(data)
        report = building.build(data, threads=threads)
        step.finished(report.path.name, f"{report.count('out_services')} services")
    return report


def check(data: Path) -> Sequence[checks.CheckResult]:
    """Return what each check of the warehouse found, kept promises too.

    Raises:
        NothingThereError: there is no warehouse yet.
    """
    path = data / "warehouse.duckdb"
    if not path.exists():
        raise NothingThereError(f"{path}: not there; `baskych build` makes it")
    with connect(path, read_only=True) as connection:
        return checks.results(connection)


def rounds_of_sites(data: Path, country_id: str) -> Mapping[str, Sequence[looking_back.SiteRound]]:
    """Return how each live site answered, round by round; nothing where there is no warehouse yet."""
    path = data / "warehouse.duckdb"
    if not path.exists():
        return {}
    with connect(path, read_only=True) as connection:
        return looking_back.rounds_of_sites(connection, country_id)


def changes(scope: Scope) -> Sequence[looking_back.Change]:
    """Return what the round of `scope` found changed; nothing where there is no warehouse yet."""
    path = scope.data / "warehouse.duckdb"
    if not path.exists():
        return ()
    with connect(path, read_only=True) as connection:
        return looking_back.changes(connection, scope.country_id, scope.round_id)


def publish(
    data: Path, reporter: Reporter, threads: int | None = None, approved: Collection[str] = ()
) -> Release:
    """Check the warehouse, write a release with its portal, and let `publish/latest` point to it.

    `BASKYCH_ADDRESS` and `BASKYCH_ISSUES` in the environment say where `publish` will be served, and where
    readers file what is wrong; `BASKYCH_SIGNING_KEY` is the SSH key that signs the release.

    Raises:
        ChecksFailedError: the data break a promise that is not `approved`; the last release stands.
        SigningError: the key cannot be used.
    """
    return publish_at(
        data,
        reporter,
        threads,
        approved,
        address=os.environ.get("BASKYCH_ADDRESS"),
        issues_url=os.environ.get("BASKYCH_ISSUES"),
        signing_key=Path(key) if (key := os.environ.get("BASKYCH_SIGNING_KEY")) else None,
    )


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
        note_release(data, address, issues_url, approved, rules)
        release = releasing.publish(
            data,
            threads=threads,
            approved=approved,
            address=address,
            issues_url=issues_url,
            signing_key=signing_key,
        )
        step.finished(release.version, f"{len(release.files)} files")
    return release


def evidence(scope: Scope, reporter: Reporter) -> Evidence:
    """Put the captures that the verdicts of a round rest on into one WACZ file.

    Raises:
        NothingThereError: no verdict of the round rests on a page.
    """
    with at_work(scope.data), reporter.step("evidence", 1) as step:
        made = write_evidence(scope.data, scope.country_id, scope.round_id)
        step.finished(made.path.name, f"{made.pages} pages")
    return made


def forget_what_follows(data: Path) -> None:
    """Remove what was understood and built; captures and releases stay. It can all be made again."""
    with at_work(data):
        for folder in ("core", READINGS):
            shutil.rmtree(data / folder, ignore_errors=True)
        (data / "warehouse.duckdb").unlink(missing_ok=True)


def rebuild(  # noqa: PLR0913 - two of them tune the run, not the work
    scopes: Sequence[Scope],
    data: Path,
    reporter: Reporter,
    *,
    jobs: int | None = None,
    threads: int | None = None,
    approved: Collection[str] = (),
) -> Release:
    """Redo, offline, all that follows from the captures of `scopes`: all rounds and countries in `data`.

    Raises:
        ChecksFailedError: as `publish`.
    """
    with at_work(data):
        forget_what_follows(data)
        for scope in scopes:
            understand(scope, reporter, jobs)
        build(data, reporter, threads)
        return publish(data, reporter, threads, approved)


def refuse_silence(scope: Scope) -> None:
    """Say so if not one page of the round could be looked at.

    Raises:
        NothingReachedError: naming how many sites were asked.
    """
    found = tally(scope.data, scope.country_id, scope.round_id)
    if not found.seen:
        raise NothingReachedError(
            f"{len(found.sites)} sites were asked in round {scope.round_id}; none let us look"
        )


def _in_words(report: SiteReport) -> str:
    """What came of a site's visit, in a few words."""
    asked = sum(report.counts.values())
    ending = "" if report.finish == "finished" else f", {report.finish.replace('_', ' ')}"
    return f"{report.seen_count} of {asked} pages seen{ending}"
