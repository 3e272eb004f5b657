"""Make a release anew, in a folder of its own, from nothing but itself, its captures and the code it names.

What the release says of its making is the recipe: registries, corrections, address, accepted checks. The
captures are those that it lists, and no others. What comes out must be what was published, byte for byte.
"""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from crawlers.sites import Registry
from pipelines import steps
from pipelines.corrections import FILE as CORRECTIONS
from pipelines.knowledge import FOLDER as SHIPPED
from pipelines.operating.progress import Reporter
from pipelines.provenance.code import code_digest, knowledge_digest
from pipelines.provenance.record import (
    FOLDER,
    Provenance,
    ProvenanceError,
    RoundOrigin,
    read_captures_list,
    read_provenance,
)
from pipelines.provenance.rules import rules_of
from pipelines.scope import Scope, registry_for_archive


class OtherCodeError(Exception):
    """The release was made by other code or other rules than those at work here: it cannot be made anew."""


@contextmanager
def rederived(
    release: Path, data: Path, reporter: Reporter, *, jobs: int | None = None, threads: int | None = None
) -> Iterator[Path]:
    """Yield the folder of the release that the captures of `release`, which lie under `data`, give.

    It needs about as much room for temporary files as the data folder has beside its captures.

    Raises:
        ProvenanceError: the release does not say what it was made from.
        OtherCodeError: it was made by other code; the message says which, and how to get it.
        CaptureError, BuildError, ReleaseError: captures or rows are not such as can be published.
    """
    provenance = read_provenance(release)
    with TemporaryDirectory(prefix="baskych-verify-") as name:
        own = Path(name).resolve() / "data"
        rules = rules_of(release, own.with_name("rules"))
        refuse_other_code(provenance, rules)
        lay_out(own, release, data)
        with steps.at_work(own):
            for origin in provenance.rounds:
                scope = scope_from(origin, release, own)
                steps.understand_sites(scope, reporter, jobs)
                steps.understand_round(scope, reporter, rules)
            steps.build(own, reporter, threads)
            steps.publish_at(
                own,
                reporter,
                threads,
                provenance.approved,
                address=provenance.address,
                issues_url=provenance.issues_url,
                rules=rules,
            )
        yield (own / "publish" / "latest").resolve()


def refuse_other_code(provenance: Provenance, rules: Path | None = None) -> None:
    """Say so if what is at work here is not what made the release; `rules` are its own, if it has any.

    Raises:
        OtherCodeError: naming the code, or the rounds that other code understood.
    """
    made_by, here = provenance.code, (code_digest(), knowledge_digest(rules or SHIPPED))
    if (made_by.digest, provenance.knowledge) != here:
        advice = f"git checkout {made_by.commit}" if made_by.commit else f"install version {made_by.version}"
        raise OtherCodeError(
            f"made by code {made_by.digest[:12]} with rules {provenance.knowledge[:12]};"
            f" here are code {here[0][:12]} with rules {here[1][:12]}: {advice}, and verify again"
        )
    if others := provenance.other_origins():
        named = ", ".join(f"{one.country_id} {one.round_id}" for one in others)
        raise OtherCodeError(
            f"rounds that other code or rules understood: {named}; a release whose rounds were all understood"
            " by one code can be made anew: `baskych rebuild` makes such a one"
        )


def lay_out(own: Path, release: Path, data: Path) -> None:
    """Let the captures that `release` lists, and its corrections, stand in the data folder `own`.

    Raises:
        ProvenanceError: as `read_captures_list`.
    """
    own.mkdir()
    for manifest in read_captures_list(release):
        folder = Path(manifest).parent
        (own / folder.parent).mkdir(parents=True, exist_ok=True)
        (own / folder).symlink_to((data / folder).resolve(), target_is_directory=True)
    corrections = release / FOLDER / CORRECTIONS
    if corrections.is_file():
        shutil.copyfile(corrections, own / CORRECTIONS)


def scope_from(origin: RoundOrigin, release: Path, data: Path) -> Scope:
    """Return the scope of a round in `data`, by the registry that the release has of it.

    Raises:
        ProvenanceError: the registry is not there, or is none.
    """
    registry = registry_for_archive(origin.country_id)
    if origin.registry is not None:
        path = release / FOLDER / Path(origin.registry).name
        try:
            registry = Registry.model_validate_json(path.read_bytes())
        except (OSError, ValueError) as failure:
            raise ProvenanceError(f"{path}: cannot be read ({failure}); expected a registry") from failure
    return Scope(registry=registry, registry_file=None, data=data, round_id=origin.round_id)
