"""The chain of one published service, link by link, each checked now: stage, rule, quote, page, WARC, sums.

Whoever doubts one row need not make a whole release anew: each link is a few bytes to be hashed or read.
"""

from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from crawlers.stores.mirror import bring
from pipelines.checking.chain_links import Link, Proof, file_links, proofs_of, sums_links
from pipelines.checking.published_quotes import FINDINGS
from pipelines.judging.expertise import Knowledge, Rule
from pipelines.knowledge import load_knowledge
from pipelines.provenance.record import FOLDER
from warehouse.signing import Signature, read_signature

_SERVICES = "data/out_services.parquet"
_PROOFS = f"data/{FINDINGS}.parquet"
_NEARBY = 3  # services named where one is asked for that is not there
FILES = (_SERVICES, _PROOFS, "SHA256SUMS*", f"{FOLDER}/*")  # of a release, that chains are read from


class NoSuchServiceError(Exception):
    """The release has no service of this id; the message names the nearest ones."""


class NoTableError(Exception):
    """A table of the release is not there, or cannot be read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Chain:
    """All that a published stage hangs on."""

    service_id: str
    name: str
    institution_id: str
    stage: int | None
    reason: str  # id of the rule, or of why there is no stage
    rubric_version: str
    version: str  # of the release
    rule: Link
    proofs: tuple[Proof, ...]
    files: tuple[Link, ...]  # of captures
    sums: tuple[Link, ...]  # of the release
    signature: Signature

    @property
    def is_whole(self) -> bool:
        """Whether every link holds."""
        links = [self.rule, *self.files, *self.sums, *(link for proof in self.proofs for link in proof.links)]
        return all(link.is_true for link in links) and not self.signature.faults


def chain_of(service_id: str, release: Path, data: Path, signers: Path | None = None) -> Chain:
    """Return the chain of a service of `release`, whose captures lie under `data`.

    Raises:
        NoSuchServiceError: there is no such service. NoTableError: there is no such release.
        ProvenanceError: the release names no captures. CaptureError: a list of captures cannot be read.
        SigningError: as `verify`.
    """
    services = _rows(release / _SERVICES, service_id)
    if not services:
        raise _no_such_service(service_id, release)
    service = services[0]
    proofs = [row for row in _rows(release / _PROOFS, service_id) if row["proof_rank"] is not None]
    proofs.sort(key=lambda row: row["proof_rank"])
    bring(data, *{str(row["warc_file"]) for row in proofs})  # whole, for their sums; no other is fetched
    return Chain(
        service_id=service_id,
        name=service["name"],
        institution_id=service["institution_id"],
        stage=service["stage"],
        reason=service["reason"],
        rubric_version=service["rubric_version"],
        version=release.name,
        rule=_rule_link(service, {row["indicator_id"] for row in proofs}, load_knowledge()),
        proofs=tuple(proofs_of(proofs, data)),
        files=tuple(file_links((str(row["warc_file"]) for row in proofs), release, data)),
        sums=tuple(sums_links(release, (_SERVICES, _PROOFS))),
        signature=read_signature(release, signers),
    )


def _rows(path: Path, service_id: str) -> list[dict[str, Any]]:
    try:
        return list(pq.read_table(path, filters=[("service_id", "=", service_id)]).to_pylist())
    except (OSError, ValueError, pa.ArrowException) as failure:
        raise NoTableError(f"{path}: cannot be read ({failure}); expected a table in Parquet") from failure


def _no_such_service(service_id: str, release: Path) -> NoSuchServiceError:
    known = pq.read_table(release / _SERVICES, columns=["service_id"])["service_id"].to_pylist()
    nearest = ", ".join(get_close_matches(service_id, sorted(set(known)), n=_NEARBY, cutoff=0))
    return NoSuchServiceError(
        f"{service_id}: not in {release / _SERVICES}; expected a release's folder, or an id of out_services"
        + (f" such as {nearest}" if nearest else "")
    )


def _rule_link(service: dict[str, Any], proved: set[str], knowledge: Knowledge) -> Link:
    """Whether the rule that the stage names is one of that stage, and holds by what proves it."""
    version, reason = knowledge.rubric.version, service["reason"]
    if service["rubric_version"] != version:
        return Link(what="rule", is_true=False, detail=f"{service['rubric_version']} ≠ {version}")
    if service["stage"] is None:
        known = reason in {one.id for one in knowledge.rubric.undetermined}
        return Link(what="rule", is_true=known, detail=reason)
    rule = next((one for one in knowledge.rubric.rules if one.id == reason), None)
    holds = rule is not None and rule.stage == service["stage"] and _holds(rule, proved)
    return Link(what="rule", is_true=holds, detail=f"{reason}: {', '.join(sorted(proved))}")


def _holds(rule: Rule, proved: set[str]) -> bool:
    enough = len(proved & set(rule.any_of)) >= rule.at_least if rule.any_of else True
    return enough and set(rule.all_of) <= proved
