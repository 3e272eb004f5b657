"""The command that moves data between machines and stores: copy."""

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated

import typer

from crawlers.stores.address import address_of, is_address
from pipelines.cli.app import app
from pipelines.cli.command import command
from pipelines.cli.options import Options
from pipelines.operating.failures import UsageError

From = Annotated[str, typer.Argument(metavar="FROM", help="A data folder, or a store (s3://BUCKET/PREFIX).")]
To = Annotated[str, typer.Argument(metavar="TO", help="The other: a store, or a new folder.")]


@command(
    app,
    "copy",
    takes=(),
    examples=("baskych copy data s3://bucket/baskych", "baskych copy s3://bucket/baskych data-again"),
)
def copy(options: Options, source: From, target: To) -> None:  # noqa: ARG001 - every command gets them
    """Take a data folder to a store, or bring it back.

    All of it but work under way, each file compared with its SHA-256; nothing is overwritten.
    """
    from crawlers.stores.copying import give, take  # noqa: PLC0415 - `--help` must not wait for it

    if is_address(source) == is_address(target):
        raise UsageError(f"copy {source} {target}: expected one folder of this machine and one store")
    if is_address(source):
        give(address_of(source), Path(target))
    else:
        if not Path(source).is_dir():
            raise UsageError(f"copy {source}: is no folder; expected a data folder")
        with TemporaryDirectory() as scratch:
            take(Path(source), address_of(target), Path(scratch))
    typer.echo(f"{target}: has all that {source} has")
