"""What a service is called: never a step of its form, a public body, or a part of the site."""

from dataclasses import replace

import pytest
from small_pages import WORDS, page_of, summary

from pipelines.services.content_lines import content_lines
from pipelines.services.drawing import draw_atlas
from pipelines.services.names import is_step, name_key
from pipelines.services.page_names import main_heading, page_name
from pipelines.services.page_source import PagesAtHand
from pipelines.services.tables import tables

NAMES = WORDS.identify.names


def name_of(h1: str, title: str, kind: str = "application") -> str:
    """Return the name of the service that a page with this heading and title speaks of."""
    page = replace(summary("https://x.gov/apply/2", kind, language="en"), h1=h1, title=title)
    with tables() as ours:
        return page_name(page, draw_atlas(PagesAtHand([page]), ours, WORDS.identify), WORDS.identify)


@pytest.mark.parametrize(
    ("h1", "title", "name"),
    [
        ("Your details", "Step 2 of 5 - Your details - Apply for a passport - GOV", "Apply for a passport"),
        (
            "What is your date of birth?",
            "What is your date of birth? - Register to vote - GOV.UK",
            "Register to vote",
        ),
        ("Employment history", "Employment history - Apply for a visa - GOV", "Apply for a visa"),
        ("Личные данные", "Личные данные — Получение паспорта — Госуслуги", "Получение паспорта"),
    ],
)
def test_a_step_is_named_by_the_service_in_its_title(h1: str, title: str, name: str):
    """The heading of a step says what is asked now, its title what for."""
    assert name == name_of(h1, title)


@pytest.mark.parametrize(
    "heading",
    [
        "Шаг 2 из 5",
        "2-кадам. Жеке маалыматтар",
        "Check your answers before sending your application",
        "Upload documents",
        "Application complete",
        "Welcome!",
        "Личные данные",
        "Sign in to your account",
    ],
)
def test_a_step_that_says_no_more_names_no_service(heading: str):
    """No name is better than the name of a step."""
    assert is_step(heading, NAMES)
    assert "" == name_of(heading, heading)


def test_a_service_may_begin_as_a_step_does():
    """To check one's pension is a service, to check one's answers a step."""
    assert not is_step("Check your State Pension forecast", NAMES)


def test_a_public_body_names_no_service():
    """The ministry's name in the heading leaves the name to the title."""
    assert "Apply for a passport" == name_of(
        "Ministry of Interior", "Apply for a passport - Ministry of Interior", "service"
    )


@pytest.mark.parametrize(
    "main",
    [
        "<h2>Apply for a passport</h2><h2>Fee</h2><p>$50</p>",
        "<h2>How much it costs</h2><p>$50</p><h2>Apply for a passport</h2>",
    ],
)
def test_the_second_heading_names_the_service_where_the_title_is_home(main: str):
    """A heading that announces a fact is passed over."""
    page = page_of(f"<html><head><title>Home</title></head><body><main>{main}</main></body></html>")

    assert "Apply for a passport" == main_heading(page, content_lines(page), WORDS)


def test_a_heading_around_the_content_is_the_sites():
    """What the header calls itself on every page is not what this page is about."""
    page = page_of(
        "<html><head><title>GOV Portal</title></head><body><header><h1>GOV Portal</h1></header>"
        "<main><h2>Renew a passport</h2><p>Bring the old one.</p></main></body></html>"
    )

    assert "Renew a passport" == main_heading(page, content_lines(page), WORDS)


@pytest.mark.parametrize(
    ("text", "is_body"),
    [
        ("Министерство юстиции", True),
        ("Passport Agency", True),
        ("Comune di Roma", True),
        ("Маданият министрлиги", True),
        ("Registration with the Ministry of Justice", False),
        ("Справка в министерство", False),
        ("How to apply", False),
        ("Poncho", False),
        ("GOV", False),
    ],
)
def test_public_bodies_are_known_by_how_they_are_called(text: str, is_body: bool):  # noqa: FBT001 - the expectation
    """A body that a name only mentions does not make it one."""
    assert is_body == WORDS.identify.bodies.is_named(text)


@pytest.mark.parametrize(
    ("one", "other", "language"),
    [
        ("Оценка земель", "Оценка земли", "ru"),
        ("Постановка на учет", "Снятие с учета", ""),
        ("Выдача справок", "Выдача справки", "ru"),
        ("Birth certificates", "Birth certificate", "en"),
        ("Маалымкаттар", "Маалымкаты", "ky"),
        ("Күбөлүгүн", "Күбөлүк", "ky"),
        ("Guvohnomalarni", "Guvohnoma", "uz"),
    ],
)
def test_forms_of_a_word_are_one_word(one: str, other: str, language: str):
    """Whatever its ending, in languages with a stemmer and in those with a list of endings."""
    assert name_key(one, NAMES, language) & name_key(other, NAMES, language)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Регистрация предприятия", "Регистрация предпринимателя"),
        ("Реестр производителей", "Реестр производства"),
        ("Contract registration", "Contractor registration"),
    ],
)
def test_words_that_only_begin_alike_are_two(one: str, other: str):
    """Six letters in common do not make two services one."""
    assert name_key(one, NAMES) != name_key(other, NAMES)
