"""A call that was not understood is told as any other failure is: what, why, what to do."""

import sys
from collections.abc import Sequence
from typing import Any

import typer
from typer.core import TyperGroup
from typer.exceptions import TyperException

from pipelines.operating.exits import Exit
from pipelines.operating.failures import UsageError, explain

_OF_ANY_VALUE = "Input "  # how the library's words begin that leave out which value was typed


class Calls(TyperGroup):
    """All commands; what they do not understand has the form and the number of every other ending."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Keep what was typed, for a message to name it."""
        ctx.obj = tuple(args)
        return super().parse_args(ctx, args)

    def invoke(self, ctx: Any) -> Any:
        """Call the command; end with words where its name or its options are not understood."""
        try:
            return super().invoke(ctx)
        except TyperException as fault:
            if fault.exit_code != Exit.USAGE:
                raise
            sys.stderr.write(explain(UsageError(_in_words(fault, ctx.obj))) + "\n")
            raise SystemExit(int(Exit.USAGE)) from None


def _in_words(fault: TyperException, typed: Sequence[str]) -> str:
    """Return what is wrong, with the option and the value that was typed where one does not fit."""
    option = getattr(fault, "param", None)
    if not isinstance(fault, typer.BadParameter) or option is None or not fault.message:
        return fault.format_message()
    value = _typed_after(option.opts, typed)
    named = option.opts[0] if value is None else f"{option.opts[0]} {value}"
    return f"{named}: {fault.message.removeprefix(_OF_ANY_VALUE)}"


def _typed_after(names: Sequence[str], typed: Sequence[str]) -> str | None:
    """Return the last value of the option of these names; None where it was not typed."""
    found = None
    for place, word in enumerate(typed):
        name, equals, value = word.partition("=")
        if name in names:
            found = value if equals else next(iter(typed[place + 1 :]), None)
    return found
