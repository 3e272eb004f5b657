"""The command that judges all rounds by somebody's own rules: replay."""

from pathlib import Path
from typing import Annotated

import typer

from crawlers.stores.address import is_address
from pipelines.cli.app import app
from pipelines.cli.command import command
from pipelines.cli.options import TALK, WHERE, Options
from pipelines.cli.places import new_place

By = Annotated[
    str, typer.Option("--by", metavar="NAME", help="Who answers for these rules; stands on each page.")
]
Out = Annotated[
    str, typer.Option("--out", metavar="DIR", help="A new data folder for what comes out, or a new store.")
]
Rubric = Annotated[
    Path | None,
    typer.Option("--rubric", metavar="FILE", help="Rules in place of pipelines/knowledge/rubric.yml."),
]
Weights = Annotated[
    Path | None, typer.Option("--weights", metavar="FILE", help="Weights in place of those in index.yml.")
]
Url = Annotated[str | None, typer.Option("--url", metavar="URL", help="Where the rules are explained.")]


@command(
    app,
    "replay",
    takes=(*WHERE, *TALK),
    said={"country": "Country that is judged again. Without it: all that there are captures of."},
    examples=(
        'baskych replay --weights my-weights.yml --by "Audit office" --out audit',
        'baskych replay --rubric my-rubric.yml --by "Ada Lovelace" --url https://example.org --out mine',
    ),
)
def replay(  # noqa: PLR0913, PLR0917 - options
    options: Options, by: By, out: Out, rubric: Rubric = None, weights: Weights = None, url: Url = None
) -> None:
    """Judge all rounds again by a rubric or weights of your own.

    Offline, into a folder or a store of its own; pages, tables and data package say whose rubric it is.
    """
    from crawlers.stores.place import place_of  # noqa: PLC0415 - `--help` must not wait for it
    from pipelines.captured_scopes import scopes_in  # noqa: PLC0415 - nor for this
    from pipelines.cli import closing  # noqa: PLC0415 - nor for this
    from pipelines.replay import OwnRules  # noqa: PLC0415 - nor for this
    from pipelines.replay import replay as judge_again  # noqa: PLC0415 - nor for this

    scopes = scopes_in(options.country, options.registry, options.data)
    own = OwnRules(by=by, url=url, rubric=rubric, weights=weights)
    stays = is_address(out) or place_of(options.data) is not None
    with new_place(out) as folder:
        release = judge_again(scopes, folder, own, options.reporter(), has_own_captures=stays)
    typer.echo(closing.of_release(release, Path(out), out if is_address(out) else None))
