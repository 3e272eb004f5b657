"""Commands that tend the installation: doctor, init, ui, exit-codes."""

import json
import os
import sys
from typing import Annotated

import typer

from pipelines.cli.app import app
from pipelines.cli.command import command
from pipelines.cli.options import WHERE, Options
from pipelines.operating.exits import MEANINGS, Exit
from pipelines.operating.failures import UsageError
from pipelines.operating.tables import aligned


@command(
    app,
    "doctor",
    takes=(*WHERE, "json"),
    examples=("baskych doctor", "baskych doctor --country kg --data /srv/baskych"),
)
def doctor(options: Options) -> None:
    """Look for faults, and say what to do about each.

    Looks at this machine, the registry and the data folder, and changes nothing.
    """
    from pipelines.operating.doctor import examine, stops_a_run  # noqa: PLC0415 - `--help` must not wait for it

    signs = examine(options.country, options.registry, options.data)
    if options.json:
        typer.echo(json.dumps([sign.as_dict() for sign in signs], ensure_ascii=False, indent=2))
    else:
        rows = [(sign.state, sign.name, sign.seen) for sign in signs]
        typer.echo(aligned(("", "what", "seen"), rows))
        for sign in signs:
            if sign.advice:
                typer.echo(f"\n{sign.name}: {sign.advice}")
    if stops_a_run(signs):
        sys.exit(Exit.UNWELL)


@command(
    app,
    "init",
    takes=("registry", "country"),
    said={
        "country": "The new country: two small letters of ISO 3166-1. Required.",
        "registry": "File to be written, or a folder for it. Without it: CODE.yml, here.",
    },
    examples=("baskych init --country uz", "baskych init --country uz --registry uzbekistan.yml"),
    only_here={"registry": "it is to be filled in"},
)
def init(options: Options) -> None:
    """Write a registry for a new country.

    What is known of any country is filled in; its sites and institutions are yours to name.
    """
    from crawlers.init_country import init_country  # noqa: PLC0415 - `--help` must not wait for it

    if options.country is None:
        raise UsageError("--country is missing: two letters of ISO 3166-1, for example uz")
    written = init_country(options.country, options.registry)
    typer.echo(
        f"Written: {written}\nFill in its sites and your contact, then: baskych run --registry {written}"
    )


@command(app, "ui", takes=WHERE, examples=("baskych ui", "baskych ui --country kg --port 3001"))
def ui(
    options: Options,
    port: Annotated[
        int, typer.Option("--port", min=1, max=65535, metavar="N", help="Port on this machine.")
    ] = 3000,
) -> None:
    """Watch and start harvests in Dagster's web page.

    Runs its web server and its daemon until Ctrl-C.
    """
    from pipelines.operating.ui import home_folder, settings_for, watch  # noqa: PLC0415 - `--help` must not wait for it

    scope = options.scope()
    typer.echo(f"Starting Dagster for {scope.country_id}: its web server and its daemon", err=True)
    watch(home_folder(os.environ), port, settings_for(scope), _say_address)


def _say_address(address: str) -> None:
    """Tell where the page is."""
    typer.echo(f"\nDagster's page: {address}\nCtrl-C ends it.")


@command(app, "exit-codes", takes=("json",), examples=("baskych exit-codes",))
def exit_codes(options: Options) -> None:
    """List every way in which a command can end.

    Its number, what it means and what to do about it.
    """
    if options.json:
        table = {int(code): {"what": m.what, "advice": m.advice} for code, m in MEANINGS.items()}
        typer.echo(json.dumps(table, indent=2))
        return
    for code, meaning in MEANINGS.items():
        typer.echo(f"{int(code):>4}  {meaning.what}\n      {meaning.advice}")
