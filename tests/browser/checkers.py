"""Programs of others that judge pages: axe-core, the Nu HTML checker and Lighthouse (`make checkers`)."""

import json
import os
import shutil
import subprocess
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

CHECKERS = Path(__file__).parents[2] / ".venv" / "checkers" / "node_modules"
LANGUAGES = ("ky", "ru", "en")
SHAPES = [(width, scheme) for width in (320, 1280) for scheme in ("light", "dark")]
PLACES = (
    "",
    "search/",
    "sql/",
    "datasets/",
    "datasets/out_services/",
    "release/",
    "method/",
    "method/sources/",
    "about/",
    "about/bot/",
    "about/errata/",
    "sample/",
    "sample/institutions/",
    "sample/institutions/tax/",
    "sample/services/",
    "sample/services/tax-registration/",
    "sample/services/tax-appeal/",
    "sample/stages/3/",
    "sample/stages/undetermined/",
    "sample/life-events/",
    "sample/life-events/birth/",
    "sample/indicators/",
    "sample/indicators/apply-online/",
    "sample/coverage/",
    "sample/openness/",
)  # a page of each type


def needed(*parts: str) -> Path:
    """Return a file of a checker, or skip and say what is missing."""
    path = CHECKERS.joinpath(*parts)
    if not path.exists():
        pytest.skip(f"{parts[0]} is not installed; `make checkers` does so where npm is")
    return path


def violations(browser: Any, urls: Iterable[str], width: int, scheme: str) -> dict[str, list[str]]:
    """Return what axe-core finds on each page, all rules on: URL -> rule and element; empty: nothing."""
    axe = needed("axe-core", "axe.min.js").read_text(encoding="utf-8")
    context = browser.new_context(
        viewport={"width": width, "height": 800}, color_scheme=scheme, bypass_csp=True
    )
    page, found = context.new_page(), {}
    for url in urls:
        assert page.goto(url).status == 200, url
        page.evaluate(axe)
        told = page.evaluate("axe.run(document, {resultTypes: ['violations']})")["violations"]
        if told:
            found[url] = [f"{rule['id']}: {rule['nodes'][0]['html'][:120]}" for rule in told]
    context.close()
    return found


def nu_errors(folder: Path, language: str) -> list[str]:
    """Return what the Nu HTML checker finds wrong in the pages of `folder` in a language, a line each."""
    jar = needed("vnu-jar", "build", "dist", "vnu.jar")
    if shutil.which("java") is None:
        pytest.skip("Java is not installed; on Debian: apt-get install default-jre-headless")
    places = [str(folder / place) for place in (language, "index.html")]
    command = ["java", "-Xmx1g", "-jar", str(jar), "--errors-only", "--skip-non-html", *places]
    return subprocess.run(command, capture_output=True, text=True, check=False).stderr.splitlines()


def scores(url: str, chromium: str, folder: Path) -> dict[str, float]:
    """Return Lighthouse's score of `url` in each category, 0 to 1, as on a phone."""
    program = needed("lighthouse", "cli", "index.js")
    flags = "--headless=new --disable-gpu" + (" --no-sandbox" if os.geteuid() == 0 else "")
    answer = folder / "lighthouse.json"
    subprocess.run(
        [
            "node",
            str(program),
            url,
            "--quiet",
            "--output=json",
            f"--output-path={answer}",
            f"--chrome-flags={flags}",
        ],
        env={**os.environ, "CHROME_PATH": chromium},
        check=True,
        capture_output=True,
    )
    told = json.loads(answer.read_text(encoding="utf-8"))
    return {name: category["score"] for name, category in told["categories"].items()}
