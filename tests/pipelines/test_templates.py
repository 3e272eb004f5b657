"""Templates are read as the page they show: each folder of `tests/golden/templates` is one."""

import re
import time
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.clean import page_from_html
from pipelines.pages.templates import without_templates
from pipelines.records import Page

CASES = sorted(
    path.parent for path in (Path(__file__).parents[1] / "golden/templates").glob("*/expected.yml")
)
CODE = re.findall(
    r"\S+", "{{ }} {% %} {# #} <% %> <?php ?> @if( @{ { } ( ) ' \" <a > </a> block endblock ${ <pre>"
)
CODE += [" ", "\n", "title", "f({a: 'B c'})", "@model X\n"]
Case = tuple[dict[str, Any], Page, str]
HOSTILE = [
    "{{",
    "<%",
    "{",
    "@if(",
    "{% ",
    "{{ ( }} ",
    '<a "',
    "{{ f({",
    "@section(",
    "{% set a = {} %}",
    "<?php <<<A\n",
    "\\'",
    "${a",
    "<!--",
]


@pytest.fixture(params=CASES, ids=lambda case: case.name)
def case(request: pytest.FixtureRequest) -> Case:
    """Return what is expected of one folder, its page read, and its source."""
    source = (request.param / "page").read_text("utf-8")
    expected = yaml.safe_load((request.param / "expected.yml").read_text("utf-8"))
    return expected, page_from_html(source.encode(), None), source


def test_a_template_has_the_title_that_its_code_sets(case: Case):
    """A block, a variable, a directive or a head sets it."""
    expected, page, _ = case

    assert expected["title"] == page.title


def test_a_template_shows_its_words(case: Case):
    """What stands around code stays, and what helpers write is there."""
    expected, page, _ = case

    assert [] == [text for text in expected["texts"] if text not in page.text]


def test_a_template_shows_nothing_of_its_code(case: Case):
    """Neither names nor brackets, nor what its makers noted."""
    expected, page, _ = case

    assert [] == [text for text in expected["unseen"] if text in f"{page.title}\n{page.text}"]


def test_a_template_s_forms_ask_what_a_reader_is_asked(case: Case):
    """Each with its purpose, each field with its label."""
    expected, page, _ = case

    assert expected["forms"] == [
        [form.purpose, [field.label for field in form.fields]] for form in page.forms
    ]


def test_a_template_s_links_and_buttons_are_links(case: Case):
    """Also those that helpers and components write."""
    expected, page, _ = case

    assert expected["links"] == [link.text for link in page.links if link.text]


def test_a_template_that_has_been_read_is_a_page(case: Case):
    """Reading it again changes nothing."""
    once = without_templates(case[2])

    assert once == without_templates(once)


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(CODE), max_size=40).map("".join))
def test_any_jumble_of_code_is_read(html: str):
    """Code that no language has makes no reading fail."""
    assert isinstance(without_templates(html), str)


def test_a_page_without_code_stays_as_it_is():
    """The very same text, not a copy: `@media`, braces of styles and an address by mail are no code."""
    html = "<style>@media print{a{b:c}}</style><p>a@b.kg, 5 < 6 } {</p><script>if(a){`${b}`}</script>"

    assert html is without_templates(html)


@pytest.mark.parametrize("piece", HOSTILE)
@pytest.mark.parametrize(
    ("head", "size"),
    [("", 300_000), ("import x from 'y'\n(<div>", 60_000), ("@model X\n", 60_000)],
    ids=["page", "script", "razor"],
)
def test_a_page_of_openings_takes_no_longer_than_any_other(piece: str, head: str, size: int):
    """Many openings are read in seconds, whatever they are: twice as many would take twice as long."""
    html = head + piece * (size // len(piece))
    start = time.process_time()
    without_templates(html)

    assert time.process_time() - start < 20 * size / 1_000_000
