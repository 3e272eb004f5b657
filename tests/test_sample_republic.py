"""The sample republic, from its servers to its verdicts: what was found against what is true of it."""

import json
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

import pytest

from crawlers import harvest
from crawlers.sample import generate, truth
from crawlers.sample.registry_file import registry_text
from crawlers.sites import Registry, load_registry
from pipelines.evidence import write_evidence
from pipelines.identify import identify
from pipelines.knowledge import load_knowledge
from pipelines.measuring.scored_round import read_round
from pipelines.records import Finding, PageSummary, Verdict
from pipelines.records_io import read_rows
from pipelines.rounds.round_reading import conclude_round
from pipelines.score import Score, score, table
from pipelines.services.known_services import known_services
from pipelines.services.known_so_far import KnownSoFar
from pipelines.services.service_words import service_words
from pipelines.understand import understand_round, understand_sites
from pipelines.verify import verify_quotes

ROUND = "2026-11"
Row = TypeVar("Row")
PORT = 19401  # of the first of its sites, in this test alone


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Registry]:
    """The whole republic, crawled and understood."""
    folder = tmp_path_factory.mktemp("republic")
    (folder / "sample.yml").write_text(registry_text(generate(port=PORT)), encoding="utf-8")
    registry = load_registry(folder / "sample.yml")
    harvest.crawl(registry, round_id=ROUND, data=folder / "data")
    understand_round(folder / "data", ROUND, registry, jobs=2)
    return folder / "data", registry


def rows(data: Path, table: str, row_type: type[Row]) -> list[Row]:
    """Return all rows of a table of the round."""
    files = sorted((data / "core" / table / f"round={ROUND}").glob("*.parquet"))
    return [row for file in files for row in read_rows(file, row_type)]


@pytest.fixture(scope="module")
def scored(world: tuple[Path, Registry]) -> Score:
    """How well it was understood."""
    return score(read_round(world[0], ROUND), truth(generate(port=PORT)))


def test_at_least_95_percent_of_the_true_services_are_found(scored: Score):
    """Recall."""
    assert scored.found >= 0.95 * scored.true_services, table(scored)


def test_at_most_2_percent_of_the_found_services_are_invented(scored: Score):
    """News, vacancies, tenders, laws and search pages are no services."""
    assert scored.invented <= 0.02 * scored.found_services, table(scored)


def test_versions_in_other_languages_and_on_the_portal_are_one_service(scored: Score):
    """All pages that describe a service are that service's."""
    assert scored.joined >= 0.95 * scored.several, table(scored)


def test_at_least_95_percent_of_stages_are_right(scored: Score):
    """Of the services that were found."""
    assert scored.stages_right >= 0.95 * scored.found, table(scored)


def test_every_site_has_the_outcome_that_it_should_have(scored: Score):
    """Down, blocked, lapsed, empty without scripts, behind a log-in: each is told from the others."""
    assert scored.outcomes_right == scored.sites, table(scored)


def test_sites_that_could_not_be_seen_yield_no_stage(scored: Score):
    """Could not look is never absent, and never a low stage."""
    assert [] == [one for one in scored.mistakes if one.kind == "staged though not seen"]


@pytest.mark.soak
def test_every_quote_is_found_again_in_its_capture(world: tuple[Path, Registry]):
    """From the WARC records, letter by letter."""
    seen = verify_quotes(world[0], ROUND)

    assert () == seen.faults
    assert seen.quotes > 1000


def test_understanding_the_same_captures_again_changes_nothing(world: tuple[Path, Registry]):
    """The same captures, the same files, byte for byte, with one worker or two."""
    data, registry = world
    core = {path: path.read_bytes() for path in sorted((data / "core").rglob("*.parquet"))}
    understand_sites(data, ROUND, registry, site_ids=("sample-agriculture", "sample-health"), jobs=1)
    conclude_round(data, ROUND, registry, load_knowledge())

    assert core == {path: path.read_bytes() for path in sorted((data / "core").rglob("*.parquet"))}


def test_services_keep_their_ids_in_the_next_round(world: tuple[Path, Registry]):
    """The same republic a month later has the same services."""
    data, _ = world
    before = identify(rows(data, "summaries", PageSummary), (), service_words())
    so_far = KnownSoFar()
    so_far.add_round(before.services, before.names, before.aliases, before.facts)
    known = known_services(so_far.rows(), service_words().identify)
    later = [replace(page, round_id="2026-12") for page in rows(data, "summaries", PageSummary)]
    after = identify(later, known, service_words())

    assert {row.service_id for row in before.services} == {row.service_id for row in after.services}
    assert {"2026-12"} == {row.round_id for row in after.services}


def test_the_evidence_of_a_round_holds_each_page_that_a_verdict_rests_on(world: tuple[Path, Registry]):
    """Beside the releases, never in one: it holds pages as they were."""
    data, _ = world
    made = write_evidence(data, "sample", ROUND)
    with zipfile.ZipFile(made.path) as package:
        listed = {json.loads(line).get("id") for line in package.read("pages/pages.jsonl").splitlines()}
        indexed = {line.split(b'"url": "')[1].split(b'"')[0] for line in package.open("indexes/index.cdx")}
    proving = {found for verdict in rows(data, "verdicts", Verdict) for found in verdict.finding_ids}
    findings = [found for found in rows(data, "findings", Finding) if found.finding_id in proving]

    assert len(findings) >= 100
    assert {found.capture_id for found in findings} <= listed
    assert {found.page_url.encode() for found in findings} <= indexed
    assert data / "evidence" / f"sample-{ROUND}.wacz" == made.path
