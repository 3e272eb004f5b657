"""Every type of page in every language, on a phone and a wide screen, by day and by night; and Lighthouse."""

import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from warehouse.portal.site_report import site_report
from warehouse.serve import running

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


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("shape", SHAPES)
def test_f9_a_report_for_keepers_has_no_violation(
    chromium: Any, released: Path, tmp_path: Path, language: str, shape: tuple[int, str]
):
    """It is sent by mail, and read by whoever keeps a site."""
    (tmp_path / "index.html").write_text(
        site_report(released, "sample-tax", language=language, kind="html"), encoding="utf-8"
    )
    with running(tmp_path) as address:
        assert {} == violations(chromium, [f"{address}index.html"], *shape)


@pytest.mark.skipif(shutil.which("runghc") is None, reason="Haskell is not installed: apt-get install ghc")
def test_f8_a_validator_of_others_finds_no_fault_in_any_feed(released: Path):
    """That of the Haskell library feed (Debian: libghc-feed-dev); one without a title is found wanting."""
    feeds = sorted(map(str, released.rglob("feed.atom")))
    broken = released / "broken.atom"
    broken.write_text(re.sub("<title>.*?</title>", "", Path(feeds[0]).read_text("utf-8")), "utf-8")
    told = subprocess.run(
        ["runghc", str(Path(__file__).with_name("validate_feeds.hs"))],
        input="\n".join([*feeds, str(broken)]),
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    broken.unlink()

    assert {str(broken)} == {line.partition(": ")[0] for line in told.splitlines()}


@pytest.mark.parametrize("kind", WEIGHED)
def test_f9_lighthouse_gives_at_least_95_in_each_category(host: str, kind: str, tmp_path: Path):
    """Performance, accessibility, best practices and search engines."""
    given = scores(host + WEIGHED[kind], browsing.found_chromium(), tmp_path)
    sys.stdout.write(f"{kind} {given}\n")

    assert {} == {name: score for name, score in given.items() if score < LEAST_SCORE}
