"""The command line: `baskych`.

Every command is a few lines around one function of the pipeline, and imports it only when it is called.
"""

from pipelines.cli.app import app

__all__ = ["app", "main"]


def main() -> None:
    """Run the command that the arguments name."""
    from pipelines.cli import harvest, look, tend  # noqa: F401, PLC0415 - they add their commands to `app`

    app()
