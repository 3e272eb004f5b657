"""The program that commands are added to."""

import typer

from pipelines.cli.calling import Calls

app = typer.Typer(
    name="baskych",
    cls=Calls,
    help="For every public service of a country: how far it has gone online, with the words that prove it.",
    epilog="Start with `baskych run`: a harvest of the built-in sample republic. `baskych exit-codes` lists"
    " every way a command can end.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)
