"""Walls, shells, errors and casinos are told from pages: never judged, and never more than that."""

from dataclasses import replace
from pathlib import Path

import pytest
import yaml

from crawlers.outcomes import Outcome
from pipelines.clean import page_from_html
from pipelines.pages.recognise import Source, recognise

CASES = yaml.safe_load((Path(__file__).parents[1] / "golden/recognise/walls.yml").read_text("utf-8"))
ERRORS = [case for case in CASES if case["outcome"] == "soft_404" and "in the text" in case["name"]]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_an_answer_is_what_it_is(case: dict[str, str]):
    """Each case of `golden/recognise/walls.yml` has one outcome, whatever its status said."""
    page = replace(page_from_html(case["html"].encode(), None), outcome=case.get("given", "ok"))
    source = Source(
        html=case["html"], script_count=case["html"].count("<script"), noscript_text=_noscript(case)
    )

    assert case["outcome"] == recognise(page, source)[0]


@pytest.mark.parametrize("outcome", [one for one in Outcome if not one.is_observation])
def test_what_could_not_be_seen_never_becomes_a_page(outcome: Outcome):
    """Reading may name a wall; it never turns a failure into an observation."""
    html = "<h1>Выдача паспорта</h1><p>Подайте заявление онлайн.</p>"
    page = replace(page_from_html(html.encode(), None), outcome=outcome.value)

    assert not recognise(page, Source(html=html, script_count=0, noscript_text=""))[0].is_observation


def test_a_page_of_many_words_about_captchas_is_a_page():
    """Signs in the text hold only where there is little else to read."""
    text = "Подтвердите, что вы не робот. " + "Как пройти проверку при подаче заявления на портале. " * 40

    assert "ok" == page_from_html(f"<h1>Справка</h1><p>{text}</p>".encode(), None).outcome


@pytest.mark.parametrize("case", ERRORS, ids=lambda case: case["name"])
def test_d7_an_error_between_a_ministry_s_menus_is_never_judged(case: dict[str, str]):
    """What stands on every page of a site, and its offers to apply, are no content of an error."""
    menu = "".join(f'<a href="/{at}">Подать заявление онлайн на услугу номер {at}</a> ' for at in range(60))
    body = f"<nav>{menu}</nav><main>{case['html'].rpartition('</title>')[2]}</main><footer>{menu}</footer>"
    page = page_from_html(f"<title>Портал</title><body>{body}".encode(), None)

    assert not Outcome(page.outcome).is_observation


def test_unreadable_text_is_no_text():
    """A page of replacement signs would be judged as an empty one."""
    assert "bad_content" == page_from_html(("<p>" + "\ufffd" * 20 + " abc</p>").encode(), None).outcome


def _noscript(case: dict[str, str]) -> str:
    return case["html"].partition("<noscript>")[2].partition("</noscript>")[0]
