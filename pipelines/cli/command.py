"""Make a function into a command: its shared options, its example, its way of ending."""

import inspect
import logging
from collections.abc import Callable, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Any

import typer

from pipelines.cli.files import as_typed, files_here, is_file, refuse_what_must_be_asked
from pipelines.cli.options import Options, parameters
from pipelines.cli.places import placed
from pipelines.operating import logs
from pipelines.operating.failures import Ending
from pipelines.operating.stopping import stopping

_AS_WRITTEN = "\b"  # tells the help not to join the lines that follow


def command(  # noqa: PLR0913 - of which all but two are said by name
    app: typer.Typer,
    name: str,
    *,
    takes: tuple[str, ...] = (),
    said: Mapping[str, str] = MappingProxyType({}),
    examples: tuple[str, ...],
    prepare: Callable[[int], None] = logs.configure,
    only_here: Mapping[str, str] = MappingProxyType({}),
) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Add the decorated function to `app` as `name`, with the shared options that it `takes`.

    The function gets them as one `Options`, then its own parameters. `said` has the help of those that mean
    something of their own here. Each file that it takes may be on a
    server (s3://…), of which it gets a copy; but for those named in `only_here`, with the reason.
    `prepare` says where events of a level go.
    """

    def decorate(function: Callable[..., None]) -> Callable[..., None]:
        own = list(inspect.signature(function, eval_str=True).parameters.values())[1:]
        shared = parameters((*takes, "debug"), said)
        files = {parameter.name for parameter in [*own, *shared] if is_file(parameter)}
        own, shared = [as_typed(one) for one in own], [as_typed(one) for one in shared]

        def called(**given: Any) -> None:
            data = given.pop("data", "data")
            with Ending(debug=given["debug"]), stopping():
                prepare(logging.DEBUG if given["debug"] else logging.WARNING)
                if given.get("dry_run"):
                    refuse_what_must_be_asked(data, given, files)
                with placed(data) as folder, files_here(given, files, only_here) as found:
                    mine = {parameter.name: found.pop(parameter.name) for parameter in own}
                    function(replace(Options(**_plain(found)), data=folder), **mine)

        called.__signature__ = inspect.Signature([*own, *shared])  # type: ignore[attr-defined]  # read by Typer
        called.__annotations__ = {parameter.name: parameter.annotation for parameter in [*own, *shared]}
        called.__doc__ = function.__doc__
        epilog = "\n".join([_AS_WRITTEN, "Examples:", *(f"  {example}" for example in examples)])
        app.command(name, epilog=epilog)(called)
        return function

    return decorate


def _plain(given: dict[str, Any]) -> dict[str, Any]:
    """Return the options with lists as tuples, and without those that were not given."""
    kept = {name: value for name, value in given.items() if value is not None}
    return {name: tuple(value) if isinstance(value, list) else value for name, value in kept.items()}
