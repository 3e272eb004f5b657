"""The step that reads what was captured, and finds and judges the services of a round."""

import os
from pathlib import Path

from crawlers.stores.mirror import bring
from pipelines.codes.write import write_codes
from pipelines.knowledge import load_knowledge
from pipelines.operating.failures import NothingThereError
from pipelines.operating.progress import Reporter
from pipelines.provenance.write import note_round
from pipelines.rounds.core_files import core_file
from pipelines.rounds.order import knowing
from pipelines.rounds.round_reading import conclude_round
from pipelines.rounds.tally import tally
from pipelines.scope import Scope
from pipelines.steps.workplace import at_work
from pipelines.understand import understand_sites as read_sites


def understand_sites(scope: Scope, reporter: Reporter, jobs: int | None = None) -> None:
    """Read what was captured of the sites of `scope`: their pages, and the indicators found on them.

    `jobs` sites are read at once; as many as there are cores, if not said.

    Raises:
        NothingThereError: nothing was captured in this round.
        CaptureError: captures cannot be read.
    """
    captured = len(tally(scope.data, scope.country_id, scope.round_id).sites)
    if not captured:
        raise NothingThereError(
            f"{scope.data / 'captures' / scope.round_id}: no captures of {scope.country_id};"
            f" `baskych crawl --round {scope.round_id}` or `baskych import` makes them"
        )
    with at_work(scope.data), reporter.step("understand", len(scope.site_ids) or captured) as step:
        bring(scope.data, f"core/*/round={scope.round_id}/{scope.country_id}*")
        read_sites(
            scope.data,
            scope.round_id,
            scope.registry,
            site_ids=scope.site_ids,
            jobs=jobs or os.cpu_count() or 1,
            on_site=lambda counts: step.finished(
                counts.site_id, f"{counts.page_count} pages, {counts.finding_count} findings"
            ),
        )


def understand_round(scope: Scope, reporter: Reporter, rules: Path | None = None) -> None:
    """Find each service of the round once, judge it, and write down what all ids stand for.

    `rules` is a folder of knowledge to judge by, where it is not the one that ships. Older rounds out of
    archives that were concluded before it know its services, and are concluded again.
    """
    knowledge = load_knowledge(rules)
    with at_work(scope.data), reporter.step("judge", 1) as step:
        _bring_what_the_round_knows(scope)
        counts = conclude_round(scope.data, scope.round_id, scope.registry, knowledge)
        for older in knowing(scope.data, scope.country_id, scope.round_id):
            if core_file(scope.data, "services", older, scope.country_id).exists():
                conclude_round(scope.data, older, scope.registry, knowledge)
                note_round(scope.data, older, scope.registry, rules)
        write_codes(scope.registry, knowledge, scope.data)
        note_round(scope.data, scope.round_id, scope.registry, rules)
        step.finished(scope.round_id, f"{counts.service_count} services")


def _bring_what_the_round_knows(scope: Scope) -> None:
    """Let the round's own files be at hand, services of all rounds, and what goes by no round."""
    known = [scope.round_id, *knowing(scope.data, scope.country_id, scope.round_id)]
    bring(
        scope.data,
        *(f"core/*/round={round_id}/{scope.country_id}-*" for round_id in known),
        f"core/*/round=*/{scope.country_id}.parquet",
        "core/codes/*",
        "core/provenance/*",
    )


def understand(scope: Scope, reporter: Reporter, jobs: int | None = None) -> None:
    """Take both steps of understanding for one round."""
    with at_work(scope.data):
        understand_sites(scope, reporter, jobs)
        understand_round(scope, reporter)
