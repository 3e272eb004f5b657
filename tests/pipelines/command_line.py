"""Call the command line in this process: no test has to wait for another Python."""

from pathlib import Path

from typer.testing import CliRunner, Result

from pipelines.cli import app


def baskych(*arguments: str | Path) -> Result:
    """Call `baskych` with `arguments`; return how it ended, and what it said."""
    return CliRunner().invoke(app, [str(each) for each in arguments])
