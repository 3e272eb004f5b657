"""Commands that make something: run, crawl, import, understand, build, publish, rebuild."""

from typing import Annotated

import typer

from pipelines.cli.app import app
from pipelines.cli.command import command
from pipelines.cli.options import TALK, WHAT, WHERE, Options

Sources = Annotated[list[str], typer.Argument(metavar="FILE.warc.gz|CDX-URL…", help="What to import.")]
Threads = Annotated[
    int | None,
    typer.Option("--threads", min=1, help="Threads of DuckDB; the result is the same with any number."),
]


@command(
    app,
    "run",
    takes=(*WHAT, *TALK, "json"),
    examples=(
        "baskych run",
        "baskych run --country kg --round 2026-11",
        "baskych run --site sample-salyk --max-pages 20",
    ),
)
def run(options: Options) -> None:
    """Harvest, understand, build and publish a round: one Dagster job, in this process."""
    from pipelines import steps, summary  # noqa: PLC0415 - `--help` must not wait for them

    scope = options.scope()
    steps.run(scope, options.reporter())
    typer.echo(summary.as_json(scope) if options.json else summary.as_text(scope))
    steps.refuse_silence(scope)


@command(
    app, "crawl", takes=(*WHAT, *TALK), examples=("baskych crawl", "baskych crawl --country kg --site kg-srs")
)
def crawl(options: Options) -> None:
    """Ask the sites of a round for their pages and keep every answer (WARC)."""
    from pipelines import steps, summary  # noqa: PLC0415 - `--help` must not wait for them

    scope = options.scope()
    steps.crawl(scope, options.reporter())
    typer.echo(summary.of_sites(scope))
    steps.refuse_silence(scope)


@command(
    app,
    "import",
    takes=(*WHAT, *TALK),
    examples=(
        "baskych import pages.warc.gz --round 2026-10",
        "baskych import old.warc.gz --country kg --round 2019-05",
    ),
)
def import_archive(options: Options, sources: Sources) -> None:
    """Take captures from an archive instead of the web; hosts that no registry lists become unlisted sites."""
    from pipelines import steps, summary  # noqa: PLC0415 - `--help` must not wait for them


@command(
    app,
    "understand",
    takes=(*WHAT, *TALK),
    examples=("baskych understand", "baskych understand --round 2026-10"),
)
def understand(options: Options) -> None:
    """Find services, their stages and what proves them, in all captures that there are or in one round."""
    from pipelines import steps  # noqa: PLC0415 - `--help` must not wait for it


@command(
    app,
    "build",
    takes=("data", *TALK),
    examples=("baskych build", "baskych build --data /srv/baskych --threads 4"),
)
def build(options: Options, threads: Threads = None) -> None:
    """Build the warehouse from what was understood, and switch to it."""
    from pipelines import steps  # noqa: PLC0415 - `--help` must not wait for it


@command(app, "publish", takes=("data", *TALK), examples=("baskych publish",))
def publish(options: Options) -> None:
    """Check the warehouse and publish a release with its portal."""


@command(app, "rebuild", takes=("data", *TALK), examples=("baskych rebuild", "baskych rebuild --threads 1"))
def rebuild(options: Options, threads: Threads = None) -> None:
    """Redo, offline, all that follows from the captures."""
