"""Every type of page in every language, on a phone and a wide screen, by day and by night; and Lighthouse."""

import sys
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "browser"))
import browsing
from checkers import LANGUAGES, PLACES, SHAPES, scores, violations

chromium, host, released = browsing.chromium, browsing.host, browsing.released  # fixtures
pytestmark = [pytest.mark.soak, pytest.mark.browser]
LEAST_SCORE = 0.95
WEIGHED = {
    "country": "en/sample/",
    "service": "ky/sample/services/tax-registration/",
    "dataset": "ru/datasets/out_services/",
}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("width", "scheme"), SHAPES)
def test_f9_no_page_has_a_violation_anywhere(
    chromium: Any, host: str, language: str, width: int, scheme: str
):
    """axe-core, all rules."""
    assert {} == violations(chromium, [f"{host}{language}/{place}" for place in PLACES], width, scheme)


@pytest.mark.parametrize("kind", WEIGHED)
def test_f9_lighthouse_gives_at_least_95_in_each_category(host: str, kind: str, tmp_path: Path):
    """Performance, accessibility, best practices and search engines."""
    given = scores(host + WEIGHED[kind], browsing.found_chromium(), tmp_path)
    sys.stdout.write(f"{kind} {given}\n")

    assert {} == {name: score for name, score in given.items() if score < LEAST_SCORE}
