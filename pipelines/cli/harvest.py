"""Commands that make something: run, crawl, import, understand, build, publish, rebuild."""

import os
from dataclasses import replace
from functools import partial
from typing import Annotated

import typer

from pipelines.cli.app import app
from pipelines.cli.command import command
from pipelines.cli.options import TALK, WHAT, WHERE, Options

Sources = Annotated[list[str], typer.Argument(metavar="FILE.warc.gz|CDX-URL…", help="What to import.")]
Threads = Annotated[
    int | None,
    typer.Option(
        "--threads",
        min=1,
        metavar="N",
        help="Threads of DuckDB, and processes that print pages; none changes the result. Without it: as many"
        " as cores.",
    ),
]
Jobs = Annotated[
    int | None,
    typer.Option("--jobs", min=1, metavar="N", help="Sites read at once. Without it: as many as cores."),
]
Tolerance = Annotated[
    int | None,
    typer.Option(
        "--tolerance",
        min=0,
        metavar="DAYS",
        help="How far off its month a copy from a CDX address may be. Without it: a quarter of a year.",
    ),
]
GoodRecords = Annotated[
    bool,
    typer.Option(
        "--good-records", help="Take the whole records of a damaged file; it is kept in quarantine, and told."
    ),
]
Warcs = Annotated[
    str | None,
    typer.Option(
        "--warcs",
        metavar="LIST",
        help="A text file with the path of a WARC file on each line; may be packed by gzip, or on a server"
        " (s3://BUCKET/…), and so may be the files.",
    ),
]
Prefix = Annotated[
    str | None,
    typer.Option(
        "--prefix",
        metavar="DIR",
        help="Where the paths of --warcs begin: a folder, or s3://BUCKET/…. Without it: beside the list.",
    ),
]
Every = Annotated[
    int,
    typer.Option(
        "--every",
        min=1,
        metavar="MONTHS",
        help="From one round to the next, where --round names the first and the last (2010-05..2024-05).",
    ),
]
Approved = Annotated[
    list[str] | None,
    typer.Option(
        "--approve",
        metavar="CHECK",
        help="Publish though this check fails: for this one release; may be given several times.",
    ),
]


@command(
    app,
    "run",
    takes=(*WHAT, *TALK, "json", "dry_run"),
    examples=(
        "baskych run",
        "baskych run --country kg --round 2026-11",
        "baskych run --country kg --dry-run --json",
        "baskych run --site sample-tax --max-pages 20",
    ),
)
def run(options: Options) -> None:
    """Harvest, understand, build and publish a round.

    One Dagster job, in this process; `baskych ui` shows it afterwards.
    """
    if options.dry_run:
        _tell_run(options)
    else:
        _run(options)


def _tell_run(options: Options) -> None:
    from pipelines.cli import plans  # noqa: PLC0415 - nor for this
    from pipelines.desk.sending import ways  # noqa: PLC0415 - nor for this
    from pipelines.operating.home import dagster_home  # noqa: PLC0415 - nor for the page's
    from pipelines.steps import crawling, workplace  # noqa: PLC0415 - `--help` must not wait for it

    scope = options.scope()
    workplace.refuse_no_work(scope.data)
    plan, home = crawling.plan(scope), dagster_home(os.environ)
    tell = plans.of_run_as_json if options.json else plans.of_run
    typer.echo(tell(scope, plan, home, ways(os.environ)))


def _run(options: Options) -> None:
    from pipelines.cli import closing  # noqa: PLC0415 - nor for this
    from pipelines.defs.in_process import run_harvest  # noqa: PLC0415 - nor for Dagster
    from pipelines.operating.home import dagster_home  # noqa: PLC0415 - nor for the page's
    from pipelines.steps import crawling  # noqa: PLC0415 - `--help` must not wait for it

    scope = options.scope()
    home = str(dagster_home(os.environ))
    run_harvest(scope, options.reporter(), {**os.environ, "DAGSTER_HOME": home})
    typer.echo(closing.as_json(scope) if options.json else closing.as_text(scope))
    crawling.refuse_silence(scope)


