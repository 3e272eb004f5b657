"""Golden judgements: each folder of `tests/golden/judge` is a page and what must be said of it."""

from pathlib import Path

import pytest
import yaml

from pipelines.clean import page_from_html
from pipelines.find import understand
from pipelines.judge import judge_page
from pipelines.judging.quotes import is_found_again
from pipelines.knowledge import load_knowledge

CASES = sorted(path.parent for path in (Path(__file__).parents[1] / "golden/judge").glob("*/expected.yml"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_page_is_judged_as_a_careful_person_judges_it(case: Path):
    """The folder's `promise` says what its page is about."""
    expected = yaml.safe_load((case / "expected.yml").read_text("utf-8"))
    page = page_from_html((case / "page.html").read_bytes(), expected["url"])
    knowledge = load_knowledge()

    reading = understand(page, knowledge)
    verdict = judge_page(page, reading.kind, reading.findings, knowledge.rubric, reading.kind_shares)
    found = {finding.indicator_id for finding in reading.findings}

    assert (expected["kind"], expected["stage"]) == (reading.kind, verdict.stage)
    assert set(expected["found"]) <= found
    assert found.isdisjoint(expected["absent"])
    assert all(is_found_again(finding, page) for finding in reading.findings)
