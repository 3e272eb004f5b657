"""The step that takes captures from web archives and WARC files instead of the web."""

from collections.abc import Callable, Sequence
from contextlib import ExitStack

from crawlers.archive import import_warcs
from crawlers.archives.cdx_import import CdxImport, import_cdx
from crawlers.archives.quarantine import keep_apart
from crawlers.archives.salvage import Damage
from crawlers.archives.sources import is_address
from crawlers.reports import SiteReport
from crawlers.sites import Registry
from crawlers.stores.files import here
from pipelines.operating.failures import UsageError
from pipelines.operating.progress import Reporter, Step
from pipelines.scope import Scope
from pipelines.steps.telling import in_words
from pipelines.steps.workplace import at_work
from pipelines.today import refuse_months_to_come


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
        UsageError: the round is of a month to come.
        StoreError: a file on a server (s3://…) cannot be fetched.
        ArchiveError: a source cannot be read to its end. Of files nothing is imported then; of addresses
            the sites that were done before.
        LockHeldError, NotWritableError: as `at_work`.
    """
    refuse_months_to_come(scope)
    files = [source for source in sources if not is_address(source)]
    addresses = [source for source in sources if is_address(source)]
    with at_work(scope.data), reporter.step("import", len(sources)) as step:
        reports = [
            *(_of_files(scope, files, on_damage) if files else ()),
            *(_of_addresses(scope, addresses, tolerance_days, step) if addresses else ()),
        ]
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


def _of_files(
    scope: Scope, files: Sequence[str], on_damage: Callable[[str], None] | None
) -> Sequence[SiteReport]:
    def keep(damage: Damage) -> None:
        kept = keep_apart(scope.data, scope.round_id, damage)
        if on_damage:
            on_damage(f"{damage}; the file is kept as {kept}")

    with ExitStack() as stack:
        paths = [stack.enter_context(here(file)) for file in files]
        return import_warcs(
            paths,
            _registry(scope),
            scope.country_id,
            scope.round_id,
            scope.data,
            scope.site_ids[0] if scope.site_ids else None,
            on_damage=keep if on_damage else None,
        )


def _of_addresses(
    scope: Scope, addresses: Sequence[str], tolerance_days: int | None, step: Step
) -> Sequence[SiteReport]:
    return import_cdx(
        CdxImport(
            addresses=addresses,
            registry=_registry(scope),
            country_id=scope.country_id,
            round_id=scope.round_id,
            data=scope.data,
            site_ids=scope.site_ids,
            max_pages=scope.max_pages,
            tolerance_days=tolerance_days,
            on_site=lambda report: step.went_on(f"{report.site_id}: {in_words(report)}"),
        )
    )


def _registry(scope: Scope) -> Registry | None:
    """The registry, if it has sites: an archive of a country without one may hold any host."""
    return scope.registry if scope.registry.sites else None
