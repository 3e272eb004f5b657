"""Explain one page: what it is, how far its service has gone online, why, and what is missing for more."""

from collections.abc import Iterator
from pathlib import Path

from crawlers.errors import CrawlersError
from crawlers.outcomes import Outcome
from crawlers.sites import Registry, load_registry
from pipelines.find import Reading, understand
from pipelines.inspecting.manifest import read_row
from pipelines.inspecting.record import Inspection, SeenService
from pipelines.inspecting.sources import (
    InspectError,
    Material,
    checked_address,
    from_file,
    is_archive,
    is_web_address,
)
from pipelines.judge import judge_page
from pipelines.knowledge import load_knowledge
from pipelines.operating import logs
from pipelines.pages.documents import DocumentReader
from pipelines.pages.links import NOWHERE
from pipelines.pages.reading import read_page
from pipelines.records import Page, PageSummary
from pipelines.services.drawing import draw_atlas
from pipelines.services.facts import FACTS, PROVIDER
from pipelines.services.identify_words import IdentifyWords
from pipelines.services.names import is_doing, title_parts
from pipelines.services.page_names import page_name
from pipelines.services.page_source import PagesAtHand
from pipelines.services.providers import Providers, providers_of
from pipelines.services.service_words import service_words
from pipelines.services.summary import SiteContext, summarise
from pipelines.services.tables import tables
from pipelines.services.topics import cofog_of, life_event_of

_SAMPLE = "sample"
_ERROR = "error"


def inspect_page(source: str, url: str | None = None, registry: Registry | None = None) -> Inspection:
    """Return what the page at `source` shows: an address, a file, or the first page of a WARC file.

    `url`: where a file came from; of a WARC file, which of its pages is meant. `registry`: how to crawl an
    address, and which private ones may be asked.

    Raises:
        InspectError: the source cannot be read. ArchiveError: the WARC file is damaged.
    """
    return next(inspect_all(source, url, registry))


def inspect_all(
    source: str, url: str | None = None, registry: Registry | None = None
) -> Iterator[Inspection]:
    """Yield what each page at `source` shows; only a WARC file holds more than one.

    Raises:
        InspectError: the source cannot be read, or has no page of `url`.
        ArchiveError: the WARC file is damaged.
    """
    url = checked_address(url, "--url")
    registry = registry or load_registry(_SAMPLE)
    found = _none_missed(_found(source, url, registry), source, url)
    file = None if is_web_address(source) else source
    with DocumentReader() as reader:
        inspector = _Inspector(reader, registry)
        for material in found:
            yield inspector.look(material, file)


def _none_missed(found: Iterator[Material], source: str, url: str | None) -> Iterator[Material]:
    """Yield what was found; nothing at all is no answer."""
    first = next(found, None)
    if first is None:
        raise InspectError(f"{source}: holds no page of {url}; expected one of the archive's addresses")
    yield first
    yield from found


def _found(source: str, url: str | None, registry: Registry) -> Iterator[Material]:
    if not is_web_address(source) and not is_archive(source):
        return iter([from_file(Path(source), url)])
    logs.through_logging()  # the crawler tells events
    from pipelines.inspecting import throw_away  # noqa: PLC0415 - a file need not wait for the crawler

    if is_web_address(source):
        return iter([throw_away.from_web(source, registry)])
    return throw_away.from_archive(Path(source), url)


def inspect_batch(manifest: Path, registry: Registry | None = None) -> Iterator[Inspection]:
    """Yield what each page of a manifest shows, in its order; a file that cannot be read has an `error`.

    Each line of the manifest is `{"file": "path beside the manifest", "url": "https://…" or null}`.

    Raises:
        InspectError: the manifest itself cannot be read.
    """
    try:
        lines = manifest.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as failure:
        raise InspectError(f"{manifest}: cannot be read ({failure}); expected JSON lines") from failure
    with DocumentReader() as reader:
        inspector = _Inspector(reader, registry or load_registry(_SAMPLE))
        for number, line in enumerate(lines, start=1):
            if line.strip():
                yield _of_line(manifest, number, line, inspector)