@command(
    app,
    "crawl",
    takes=(*WHAT, *TALK, "dry_run"),
    examples=(
        "baskych crawl",
        "baskych crawl --dry-run",
        "baskych crawl --country kg --site kg-srs --max-pages 50",
    ),
)
def crawl(options: Options) -> None:
    """Ask the sites of a round for their pages.

    Every answer is kept in WARC files; a site that fails is reported and stops nothing.
    """
    from pipelines.cli import closing, plans  # noqa: PLC0415 - nor for this
    from pipelines.steps import crawling  # noqa: PLC0415 - `--help` must not wait for it

    scope = options.scope()
    if options.dry_run:
        typer.echo(plans.of_crawl(scope, crawling.plan(scope)))
        return
    crawling.crawl(scope, options.reporter())
    typer.echo(closing.of_captures(scope))
    crawling.refuse_silence(scope)


@command(
    app,
    "import",
    takes=(*WHAT, *TALK),
    said={
        "country": "Country that the pages are of. Without it: that of --registry, or none (zz).",
        "round_id": "Month of the pages, or the first and the last of many (2010-05..2024-05). Required.",
    },
    examples=(
        "baskych import pages.warc.gz --round 2026-10",
        "baskych import old.warc.gz --country kg --round 2019-05 --good-records",
        "baskych import https://web.archive.org/cdx/search/cdx --country kg --round 2019-05",
        "baskych import https://web.archive.org/cdx/search/cdx --country kg --round 2010-05..2024-05",
        'baskych import "http://localhost:8080/old/cdx?url=example.org&matchType=host" --round 2019-05',
    ),
)
def import_archive(
    options: Options,
    sources: Sources,
    tolerance: Tolerance = None,
    every: Every = 12,
    *,
    good_records: GoodRecords = False,
) -> None:
    """Take captures from an archive instead of the web.

    Hosts that the registry lacks become unlisted sites; without a country the captures belong to none (zz).
    Of an archive that is asked over the network (a CDX server: pywb, the Internet Archive, Common Crawl) it
    takes the registry's sites, or what ?url= in the address says: of each page the copy nearest to the round.
    Many rounds at once: --round 2010-05..2024-05, every twelfth month of them if not said otherwise.
    """
    from pipelines.archive_scopes import archive_scopes  # noqa: PLC0415 - nor for this
    from pipelines.cli import closing  # noqa: PLC0415 - nor for this
    from pipelines.steps import importing  # noqa: PLC0415 - `--help` must not wait for it

    asked = archive_scopes(options.country, options.registry, options.data, options.round_id, every)
    scopes = [replace(scope, site_ids=options.site, max_pages=options.max_pages) for scope in asked]
    tell = partial(typer.echo, err=True) if good_records else None
    importing.import_rounds(scopes, sources, options.reporter(), tolerance, on_damage=tell)
    typer.echo("\n\n".join(closing.of_captures(scope) for scope in scopes))


@command(
    app,
    "understand",
    takes=(*WHERE, "round_id", "site", *TALK),
    said={
        "country": "Country whose captures are read. Without it: all that there are.",
        "round_id": "Month whose captures are read. Without it: all that there are. Required with --warcs.",
    },
    examples=(
        "baskych understand",
        "baskych understand --country kg --round 2026-11",
        "baskych understand --country kg --round 2026-10 --warcs warc.paths.gz --prefix /archive",
        "baskych understand --country kg --round 2026-10 --warcs warc.paths.gz --prefix s3://bucket/archive",
    ),
)
def understand(options: Options, jobs: Jobs = None, warcs: Warcs = None, prefix: Prefix = None) -> None:
    """Find services, their stages and what proves them.

    Without options, in all captures that there are.
    With a list of WARC files, in the pages that they have of the registry's sites; without a country, of all.
    The same command again goes on where it was stopped.
    """
    if warcs is None:
        _understand_captures(options, jobs)
    else:
        _understand_warcs(options, warcs, prefix, jobs)


