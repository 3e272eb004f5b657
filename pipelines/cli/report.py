"""The command that tells a site's keepers how it stands: report."""

from typing import Annotated

import typer

from pipelines.cli.app import app
from pipelines.cli.command import command
from pipelines.cli.options import Options
from pipelines.cli.places import release_at
from pipelines.operating.failures import UsageError

Site = Annotated[str, typer.Argument(metavar="SITE", help="The site, as `out_sites` names it.")]
Release = Annotated[
    str | None,
    typer.Option("--release", metavar="FOLDER", help="A release's folder. Without it: the latest."),
]
Language = Annotated[
    str | None, typer.Option("--language", metavar="ky|ru|en", help="Without it: the site's own language.")
]
Html = Annotated[bool, typer.Option("--html", help="One HTML page, to be sent or printed, in place of text.")]


@command(
    app,
    "report",
    takes=("data",),
    examples=("baskych report sample-tax", "baskych report sample-tax --language ru --html > report.html"),
)
def report(
    options: Options,
    site: Site,
    release: Release = None,
    language: Language = None,
    html: Html = False,  # noqa: FBT002 - an option
) -> None:
    """Tell a site's keepers what is good, what is missing, and how to mend it.

    From a published release, in the site's own language.
    """
    from warehouse.portal.site_report import DATABASE, site_report  # noqa: PLC0415 - `--help` must not wait for it
    from warehouse.portal.speech import LANGUAGES  # noqa: PLC0415 - nor for this

    if language not in (None, *LANGUAGES):
        raise UsageError(f"--language {language}: expected one of {', '.join(LANGUAGES)}")

    folder = release_at(options.data, release, DATABASE.as_posix())
    typer.echo(site_report(folder, site, language=language, kind="html" if html else "txt"))
