"""The command that puts evidence together: evidence."""

import typer

from pipelines.cli.app import app
from pipelines.cli.command import command
from pipelines.cli.options import TALK, WHERE, Options


@command(
    app,
    "evidence",
    takes=(*WHERE, "round_id", *TALK),
    said={
        "country": "Country whose evidence is put together. Without it: all that there are captures of.",
        "round_id": "Month whose evidence is put together. Without it: all that there are captures of.",
    },
    examples=("baskych evidence", "baskych evidence --country kg --round 2026-11"),
)
def evidence(options: Options) -> None:
    """Put the pages that verdicts rest on into a web archive.

    One WACZ file a round, to be opened with ReplayWeb.page or pywb. It lies beside the releases and is not
    part of them: it holds pages as they were, with all that stands on them.
    """
    from crawlers.stores.reach import told  # noqa: PLC0415 - `--help` must not wait for it
    from pipelines.captured_scopes import scopes_in  # noqa: PLC0415 - nor for this
    from pipelines.steps import publishing  # noqa: PLC0415 - nor for this

    for scope in scopes_in(options.country, options.registry, options.data, options.round_id):
        made = publishing.evidence(scope, options.reporter())
        typer.echo(f"{told(made.path)}: {made.pages} pages, {made.records} records")
