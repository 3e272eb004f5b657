"""What templates can call: words in their language, names of things, and safe links.

Everything crawled is escaped unless it passes through `atoms`; a column that a template asks for and a
row lacks is an error, never a blank.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter

from jinja2 import BytecodeCache, Environment, PackageLoader, StrictUndefined
from jinja2.bccache import Bucket
from markupsafe import Markup

from warehouse.portal import addresses, atoms
from warehouse.portal.badges import Badges
from warehouse.portal.charts import COLUMN_HEIGHT, STAGES, columns_path, stage_bars
from warehouse.portal.citation import Citations
from warehouse.portal.knowledge import PortalKnowledge
from warehouse.portal.letters import Letters
from warehouse.portal.machines import markup
from warehouse.portal.reader import Row
from warehouse.portal.site import Site
from warehouse.portal.speech import LANGUAGES, NAMES, Speech
from warehouse.portal.spreading.words import SpreadWords


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """Neighbouring rows with one value in common."""

    grouper: object
    list: list[Row]


class Compiled(BytecodeCache):
    """Templates, compiled once for all languages."""

    def __init__(self) -> None:
        """Start with none."""
        self._code: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Take what is there already."""
        if bucket.key in self._code:
            bucket.bytecode_from_string(self._code[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep it for the next language."""
        self._code[bucket.key] = bucket.bytecode_to_string()


COMPILED = Compiled()


def environment(spoken: Speech, knowledge: PortalKnowledge, site: Site) -> Environment:
    """Return the templates' surroundings in one language."""
    prepared = Environment(
        loader=PackageLoader("warehouse.portal"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
        bytecode_cache=COMPILED,
    )
    prepared.install_gettext_translations(spoken.translations, newstyle=True)  # type: ignore[attr-defined]  # the extension adds it
    prepared.filters["groupby_run"] = groupby_run
    prepared.filters["xml"] = atoms.xml
    prepared.filters["markdown"] = atoms.markdown
    prepared.globals.update(
        language=spoken.language,
        languages=LANGUAGES,
        language_names=NAMES,
        say=spoken,
        plural=spoken.plural,
        at=addresses,
        site=site,
        markup=markup,
        letters=Letters(spoken, site, knowledge.contacts),
        citations=Citations(spoken, site),
        bdi=atoms.bdi,
        web=atoms.web,
        is_web=atoms.is_web,
        badges=Badges(spoken),
        stage_bars=stage_bars,
        spreading=SpreadWords(spoken),
        columns_path=columns_path,
        column_height=COLUMN_HEIGHT,
        corrections=knowledge.corrections,
        stages=knowledge.stages,
        stage_of=knowledge.stage,
        indicators=knowledge.indicators,
        outcome_codes=knowledge.outcomes,
        others_rubric=knowledge.others_rubric,
    )
    prepared.globals.update(_names(spoken, knowledge))
    parts = prepared.get_template("parts.html").make_module()
    prepared.globals["parts"] = parts
    prepared.globals["chips"] = {stage: Markup(parts.chip(stage)) for stage in (0, *STAGES)}  # type: ignore[attr-defined]  # noqa: S704 - the template's own
    return prepared


def groupby_run(rows: Iterable[Row], column: str) -> Iterator[Run]:
    """Yield neighbours with the same value of `column`, in their order: nothing is sorted."""
    for value, run in groupby(rows, key=itemgetter(column)):
        yield Run(grouper=value, list=list(run))


def _names(spoken: Speech, knowledge: PortalKnowledge) -> dict[str, object]:
    """Return the functions that name things, each as marked-up text and as plain text."""

    def own(row: Row, field: str) -> Markup:
        words, language = spoken.own(row, field)
        return atoms.bdi(words, language) if words else Markup("")

    def own_text(row: Row, field: str) -> str:
        return spoken.own(row, field)[0]

    def indicator_name(indicator_id: str) -> str:
        known = knowledge.indicators.get(indicator_id)
        return (own_text(known, "name") if known else "") or indicator_id

    def outcome_name(outcome: str) -> str:
        known = knowledge.outcomes.get(outcome)
        return (own_text(known, "label") if known else "") or outcome

    return {
        "own": own,
        "own_text": own_text,
        "name": lambda service: atoms.bdi(*service_name(spoken, service)),
        "name_text": lambda service: service_name(spoken, service)[0],
        "institution_name": lambda row: own(row, "name") or atoms.bdi(row["institution_id"]),
        "institution_text": lambda row: own_text(row, "name") or row["institution_id"],
        "stage_name": lambda number: own_text(knowledge.stage(number), "name"),
        "indicator_name": indicator_name,
        "outcome_name": outcome_name,
    }


def service_name(spoken: Speech, service: Row) -> tuple[str, str]:
    """Return a service's name in the reader's language, else its main name; and in which language that is."""
    named = service[f"name_{spoken.language}"]
    return (named, spoken.language) if named else (service["name"], service["language"])
