"""Labels, answers and a small gold file, for tests of measuring."""

import json
from pathlib import Path
from typing import Any

from pipelines.measuring.answers import Answer, Label

PAGES = {
    "service": "<h1>Permit</h1><h2>Who can apply</h2><p>You can apply if you live here.</p>"
    "<h2>Fee</h2><p>Fee: $5</p>",
    "news": "<h1>News: the mayor opens a park</h1><p>12 May 2026. Press release.</p>",
}


def label(
    page_id: str = "p", site: str = "a", kind: str = "service", stage: int | None = 1, **changed: Any
) -> Label:
    """Return a label."""
    base: dict[str, Any] = {
        "file": "",
        "url": None,
        "features": frozenset(),
        "language": "en",
        "country": "KG",
        "is_complete": True,
        "is_cyrillic": False,
    }
    return Label(page_id=page_id, site=site, kind=kind, stage=stage, **(base | changed))


def answer(
    of: Label, kind: str = "service", stage: int | None = 1, *features: str, confidence: float = 0.9
) -> Answer:
    """Return an answer to a label."""
    return Answer(label=of, kind=kind, stage=stage, features=frozenset(features), confidence=confidence)


def row(number: int, **changed: Any) -> dict[str, Any]:
    """Return a line of a gold file: odd pages are services, even ones are news; two pages a site."""
    kind = "service" if number % 2 else "news"
    base = {
        "id": f"p{number}",
        "file": f"{number}.html",
        "url": None,
        "kind": kind,
        "stage": 1 if kind == "service" else None,
        "features": ["recipients", "fee"] * (kind == "service"),
        "language": "en",
        "complete": True,
        "site": f"s{number // 2}",
        "country": "GB",
    }
    return base | changed


def write_gold(folder: Path, rows: list[dict[str, Any]]) -> Path:
    """Write a gold file of `rows`, and a small page for each."""
    for one in rows:
        body = PAGES.get(str(one["kind"]), "")
        (folder / str(one["file"])).write_text(f"<html><body><main>{body}</main></body></html>", "utf-8")
    gold = folder / "gold.jsonl"
    gold.write_text("\n".join(json.dumps(one) for one in rows), "utf-8")
    return gold