def _understand_captures(options: Options, jobs: int | None) -> None:
    from pipelines.captured_scopes import refuse_unknown_sites, scopes_in  # noqa: PLC0415 - nor for this
    from pipelines.cli import closing  # noqa: PLC0415 - nor for this
    from pipelines.steps import understanding, workplace  # noqa: PLC0415 - `--help` must not wait for it

    scopes = scopes_in(options.country, options.registry, options.data, options.round_id)
    refuse_unknown_sites(scopes, options.site)
    with workplace.at_work(options.data):
        for scope in scopes:
            understanding.understand(replace(scope, site_ids=options.site), options.reporter(), jobs)
    typer.echo("\n\n".join(closing.of_services(scope) for scope in scopes))


def _understand_warcs(options: Options, listing: str, prefix: str | None, jobs: int | None) -> None:
    from pipelines.archive_scopes import listed_scope  # noqa: PLC0415 - nor for this
    from pipelines.cli import closing  # noqa: PLC0415 - nor for this
    from pipelines.steps.understanding_warcs import understand_warcs  # noqa: PLC0415 - nor for this

    scope = listed_scope(options.country, options.registry, options.data, options.round_id, options.site)
    done = understand_warcs(scope, listing, prefix, options.reporter(), jobs)
    typer.echo(f"{done}\n\n{closing.of_services(scope)}")
    done.refuse_failures()


@command(
    app,
    "build",
    takes=("data", *TALK),
    examples=("baskych build", "baskych build --data /srv/baskych --threads 4"),
)
def build(options: Options, threads: Threads = None) -> None:
    """Build the warehouse from all that was understood.

    It is built beside the old one, which readers keep until the new one is whole.
    """
    from crawlers.stores.reach import told  # noqa: PLC0415 - nor for this
    from pipelines.steps import building  # noqa: PLC0415 - `--help` must not wait for it

    report = building.build(options.data, options.reporter(), threads)
    typer.echo(f"{told(report.path)}: {len(report.rows)} tables, {report.count('out_services')} services")


@command(
    app,
    "publish",
    takes=("data", *TALK, "dry_run"),
    examples=(
        "baskych publish",
        "baskych publish --dry-run",
        "baskych publish --approve services_did_not_vanish",
    ),
)
def publish(options: Options, threads: Threads = None, approve: Approved = None) -> None:
    """Publish a release with its portal.

    The warehouse is checked first; where it breaks a promise, the last release stands.
    """
    from pipelines.cli import closing, release_plans  # noqa: PLC0415 - nor for this
    from pipelines.steps import publishing  # noqa: PLC0415 - `--help` must not wait for it

    if options.dry_run:
        plan = publishing.plan(options.data, threads, approve or ())
        typer.echo(release_plans.of_release(plan, options.data))
        publishing.refuse_what_stops(plan)
        return
    release = publishing.publish(options.data, options.reporter(), threads, approve or ())
    typer.echo(closing.of_release(release, options.data))


@command(
    app,
    "rebuild",
    takes=("registry", "data", *TALK),
    examples=("baskych rebuild", "baskych rebuild --registry exia.yml --threads 1"),
)
def rebuild(options: Options, threads: Threads = None, jobs: Jobs = None, approve: Approved = None) -> None:
    """Redo, offline, all that follows from the captures.

    The same captures give the same files, byte by byte. A country's own registry must be given again.
    """
    from pipelines.captured_scopes import scopes_in  # noqa: PLC0415 - nor for this
    from pipelines.cli import closing  # noqa: PLC0415 - nor for this
    from pipelines.steps import rebuilding  # noqa: PLC0415 - `--help` must not wait for it

    scopes = scopes_in(None, options.registry, options.data)
    release = rebuilding.rebuild(
        scopes, options.data, options.reporter(), jobs=jobs, threads=threads, approved=approve or ()
    )
    typer.echo(closing.of_release(release, options.data))
