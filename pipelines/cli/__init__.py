"""The command line: `baskych`.

Every command is a few lines around one function of the pipeline, and imports it only when it is called.
"""

import importlib

from pipelines.cli.app import app

__all__ = ["app", "load_commands", "main"]

# Each adds its commands to `app`, in the order in which `--help` lists them.
_COMMANDS = (
    "pipelines.cli.harvest",
    "pipelines.cli.evidence",
    "pipelines.cli.replay",
    "pipelines.cli.report",
    "pipelines.cli.look",
    "pipelines.cli.verify",
    "pipelines.cli.tend",
    "pipelines.cli.copy",
)


def main() -> None:
    """Run the command that the arguments name."""
    load_commands()
    app()


def load_commands() -> None:
    """Let every command add itself to `app`."""
    for module in _COMMANDS:
        importlib.import_module(module)
