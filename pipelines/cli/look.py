"""Commands that look at what there is: serve."""

from typing import Annotated

import typer

from pipelines.cli.app import app
from pipelines.cli.command import command
from pipelines.cli.options import Options


@command(app, "serve", takes=("data",), examples=("baskych serve", "baskych serve --port 8080"))
def serve(
    options: Options,
    port: Annotated[int, typer.Option("--port", min=1, max=65535, help="Port on this machine.")] = 8000,
) -> None:
    """Show the published portal on this machine.

    With range requests, as a web host would, until Ctrl-C.
    """
    from pipelines.ports import refuse_taken  # noqa: PLC0415 - `--help` must not wait for it
    from warehouse.serve import serve as serve_portal  # noqa: PLC0415 - nor for this

    refuse_taken(port)
    typer.echo(f"Portal: http://127.0.0.1:{port}/\nCtrl-C ends it.")
    serve_portal(options.data / "publish" / "latest", port)
