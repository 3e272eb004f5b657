"""Make a release anew, in a folder of its own, from nothing but itself, its captures and the code it names.

What the release says of its making is the recipe: registries, corrections, address, accepted checks. The
captures are those that it lists, and no others. What comes out must be what was published, byte for byte.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from pipelines.knowledge import FOLDER as SHIPPED
from pipelines.operating.progress import Reporter
from pipelines.provenance.code import code_digest, knowledge_digest
from pipelines.provenance.record import Provenance, read_provenance
from pipelines.provenance.rules import rules_of
from pipelines.recipe import lay_out, scope_from, take_names
from pipelines.steps import building, publishing, understanding, workplace


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
        take_names(own, release)
        with workplace.at_work(own):
            for origin in provenance.rounds:
                scope = scope_from(origin, release, own)
                understanding.understand_sites(scope, reporter, jobs)
                understanding.understand_round(scope, reporter, rules)
            building.build(own, reporter, threads)
            publishing.publish_at(
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
