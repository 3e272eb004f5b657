"""The command that moves data between machines and stores: copy."""

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated

import typer

from crawlers.stores.address import address_of, is_address
from pipelines.cli.app import app
from pipelines.cli.command import command
from pipelines.cli.options import NOTHING_DONE, Options
from pipelines.operating.failures import UsageError

From = Annotated[str, typer.Argument(metavar="FROM", help="A data folder, or a store (s3://BUCKET/PREFIX).")]
To = Annotated[str, typer.Argument(metavar="TO", help="The other: a store, or a new folder.")]


@command(
    app,
    "copy",
    takes=("dry_run",),
    examples=(
        "baskych copy data s3://bucket/baskych",
        "baskych copy data s3://bucket/baskych --dry-run",
        "baskych copy s3://bucket/baskych data-again",
    ),
)
def copy(options: Options, source: From, target: To) -> None:
    """Take a data folder to a store, or bring it back.

    All of it but work under way, each file compared with its SHA-256; nothing is overwritten.
    """
    from crawlers.stores.copying import give, take, would_take  # noqa: PLC0415 - `--help` must not wait for it

    if is_address(source) == is_address(target):
        raise UsageError(f"copy {source} {target}: expected one folder of this machine and one store")
    if is_address(source) and options.dry_run:
        raise UsageError(
            f"--dry-run {source}: only the server knows what it has, and a dry run asks nobody; expected"
            " a folder of this machine"
        )
    if is_address(source):
        give(address_of(source), Path(target))
    else:
        if not Path(source).is_dir():
            raise UsageError(f"copy {source}: is no folder; expected a data folder")
        address = address_of(target)
        if options.dry_run:
            files, size = would_take(Path(source))
            typer.echo(
                f"{NOTHING_DONE}\n\n{files} files of {source}, {size} bytes,"
                f" would be compared with what {target} has; those that it lacks would be taken there"
            )
            return
        with TemporaryDirectory() as scratch:
            take(Path(source), address, Path(scratch))
    typer.echo(f"{target}: has all that {source} has")