def _of_line(manifest: Path, number: int, line: str, inspector: "_Inspector") -> Inspection:
    file: str | None = None
    url: str | None = None
    try:
        row = read_row(line, f"{manifest.name}, line {number}")
        file, url = row.file, row.url
        return inspector.look(from_file(manifest.parent / file, url), file)
    except (InspectError, CrawlersError) as failure:
        return _unreadable(file, url, str(failure))


def _unreadable(file: str | None, url: str | None, error: str) -> Inspection:
    return Inspection(
        file=file,
        url=url,
        outcome=Outcome.BAD_CONTENT.value,
        outcome_detail=error,
        language="und",
        kind=_ERROR,
        title="",
        stage=None,
        reason="not-seen",
        confidence=0.0,
        findings=(),
        proofs=frozenset(),
        missing=(),
        service=None,
        error=error,
    )


class _Inspector:
    """Looks at pages one after another with what is known once."""

    def __init__(self, reader: DocumentReader, registry: Registry) -> None:
        self._reader = reader
        self._knowledge = load_knowledge()
        self._words = service_words()
        providers = providers_of(registry, self._words.identify.names)
        self._site = SiteContext(institution_id="", is_joint_portal=False, providers=providers)

    def look(self, material: Material, file: str | None) -> Inspection:
        """Return what one page shows."""
        page = read_page(material.capture, material.body, self._reader)
        reading = understand(page, self._knowledge)
        is_seen = Outcome(page.outcome).is_observation
        verdict = judge_page(
            page, reading.kind, reading.findings, self._knowledge.rubric, shares=reading.kind_shares
        )
        return Inspection(
            file=file,
            url=None if page.url == NOWHERE else page.url,
            outcome=page.outcome,
            outcome_detail=page.outcome_detail,
            language=page.language,
            kind=reading.kind if is_seen else _ERROR,
            title=page.title,
            stage=verdict.stage if is_seen else None,
            reason=verdict.reason if is_seen else "not-seen",
            confidence=verdict.confidence,
            findings=reading.findings if is_seen else (),
            site_findings=reading.site if is_seen else (),
            proofs=frozenset(verdict.finding_ids) if is_seen else frozenset(),
            missing=verdict.missing if is_seen else (),
            service=self._service(page, reading) if is_seen else None,
            ways=verdict.ways if is_seen else (),
        )

    def _service(self, page: Page, reading: Reading) -> SeenService | None:
        """The service that the page describes or is a step of."""
        roles = self._words.identify.roles
        summary = summarise(page, reading, self._site, self._words)
        facts = tuple(fact for fact in summary.facts if fact.fact in FACTS)
        is_full = len({fact.fact for fact in facts}) >= roles.full and reading.kind not in roles.list
        if reading.kind not in roles.description | roles.step and not is_full:
            return None
        with tables() as ours:
            atlas = draw_atlas(PagesAtHand([summary]), ours, self._words.identify)
            name = page_name(summary, atlas, self._words.identify)
        if not name:
            return None
        event = life_event_of([name], self._words)
        return SeenService(
            name=name,
            provider=_provider(summary, name, self._site.providers, self._words.identify),
            facts=facts,
            life_event=event,
            cofog_division=cofog_of([name], event, self._words),
        )


def _provider(summary: PageSummary, name: str, providers: Providers, rules: IdentifyWords) -> str | None:
    """Who provides the service: as a label says, else the part of the title that names a public body.

    A wrong provider is worse than none: what a title ends with is often the site, or "Home".
    """
    labelled = next((fact.quote for fact in summary.facts if fact.fact == PROVIDER), None)
    if labelled:
        return labelled
    parts = [part for part in title_parts(summary.title) if part != name and not is_doing(part, rules.names)]
    bodies = [part for part in parts if providers.knows(part) or rules.bodies.is_named(part)]
    return bodies[-1] if bodies else None
