"""The reference of the command line, made from the commands themselves: `COMMANDS.md`.

    python -m pipelines.cli.reference > COMMANDS.md

A test holds that the file is what comes out here.
"""

import sys
from collections.abc import Sequence
from inspect import cleandoc
from typing import Any

import typer

from pipelines.cli import app, load_commands
from pipelines.operating.exits import MEANINGS

_EXAMPLES = "Examples:\n"  # what `command` puts before them
_BAR = r"\|"  # within a cell
_HELP = "--help"  # told once for all commands
_INTRODUCTION = """# Commands

Made by `make commands` from the commands themselves; do not edit.

{about}

Commands stand as `baskych …`; in this folder that is `.venv/bin/baskych …`.
`--help`, or `-h`, after a command prints what stands here.
An option wins over its variable of the environment, and that over the default.
"""


def reference() -> str:
    """Return the whole page, in Markdown."""
    load_commands()
    group: Any = typer.main.get_command(app)
    top = typer.Context(group, info_name=group.name)
    commands = {name: group.get_command(top, name) for name in group.list_commands(top)}
    parts = [
        _INTRODUCTION.format(about=group.help),
        _table(
            ("Command", "What it does"),
            [(f"[`{name}`](#{name})", _first_line(each)) for name, each in commands.items()],
        ),
        "Of `baskych` itself:\n",
        _options(group, top),
        *(
            _of_command(each, typer.Context(each, info_name=name, parent=top))
            for name, each in commands.items()
        ),
        "## How a command ends\n",
        "`baskych exit-codes` prints this table, too. A number is never given a second meaning.\n",
        _table(
            ("Number", "What it means", "What to do"),
            [(str(int(code)), meaning.what, meaning.advice) for code, meaning in MEANINGS.items()],
        ),
    ]
    return "\n".join(parts)


def examples_of(command: Any) -> list[str]:
    """Return the examples with which a command's help ends."""
    _, _, examples = (command.epilog or "").partition(_EXAMPLES)
    return [line.strip() for line in examples.splitlines()]


def _of_command(command: Any, context: Any) -> str:
    """Return what a command is for, its form, its arguments and options, and its examples."""
    form = " ".join([context.command_path, *command.collect_usage_pieces(context)])
    lines = (
        f"## {context.info_name}\n",
        f"{cleandoc(command.help)}\n",
        f"```\n{form}\n```\n",
        _options(command, context),
        "For example:\n",
        "\n".join(("```", *examples_of(command), "```\n")),
    )
    return "\n".join(lines)


def _options(command: Any, context: Any) -> str:
    """Return a table of all that a command can be given."""
    rows = [_row(each, context) for each in command.get_params(context) if _HELP not in each.opts]
    return _table(("Argument or option", "What it means", "Default", "Variable"), rows)


def _row(given: Any, context: Any) -> tuple[str, str, str, str]:
    """Return name, meaning, default and variable of an argument or option, as `--help` tells them."""
    _, told = given.get_help_record(context)
    beside = told.removeprefix(given.help).strip(" []")
    notes = dict(_note(each) for each in beside.split("; ") if each)
    default, variable = notes.pop("default", ""), notes.pop("env var", "")
    bounds = "".join(f" ({_bounds(note)})" for note in notes)
    return _name(given), f"{given.help}{bounds}", _code(default), _code(variable)


def _bounds(note: str) -> str:
    """Return bounds of a number as a person says them: the library has 1<=x<=9, and x>=1."""
    return note.replace("x>=", "at least ").replace("<=x<=", " to ")


def _note(text: str) -> tuple[str, str]:
    """Return a note beside an option's help as its name and its value; bounds have none."""
    name, _, value = text.partition(": ")
    return name, value


def _name(given: Any) -> str:
    if given.param_type_name == "argument":
        return _code(given.metavar)
    names = ", ".join(given.opts)
    return _code(names if given.is_flag else f"{names} {given.metavar}")


def _code(text: str) -> str:
    return f"`{text}`" if text else ""


def _first_line(command: Any) -> str:
    return str(command.help).partition("\n")[0]


def _table(header: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    rule = "|".join(["", *("---" for _ in header), ""])
    return "\n".join([_line(header), rule, *map(_line, rows), ""])


def _line(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cell.replace('|', _BAR) for cell in cells)} |"


if __name__ == "__main__":
    sys.stdout.write(reference())
