"""The options that commands share, each written once, and the way from them to a scope and a reporter."""

import os
from collections.abc import Mapping
from copy import copy
from dataclasses import dataclass
from inspect import Parameter
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Annotated, Any, get_args

import typer

from pipelines.operating.progress import Reporter, reporter

if TYPE_CHECKING:
    from pipelines.scope import Scope


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """What a person asked for, as it was typed; options that a command does not take have their default."""

    country: str | None = None
    registry: Path | None = None
    data: Path = Path("data")
    round_id: str | None = None
    site: tuple[str, ...] = ()
    max_pages: int | None = None
    quiet: bool = False
    no_progress: bool = False
    json: bool = False
    dry_run: bool = False
    debug: bool = False

    def scope(self) -> "Scope":
        """Return what the options name, checked.

        Raises:
            UsageError, RegistryError, UnknownCountryError, UnknownSiteError: an option names nothing real.
        """
        from pipelines.scope import scope_of, with_sites  # noqa: PLC0415 - `--help` must not wait for pydantic

        scope = scope_of(self.country, self.registry, self.data, self.round_id)
        return with_sites(scope, self.site, self.max_pages)

    def reporter(self) -> Reporter:
        """Return who tells the person how far the work is."""
        return reporter(quiet=self.quiet, no_progress=self.no_progress, environment=os.environ)


def _option(annotation: Any, default: Any, *names: str, **about: Any) -> tuple[Any, Any]:
    """Return the annotation that Typer reads, and the default."""
    return Annotated[annotation, typer.Option(*names, show_default=default is not None, **about)], default


def _flag(*names: str, about: str) -> tuple[Any, Any]:
    """Return an option that is on or off, and off at first."""
    return Annotated[bool, typer.Option(*names, show_default=False, help=about)], False


_SPECIFICATIONS: Mapping[str, tuple[Any, Any]] = MappingProxyType(
    {
        "country": _option(
            str | None,
            None,
            "--country",
            metavar="CODE",
            envvar="BASKYCH_COUNTRY",
            help="Country whose registry is shipped. Without it: sample, or the country of --registry.",
        ),
        "registry": _option(
            Path | None,
            None,
            "--registry",
            metavar="FILE",
            envvar="BASKYCH_REGISTRY",
            help="A registry of your own, in YAML.",
        ),
        "data": _option(
            str,
            "data",
            "--data",
            metavar="DIR|s3://BUCKET/PREFIX",
            envvar="BASKYCH_DATA",
            help="Folder that everything made lies under; or a store that several machines share.",
        ),
        "round_id": _option(
            str | None,
            None,
            "--round",
            metavar="YYYY-MM",
            help="Month that names the harvest. Without it: this month, in the country's time zone.",
        ),
        "site": _option(
            list[str] | None, None, "--site", metavar="ID", help="Only this site; may be given several times."
        ),
        "max_pages": _option(
            int | None, None, "--max-pages", min=1, metavar="N", help="At most so many pages of each site."
        ),
        "quiet": _flag("--quiet", "-q", about="Say nothing but results and errors."),
        "no_progress": _flag("--no-progress", about="Plain lines instead of bars."),
        "json": _flag("--json", about="The result as JSON on standard output."),
        "dry_run": _flag(
            "--dry-run",
            about="Say what this very call would do, and do none of it: ask nobody, write nothing.",
        ),
        "debug": _flag("--debug", about="Show each event, and the traceback of an error."),
    }
)
NOTHING_DONE = "Dry run: nobody was asked, nothing was written."  # what every dry run begins with
WHERE = ("country", "registry", "data")
WHAT = (*WHERE, "round_id", "site", "max_pages")
TALK = ("quiet", "no_progress")


def parameters(names: tuple[str, ...], said: Mapping[str, str] = MappingProxyType({})) -> list[Parameter]:
    """Return the options of these names as parameters that Typer understands.

    `said` has the help of those that mean something of their own in a command.
    """
    return [
        Parameter(
            name, Parameter.KEYWORD_ONLY, annotation=_saying(annotation, said.get(name)), default=default
        )
        for name, (annotation, default) in _SPECIFICATIONS.items()
        if name in names
    ]


def _saying(annotation: Any, words: str | None) -> Any:
    """Return an option's annotation with other words of help."""
    if words is None:
        return annotation
    kind, option = get_args(annotation)
    own = copy(option)
    own.help = words
    return Annotated[kind, own]
