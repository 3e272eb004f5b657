"""The step that asks sites for their pages."""

from collections.abc import Callable, Iterator, Sequence

from crawlers import harvest
from crawlers import plan as crawl_plan
from crawlers.crawling.jobs import Progress
from crawlers.plan import CrawlPlan
from crawlers.reports import Finish, SiteReport, from_json
from crawlers.stores.mirror import bring
from crawlers.stores.place import place_of
from crawlers.storing.disk import fault_of_disk
from crawlers.storing.journal import JOURNAL_FILE
from crawlers.storing.shelf import site_folder
from crawlers.visiting.coming_back import coming_back_rules
from crawlers.visiting.earlier import earlier_folders, remember
from crawlers.writable import nearest_folder
from pipelines.contact import refuse_a_placeholder
from pipelines.operating.failures import CrawlerFailedError, DiskFullError, NothingReachedError
from pipelines.operating.progress import Reporter, Step
from pipelines.rounds.tally import tally
from pipelines.scope import Scope
from pipelines.steps.telling import in_words
from pipelines.steps.workplace import at_work, refuse_no_work
from pipelines.today import refuse_a_clock_behind_its_rounds, refuse_other_months


def crawl(scope: Scope, reporter: Reporter) -> Sequence[SiteReport]:
    """Ask the sites of `scope` for their pages and keep every answer; return a report on each site.

    Raises:
        UsageError: the round is not of this month: today's web says nothing of another.
        RegistryError: the registry's contact is one for examples, and a site is not of this machine.
        WrongClockError: the rounds on disk, or the servers that were asked, contradict this machine's clock.
        CrawlerFailedError: our crawler failed at every site; a site that fails by itself is only reported.
        DiskFullError: the disk is nearly full: the visits were stopped, and what they saw was put away.
        LockHeldError, NotWritableError: as `at_work`.
    """
    _refuse_what_is_not_asked(scope)
    with at_work(scope.data), reporter.step("crawl", len(scope.asked_sites)) as step:
        bring(scope.data, *what_visits_rest_on(scope))
        reports = harvest.crawl(
            scope.registry,
            round_id=scope.round_id,
            data=scope.data,
            site_ids=scope.site_ids,
            max_pages=scope.max_pages,
            on_progress=_telling(step),
        )
    _refuse_what_came_to_nothing(reports)
    return reports


def plan(scope: Scope) -> CrawlPlan:
    """Return what `crawl` would do, and do none of it: nothing is asked, nothing is written.

    Raises:
        As `crawl` does before its first request.
    """
    _refuse_what_is_not_asked(scope)
    refuse_no_work(scope.data)
    found = crawl_plan.plan(
        scope.registry,
        round_id=scope.round_id,
        data=scope.data,
        site_ids=scope.site_ids,
        max_pages=scope.max_pages,
    )
    full = fault_of_disk(nearest_folder(scope.data))
    if full:
        raise DiskFullError(full)
    if not found.visits:
        _refuse_what_came_to_nothing(())
    return found


def _refuse_what_is_not_asked(scope: Scope) -> None:
    refuse_other_months(scope)
    refuse_a_placeholder(scope)
    refuse_a_clock_behind_its_rounds(scope)


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


def what_visits_rest_on(scope: Scope) -> Iterator[str]:
    """Yield what visits need beside the lists of captures, as paths below the data folder.

    The pages of services, the originals of pages that may be unchanged, and the archives of visits to go on
    with: the crawler's guard lets none of its own sockets ask a store.
    """
    yield f"core/service_pages/*/{scope.country_id}.parquet"
    for site_id in scope.asked_sites if place_of(scope.data) else ():
        folder = site_folder(scope.data, scope.round_id, site_id)
        if (folder / JOURNAL_FILE).exists():
            yield f"captures/{scope.round_id}/{site_id}/*"
        for known in remember(earlier_folders(folder, coming_back_rules().remembered_rounds)).values():
            yield (known.folder / str(known.original.warc_file)).relative_to(scope.data).as_posix()


def _telling(step: Step) -> Callable[[Progress], None]:
    """Return what tells `step` how far the visits are."""

    def tell(event: Progress) -> None:
        if event.kind == "finished":
            step.finished(event.site_id, in_words(from_json(event.report)))
        else:
            step.went_on(f"{event.site_id}: {event.count} of at most {event.limit} pages")

    return tell


def _refuse_what_came_to_nothing(reports: Sequence[SiteReport]) -> None:
    full = next((report.detail for report in reports if report.finish is Finish.DISK_FULL), None)
    if full:
        raise DiskFullError(full)
    if all(report.finish is Finish.CRAWLER_FAILED for report in reports):
        raise CrawlerFailedError(next((report.detail or "" for report in reports), "no site was asked for"))
