"""Note, step by step, what a release will have been made from; the release takes the notes along.

They lie in `core/provenance/`: each round's when it is understood, the captures' when the warehouse is
built, the rest when the release is published.
"""

import hashlib
import shutil
from collections.abc import Collection, Iterator
from pathlib import Path

from crawlers.sites import Registry
from crawlers.storing.manifest import MANIFEST_FILE
from pipelines.checking.capture_check import capture_folders
from pipelines.corrections import FILE as CORRECTIONS
from pipelines.knowledge import FOLDER as SHIPPED
from pipelines.knowledge import load_knowledge
from pipelines.provenance.code import code_digest, commit, environment, knowledge_digest, own_version
from pipelines.provenance.record import (
    CAPTURES,
    KNOWLEDGE,
    RECORD,
    Code,
    Provenance,
    RoundOrigin,
    captures_list,
)
from pipelines.provenance.rules import other_files
from pipelines.rounds.core_files import captured_sites

_NOTES = Path("core") / "provenance"
_ROUNDS, _REGISTRIES, _RELEASE = "rounds", "registries", "release"


def note_round(data: Path, round_id: str, registry: Registry, rules: Path | None = None) -> None:
    """Note by which registry, code and rules (a folder of them; none: ours) a round was understood."""
    country_id = registry.country.id
    origin = RoundOrigin(
        country_id=country_id,
        round_id=round_id,
        registry=_keep_registry(data, registry) if registry.sites else None,
        code=code_digest(),
        knowledge=knowledge_digest(rules or SHIPPED),
    )
    place = _folder(data, _ROUNDS) / f"{round_id}-{country_id}.json"
    place.write_text(origin.model_dump_json(), encoding="utf-8")


def note_captures(data: Path) -> None:
    """Note which captures and corrections the warehouse is built from."""
    manifests = [site / MANIFEST_FILE for site in capture_folders(data)]
    listed = captures_list(data, [path for path in manifests if path.is_file()])
    folder = _folder(data)
    (folder / CAPTURES).write_text(listed, encoding="utf-8")
    (folder / CORRECTIONS).unlink(missing_ok=True)
    if (data / CORRECTIONS).is_file():
        shutil.copyfile(data / CORRECTIONS, folder / CORRECTIONS)


def note_release(
    data: Path,
    address: str | None,
    issues_url: str | None,
    approved: Collection[str],
    rules: Path | None = None,
) -> None:
    """Gather what the next release takes along; `approved` are checks whose failure a person accepted.

    Of `rules`, a folder of knowledge, those files go along that differ from what ships.
    """
    provenance = Provenance(
        code=Code(version=own_version(), digest=code_digest(), commit=commit()),
        knowledge=knowledge_digest(rules or SHIPPED),
        rubric_version=load_knowledge(rules).rubric.version,
        environment=environment(),
        address=address,
        issues_url=issues_url,
        approved=tuple(sorted(approved)),
        rounds=tuple(_rounds(data)),
    )
    shutil.rmtree(data / _NOTES / _RELEASE, ignore_errors=True)
    folder = _folder(data, _RELEASE)
    (folder / RECORD).write_text(provenance.model_dump_json(indent=1) + "\n", encoding="utf-8")
    for name in {one.registry for one in provenance.rounds} - {None}:
        shutil.copyfile(data / _NOTES / _REGISTRIES / str(name), folder / str(name))
    for path in _folder(data).iterdir():
        if path.is_file():
            shutil.copyfile(path, folder / path.name)
    for path in other_files(rules) if rules else ():
        (folder / KNOWLEDGE).mkdir(exist_ok=True)
        shutil.copyfile(path, folder / KNOWLEDGE / path.name)


def _rounds(data: Path) -> Iterator[RoundOrigin]:
    """Yield the rounds that were understood and still have captures, by round and country."""
    for path in sorted(_folder(data, _ROUNDS).glob("*.json")):
        origin = RoundOrigin.model_validate_json(path.read_bytes())
        if captured_sites(data, origin.round_id, origin.country_id):
            yield origin


def _folder(data: Path, name: str = "") -> Path:
    folder = data / _NOTES / name
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _keep_registry(data: Path, registry: Registry) -> str:
    """Keep the registry under a name that its content gives; return the name."""
    text = registry.model_dump_json(indent=1) + "\n"
    name = f"registry-{registry.country.id}-{hashlib.sha256(text.encode()).hexdigest()[:8]}.json"
    (_folder(data, _REGISTRIES) / name).write_text(text, encoding="utf-8")
    return name
