"""Commands that look at what there is: inspect, evaluate, verify, serve."""

import json
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from crawlers.stores.address import is_address
from pipelines.cli.app import app
from pipelines.cli.command import command
from pipelines.cli.options import Options
from pipelines.operating import logs
from pipelines.operating.failures import NothingThereError, UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from crawlers.sites import Registry
    from pipelines.inspecting.record import Inspection

Source = Annotated[
    str | None, typer.Argument(metavar="URL|FILE.html|FILE.warc.gz", help="The page to look at.")
]
Batch = Annotated[
    Path | None,
    typer.Option(
        "--batch", metavar="MANIFEST.jsonl", help="Many pages; one JSON object a line, in its order."
    ),
]
Url = Annotated[
    str | None,
    typer.Option("--url", metavar="URL", help="Where the file came from, or which page of a WARC."),
]
Language = Annotated[str, typer.Option("--language", metavar="ky|ru|en", help="Language of the explanation.")]
Port = Annotated[int, typer.Option("--port", min=1, max=65535, metavar="N", help="Port on this machine.")]


@command(
    app,
    "inspect",
    takes=("country", "registry", "json"),
    examples=(
        "baskych inspect page.html --url https://example.org/passport",
        "baskych inspect pages.warc.gz --json",
        "baskych inspect --batch manifest.jsonl",
    ),
    prepare=logs.without_structlog,
    only_here={"batch": "the pages that it names lie beside it"},
)
def inspect(
    options: Options,
    source: Source = None,
    url: Url = None,
    batch: Batch = None,
    language: Language = "en",
) -> None:
    """Explain one page: its verdict, why, and what is missing.

    With --json or --batch for a program: one JSON object a page.
    """
    from crawlers.sites import load_registry  # noqa: PLC0415 - `--help` must not wait for it
    from pipelines.inspect import inspect_batch  # noqa: PLC0415 - nor for this

    if (source is None) == (batch is None):
        raise UsageError("expected one page, or --batch MANIFEST.jsonl, and not both")
    registry = load_registry(options.registry or options.country or "sample")
    if batch is not None:
        _print_json(inspect_batch(batch, registry))
    elif options.json:
        _print_json(_inspected(str(source), url, registry))
    else:
        _print_for_person(_inspected(str(source), url, registry), language)


def _inspected(source: str, url: str | None, registry: "Registry") -> "Iterator[Inspection]":
    """Yield what each page at `source` shows; a file on a server is called by its address."""
    from crawlers.stores.files import here  # noqa: PLC0415 - `--help` must not wait for it
    from pipelines.inspect import inspect_all  # noqa: PLC0415 - nor for this

    if not is_address(source):
        yield from inspect_all(source, url, registry)
        return
    with here(source) as path:
        for page in inspect_all(str(path), url, registry):
            yield replace(page, file=source)


def _print_json(seen: "Iterable[Inspection]") -> None:
    """Print one object a line, each as soon as it is known."""
    from pipelines.inspecting.record import as_json  # noqa: PLC0415 - `--help` must not wait for it

    for page in seen:
        sys.stdout.write(json.dumps(as_json(page), ensure_ascii=False) + "\n")
        sys.stdout.flush()


def _print_for_person(seen: "Iterable[Inspection]", language: str) -> None:
    """Print what a person at a terminal reads, page after page."""
    from rich.console import Console  # noqa: PLC0415 - `--help` must not wait for it

    from pipelines.inspecting.view import view  # noqa: PLC0415 - nor for this
    from pipelines.knowledge import load_knowledge  # noqa: PLC0415 - nor for this

    if language not in ("ky", "ru", "en"):
        raise UsageError(f"--language {language}: expected ky, ru or en")
    console = Console()
    for number, page in enumerate(seen):
        if number:
            console.rule()
        console.print(view(page, load_knowledge(), language))


@command(
    app,
    "evaluate",
    takes=("json",),
    examples=(
        "baskych evaluate gold.jsonl",
        "baskych evaluate gold.jsonl --json",
        "baskych evaluate kept-back.jsonl --as-shipped",
    ),
    only_here={"gold": "the pages that it names lie beside it"},
)
def evaluate(
    options: Options,
    gold: Annotated[
        Path, typer.Argument(metavar="GOLD.jsonl", help="Labelled pages, their files beside it.")
    ],
    *,
    as_shipped: Annotated[
        bool,
        typer.Option(
            "--as-shipped",
            help="Judge by the weights that ship: for pages of other sites than those fitted on.",
        ),
    ] = False,
) -> None:
    """Measure accuracy against labelled pages.

    Per kind, stage and indicator, per language and country, with intervals; cross-validated by site, unless
    --as-shipped.
    """
    try:
        from pipelines.evaluate import evaluate as measure  # noqa: PLC0415 - `--help` must not wait for it
    except ModuleNotFoundError as error:
        raise NothingThereError(
            f"{error.name} is not installed; the development packages have it: `make test` installs them"
        ) from error
    from pipelines.measuring.evaluation_text import render, to_json  # noqa: PLC0415 - `--help` must not wait for it

    found = measure(gold, as_shipped=as_shipped)
    typer.echo(json.dumps(to_json(found), ensure_ascii=False, indent=2) if options.json else render(found))


@command(app, "serve", takes=("data",), examples=("baskych serve", "baskych serve --port 8080"))
def serve(options: Options, port: Port = 8000) -> None:
    """Show the published portal on this machine.

    With range requests, as a web host would, until Ctrl-C.
    """
    from crawlers.stores.releases import bring_release  # noqa: PLC0415 - nor for this
    from pipelines.operating.ports import refuse_taken  # noqa: PLC0415 - `--help` must not wait for it
    from warehouse.serve import application  # noqa: PLC0415 - nor for this
    from warehouse.serve import serve as serve_portal  # noqa: PLC0415 - nor for this

    refuse_taken(port)
    bring_release(options.data)
    portal = options.data / "publish" / "latest"
    application(portal)  # says so where there is no portal, before any address is told
    typer.echo(f"Portal: http://127.0.0.1:{port}/\nCtrl-C ends it.")
    serve_portal(portal, port)
