"""Golden pages: each folder of `tests/golden/clean` is a page and what a reader sees on it."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from pipelines.clean import page_from_html
from pipelines.records import Form, Page

CASES = sorted(path.parent for path in (Path(__file__).parents[1] / "golden/clean").glob("*/expected.yml"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_page_is_read_as_a_reader_sees_it(case: Path):
    """The folder's `promise` says what its page is about."""
    expected = yaml.safe_load((case / "expected.yml").read_text("utf-8"))
    page = page_from_html((case / "page.html").read_bytes(), expected["url"])

    assert {key: expected[key] for key in expected if key not in {"promise", "url"}} == _told(page, expected)


def _told(page: Page, asked: dict[str, Any]) -> dict[str, Any]:
    told = {
        "outcome": page.outcome,
        "language": page.language,
        "encoding": [page.encoding_declared, page.encoding_used],
        "title": page.title,
        "text": page.text,
        "regions": [region.name for region in page.regions],
        "headings": [f"{level} {text}" for level, text in page.headings],
        "links": [f"{link.region} {link.url} {link.text}" for link in page.links],
        "forms": [_form(form) for form in page.forms],
        "alternates": [f"{one.language} {one.url}" for one in page.alternates],
        "media": list(page.media_urls),
        "schema_types": list(page.schema_types),
    }
    return {key: value for key, value in told.items() if key in asked}


def _form(form: Form) -> str:
    fields = [field.name + "*" * field.is_required for field in form.fields]
    head = [
        form.purpose,
        form.method,
        form.region,
        *(["captcha"] if form.has_captcha else []),
        form.submit_text,
    ]
    return " ".join([*head, *fields])
