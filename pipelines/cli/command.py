"""Make a function into a command: its shared options, its example, its way of ending."""

import inspect
import logging
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import typer

from pipelines.cli.options import Options, parameters
from pipelines.cli.places import placed
from pipelines.operating import logs
from pipelines.operating.failures import Ending
from pipelines.operating.stopping import stopping

_AS_WRITTEN = "\b"  # tells the help not to join the lines that follow


def command(
    app: typer.Typer,
    name: str,
    *,
    takes: tuple[str, ...] = (),
    examples: tuple[str, ...],
    prepare: Callable[[int], None] = logs.configure,
) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Add the decorated function to `app` as `name`, with the shared options that it `takes`.

    The function gets them as one `Options`, then its own parameters.
    `prepare` says where events of a level go.
    """

    def decorate(function: Callable[..., None]) -> Callable[..., None]:
        shared = parameters((*takes, "debug"))
        own = list(inspect.signature(function, eval_str=True).parameters.values())[1:]

        def called(**given: Any) -> None:
            mine = {parameter.name: given.pop(parameter.name) for parameter in own}
            data = given.pop("data", "data")  # as it was typed: a path would make one slash of two
            options = Options(**_plain(given))
            with Ending(debug=options.debug), stopping():
                prepare(logging.DEBUG if options.debug else logging.WARNING)
                with placed(data) as folder:
                    function(replace(options, data=folder), **mine)

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
