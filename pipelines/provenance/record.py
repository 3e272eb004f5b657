"""The record of what a release was made from, as it lies in the release's folder `provenance/`.

```
provenance/provenance.json              this record
provenance/captures.sha256              the SHA-256 of each site's manifest, which has those of its WARC files
provenance/registry-<country>-….json    each registry by which a round was understood
provenance/corrections.yml              what people decided, where they did
provenance/knowledge/*.yml              rules that are not the shipped ones, where it was judged by such
```
"""

import hashlib
import re
from collections.abc import Iterable, Mapping
from pathlib import Path

from pydantic import ValidationError

from pipelines.strict import Strict

FOLDER = "provenance"
RECORD = "provenance.json"
CAPTURES = "captures.sha256"
KNOWLEDGE = "knowledge"
_LINE = re.compile(r"[0-9a-f]{64}  captures/\d{4}-\d{2}/[a-z]{2}[\w.-]*/manifest\.json")  # leads nowhere else


class ProvenanceError(Exception):
    """A release does not say what it was made from: the message names the file and what was expected."""


class Code(Strict):
    """The code that made a release."""

    version: str
    digest: str  # of all our files but knowledge and registries
    commit: str | None  # None: not run from a tree of Git


class RoundOrigin(Strict):
    """By what a country's round was understood."""

    country_id: str
    round_id: str
    registry: str | None  # name of its file in this folder; None: the country has no registry
    code: str  # digests, as in `Code` and `Provenance`
    knowledge: str


class Provenance(Strict):
    """The whole of `provenance.json`."""

    code: Code
    knowledge: str  # digest of all that judging knows
    rubric_version: str
    environment: Mapping[str, str]  # library -> version
    address: str | None  # where the release is served, if that was said
    issues_url: str | None
    approved: tuple[str, ...]  # checks whose failure a person accepted
    rounds: tuple[RoundOrigin, ...]  # by round and country

    def as_derived(self) -> "Provenance":
        """Return what must be the same on every machine that derives the release."""
        return self.model_copy(
            update={"environment": {}, "code": self.code.model_copy(update={"commit": None})}
        )

    def other_origins(self) -> list[RoundOrigin]:
        """Return the rounds that were understood by other code or rules than made the release."""
        return [one for one in self.rounds if (one.code, one.knowledge) != (self.code.digest, self.knowledge)]


def read_provenance(release: Path) -> Provenance:
    """Return what `release` says that it was made from.

    Raises:
        ProvenanceError: it does not say, or not in this form.
    """
    path = release / FOLDER / RECORD
    try:
        return Provenance.model_validate_json(path.read_bytes())
    except (OSError, ValidationError) as failure:
        raise ProvenanceError(
            f"{path}: cannot be read ({failure}); expected what the release was made from. A release that"
            " an earlier version published has none: `baskych verify --quick` checks what can be checked"
        ) from failure


def read_captures_list(release: Path) -> dict[str, str]:
    """Return the SHA-256 of each manifest that the release rests on, by its path under the data folder.

    Raises:
        ProvenanceError: there is no such list, or it names what is no site's manifest.
    """
    path = release / FOLDER / CAPTURES
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as failure:
        raise ProvenanceError(f"{path}: cannot be read ({failure}); expected sums of manifests") from failure
    for line in lines:
        if not _LINE.fullmatch(line):
            raise ProvenanceError(
                f"{path}: {line!r}; expected a SHA-256 and captures/<round>/<site>/manifest.json"
            )
    return {name: digest for digest, _, name in (line.partition("  ") for line in lines)}


def captures_list(data: Path, manifests: Iterable[Path]) -> str:
    """Return the text of `captures.sha256`: lines that `sha256sum --check` reads in the data folder."""
    lines = sorted((path.relative_to(data).as_posix(), _sha256(path)) for path in manifests)
    return "".join(f"{digest}  {name}\n" for name, digest in lines)


def _sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
