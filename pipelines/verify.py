"""Check a release against the captures it was made from: nothing that was published has to be believed.

The signature, every file's hash, every table's rows, every file of the captures, and every published quote:
the page is taken from its WARC record once more, cleaned once more, and the words are looked for at their
place. Then the whole release is made anew from its captures, and compared row by row and line by line.
"""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path

from crawlers.errors import CaptureError
from pipelines.checking.capture_check import check_captures, check_listed_captures
from pipelines.checking.file_check import PACKAGE, check_counts, count_tables
from pipelines.checking.published_quotes import published_quotes, understood_quotes
from pipelines.checking.quote_check import Fault, check_quotes
from pipelines.checking.release_difference import compared_files, differences
from pipelines.checking.sum_check import check_sums, count_files
from pipelines.checking.verification import Verification
from pipelines.provenance.record import FOLDER, RECORD, ProvenanceError, read_captures_list
from pipelines.rederive import OtherCodeError
from pipelines.rounds.core_files import core_file
from warehouse.errors import WarehouseError
from warehouse.signing import read_signature

Derive = Callable[[Path, Path], AbstractContextManager[Path]]


class VerifyError(Exception):
    """The release cannot be checked: the message names the folder and what was expected."""


def verify(
    release: Path, data: Path, *, signers: Path | None = None, derive: Derive | None = None
) -> Verification:
    """Return what is true of the release in `release`, whose captures lie under `data`.

    `signers` names whose signature counts (a file as ssh-keygen's ALLOWED SIGNERS). `derive` makes the
    release anew (`pipelines.rederive`); without it, rows are not compared with what the captures give.

    Raises:
        VerifyError: `release` is no release. CaptureError: a list of captures cannot be read.
        SigningError: signatures cannot be checked here.
    """
    if not (release / PACKAGE).is_file():
        raise VerifyError(f"{release}: has no {PACKAGE}; expected a folder that `baskych publish` made")
    signature = read_signature(release, signers)
    quotes, faults = published_quotes(release)
    faults = [
        *(Fault(subject=one.subject, expected=one.expected, found=one.found) for one in signature.faults),
        *check_sums(release),
        *check_counts(release),
        *faults,
        *_captures(release, data, is_named=derive is not None),
        *check_quotes(quotes, data),
    ]
    remade = _made_anew(release, data, derive, faults) if derive else _Remade()
    return Verification(
        files=count_files(release),
        tables=count_tables(release),
        quotes=len(quotes),
        faults=(*faults, *remade.faults),
        signature=signature,
        derived=remade.files,
        not_derived=remade.why_not,
    )


def verify_quotes(data: Path, round_id: str) -> Verification:
    """Return whether every quote of a round that was understood stands in its capture; no release is needed.

    Raises:
        VerifyError: nothing was understood in that round. CaptureError: as `verify`.
    """
    quotes = list(understood_quotes(data, round_id))
    if not any(core_file(data, "pages", round_id, "x").parent.glob("*.parquet")):
        raise VerifyError(f"{data}: round {round_id} has not been understood; `baskych understand` does")
    faults = (*check_captures(data, round_id), *check_quotes(quotes, data))
    return Verification(files=0, tables=0, quotes=len(quotes), faults=faults)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Remade:
    """What came of making a release anew."""

    files: int | None = None
    why_not: str | None = None
    faults: tuple[Fault, ...] = ()


def _captures(release: Path, data: Path, *, is_named: bool) -> list[Fault]:
    """The faults of the captures that the release names; of all, where an old release names none."""
    try:
        listed = read_captures_list(release)
    except ProvenanceError as failure:
        path = f"{FOLDER}/{RECORD}"
        missing = Fault(subject=path, expected="what the release was made from", found=str(failure))
        return [*([missing] if is_named else []), *check_captures(data)]
    return list(check_listed_captures(data, listed))


def _made_anew(release: Path, data: Path, derive: Derive, faults: list[Fault]) -> _Remade:
    """Make the release anew and compare; captures that are damaged are told, and not built upon."""
    if any(one.subject.startswith(("captures/", f"{FOLDER}/")) for one in faults):
        return _Remade(why_not="what it was made from is not as it was; see below")
    try:
        with derive(release, data) as derived:
            return _Remade(files=compared_files(derived), faults=tuple(differences(release, derived)))
    except OtherCodeError as failure:
        return _Remade(why_not=str(failure))
    except (CaptureError, ProvenanceError, WarehouseError) as failure:
        words = "a release that can be made from what it names"
        return _Remade(faults=(Fault(subject=release.name, expected=words, found=str(failure)),))
