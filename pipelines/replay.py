"""Judge all rounds again by a rubric or weights of one's own, offline, in a folder of its own.

Pages are not read anew: what was found on them stays as it was, and only what follows from it changes. What
comes out is a release like any other, which says whose rubric it is; it never lies among ours.
"""

import errno
import os
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory

import yaml

from crawlers.stores.mirror import bring, bring_what_people_wrote
from pipelines.corrections import FILE as CORRECTIONS
from pipelines.judging.expertise import IndexRules, Rubric
from pipelines.knowledge import FOLDER as SHIPPED
from pipelines.knowledge import load_knowledge
from pipelines.knowledge_file import checked, read_mapping
from pipelines.operating.failures import BadInputError, NothingThereError, UsageError
from pipelines.operating.progress import Reporter
from pipelines.provenance.rules import overlaid
from pipelines.rounds.site_reading import SITE_TABLES
from pipelines.scope import Scope
from pipelines.steps import building, publishing, understanding, workplace
from warehouse.release import Release


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnRules:
    """What somebody wants to be judged by, and who that is."""

    by: str
    url: str | None = None
    rubric: Path | None = None  # a file like `knowledge/rubric.yml`
    weights: Path | None = None  # a file with `weights:` as in `knowledge/index.yml`


def replay(
    scopes: Sequence[Scope],
    out: Path,
    own: OwnRules,
    reporter: Reporter,
    *,
    has_own_captures: bool = False,
) -> Release:
    """Judge the rounds of `scopes` by `own` rules into the data folder `out`; return the release.

    The captures are linked, as a folder; but where `out` or the first data folder will not stay here it has
    its own, file by file. Nothing of the first data folder changes.

    Raises:
        UsageError: there is nothing of one's own, or `out` holds something already.
        NothingThereError: nothing was understood. BadInputError, KnowledgeError: as `lay_rules`.
    """
    data = scopes[0].data
    with TemporaryDirectory(prefix="baskych-rules-") as name:
        rules = lay_rules(own, Path(name))
        load_knowledge(rules)  # refused before anything is written
        bring(data, *(f"core/{table}/*" for table in SITE_TABLES))
        bring_what_people_wrote(data)
        lay_out(data, out, has_own_captures=has_own_captures)
        with workplace.at_work(out):
            for scope in scopes:
                understanding.understand_round(replace(scope, data=out.resolve()), reporter, rules)
            building.build(out, reporter)
            return publishing.publish_at(
                out,
                reporter,
                None,
                (),
                address=os.environ.get("BASKYCH_ADDRESS"),
                issues_url=None,  # what is wrong there is not for our tracker
                rules=rules,
            )


def lay_rules(own: OwnRules, folder: Path) -> Path:
    """Write one's own rules over those that ship, signed with one's name; return the folder.

    Raises:
        UsageError: there is neither a rubric nor weights. BadInputError: a file is not there.
        KnowledgeError: a file is no YAML, or its rules cannot be used as written.
    """
    if own.rubric is None and own.weights is None:
        raise UsageError("expected --rubric FILE, --weights FILE, or both")
    index = dict(read_mapping(SHIPPED / "index.yml"))
    index["by"] = {"name": own.by, "url": own.url, "is_ours": False}
    if own.weights is not None:
        index["weights"] = _given(own.weights).get("weights")
        checked(IndexRules, index, own.weights)  # here, while it still has its name
    files = [folder / "index.yml"]
    files[0].write_text(yaml.safe_dump(index, allow_unicode=True), encoding="utf-8")
    if own.rubric is not None:
        checked(Rubric, {**_given(own.rubric), "version": own.by}, own.rubric)
        files.append(folder / "rubric.yml")
        shutil.copyfile(own.rubric, files[1])
    return overlaid(files, folder / "knowledge")


def lay_out(data: Path, out: Path, *, has_own_captures: bool = False) -> None:
    """Let `out` have the captures of `data`, what was found on its pages, and its corrections.

    Raises:
        UsageError: `out` holds something already. NothingThereError: nothing was understood.
    """
    if out.exists() and any(out.iterdir()):
        raise UsageError(f"--out {out}: holds something already; expected a new folder")
    if not any((data / "core" / "summaries").glob("round=*/*.parquet")):
        raise NothingThereError(f"{data / 'core'}: no round was understood; `baskych understand` does")
    (out / "core").mkdir(parents=True)
    if has_own_captures:
        bring(data, "captures/*")
        shutil.copytree(data / "captures", out / "captures", copy_function=_linked)
    else:
        (out / "captures").symlink_to((data / "captures").resolve(), target_is_directory=True)
    for table in SITE_TABLES:
        for path in sorted((data / "core" / table).glob("round=*/*-*.parquet")):  # of sites, not of a country
            place = out / "core" / table / path.parent.name / path.name
            place.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, place)
    if (data / CORRECTIONS).is_file():
        shutil.copyfile(data / CORRECTIONS, out / CORRECTIONS)


def _linked(source: str, target: str) -> None:
    """Let the file `source` be `target` too: the same bytes, or, where that is another disk, a copy."""
    try:
        os.link(source, target)
    except OSError as failure:
        if failure.errno not in {errno.EXDEV, errno.EPERM, errno.EMLINK}:
            raise
        shutil.copy2(source, target)


def _given(path: Path) -> Mapping[str, object]:
    """What the file at `path`, which somebody named, says."""
    if not path.is_file() or not os.access(path, os.R_OK):
        raise BadInputError(f"{path}: is not there, or may not be read; expected a YAML file")
    return read_mapping(path)
