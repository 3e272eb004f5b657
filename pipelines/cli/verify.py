"""The command that checks what was published: verify, a release or one service of it."""

import sys
from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from pipelines.cli.app import app
from pipelines.cli.command import command
from pipelines.cli.options import TALK, Options
from pipelines.cli.places import release_at
from pipelines.operating.exits import Exit
from pipelines.operating.failures import UsageError

What = Annotated[
    str | None,
    typer.Argument(
        metavar="RELEASE|SERVICE",
        help="A release's folder, or a service's id. Without it: the latest release.",
    ),
]
Release = Annotated[
    str | None,
    typer.Option("--release", metavar="FOLDER", help="Where to look a service up, if not in the latest."),
]
Signers = Annotated[
    Path | None,
    typer.Option("--signers", metavar="FILE", help="Whose signature counts: allowed signers, see KEYS.md."),
]
Quick = Annotated[bool, typer.Option("--quick", help="Hashes, counts and quotes only; nothing is made anew.")]
Language = Annotated[
    str, typer.Option("--language", metavar="ky|ru|en", help="Language of a service's chain.")
]
Jobs = Annotated[
    int | None,
    typer.Option("--jobs", min=1, metavar="N", help="Sites read at once. Without it: as many as cores."),
]


@command(
    app,
    "verify",
    takes=("data", "round_id", *TALK),
    said={"round_id": "Month whose quotes are checked, published or not. Without it: a release is checked."},
    examples=(
        "baskych verify",
        "baskych verify data/publish/2026-11-0a1b2c3d --signers allowed_signers",
        "baskych verify svc-1a2b3c4d5e6f --language ky",
        "baskych verify --round 2026-11",
    ),
)
def verify(  # noqa: PLR0913, PLR0917 - options
    options: Options,
    what: What = None,
    release: Release = None,
    signers: Signers = None,
    language: Language = "en",
    jobs: Jobs = None,
    quick: Quick = False,  # noqa: FBT002 - an option
) -> None:
    """Check a release against the captures it was made from.

    Every hash, count and quote; then the whole release, made anew in a folder of its own and compared row by
    row. With a service's id: its chain from stage to WARC record. With --round: the quotes of a round that
    was understood, published or not.
    """
    if what is not None and not Path(what).is_dir() and "/" not in what:
        _show_chain(options, what, release, signers, language)
    elif options.round_id:
        _verify_round(options)
    else:
        _verify_release(options, what or release, signers, jobs=jobs, is_quick=quick)


def _verify_release(
    options: Options, named: str | None, signers: Path | None, *, jobs: int | None, is_quick: bool
) -> None:
    from crawlers.stores.mirror import bring  # noqa: PLC0415 - nor for this
    from pipelines.rederive import rederived  # noqa: PLC0415 - `--help` must not wait for it
    from pipelines.verify import verify as verify_release  # noqa: PLC0415 - nor for this

    bring(options.data, "captures/*")  # every byte is read
    place = release_at(options.data, named).resolve()  # whole, though `latest` is switched
    derive = None if is_quick else partial(rederived, reporter=options.reporter(), jobs=jobs)
    found = verify_release(place, options.data, signers=signers, derive=derive)
    typer.echo(found.words())
    if not found.is_true:
        sys.exit(Exit.DIFFERENCES)
    if found.not_derived:
        sys.exit(Exit.OTHER_CODE)


def _verify_round(options: Options) -> None:
    from crawlers.stores.mirror import bring  # noqa: PLC0415 - nor for this
    from pipelines.months import checked_round  # noqa: PLC0415 - nor for this
    from pipelines.verify import verify_quotes  # noqa: PLC0415 - `--help` must not wait for it

    round_id = checked_round(str(options.round_id))
    bring(options.data, f"captures/{round_id}/*", f"core/*/round={round_id}/*")
    found = verify_quotes(options.data, round_id)
    typer.echo(found.words())
    if not found.is_true:
        sys.exit(Exit.DIFFERENCES)


def _show_chain(
    options: Options, service_id: str, release: str | None, signers: Path | None, language: str
) -> None:
    from pipelines.chain import FILES, chain_of  # noqa: PLC0415 - `--help` must not wait for it
    from pipelines.inspecting.chain_view import chain_in_words  # noqa: PLC0415 - nor for this

    if language not in ("ky", "ru", "en"):
        raise UsageError(f"--language {language}: expected ky, ru or en")
    place = release_at(options.data, release, *FILES).resolve()
    chain = chain_of(service_id, place, options.data, signers)
    typer.echo(chain_in_words(chain, language))
    if not chain.is_whole:
        sys.exit(Exit.DIFFERENCES)
