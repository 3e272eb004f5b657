"""A page's kind follows from signs that a person can check."""

import math
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.clean import page_from_html
from pipelines.judging.kinds import classify, decided, kind_shares, read_page, signs_of
from pipelines.knowledge import load_knowledge

KNOWLEDGE = load_knowledge()
PLAIN = replace(KNOWLEDGE, weights=None)


def kind_of(title: str, main: str, url: str | None = None) -> str:
    """Return the kind of a page with one heading."""
    html = f"<html><head><title>{title}</title></head><body><main><h1>{title}</h1>{main}</main></body></html>"
    return classify(page_from_html(html.encode(), url), (), KNOWLEDGE)[0]


@pytest.mark.parametrize(
    ("title", "main", "kind"),
    [
        (
            "Вход в личный кабинет",
            "<form><input name=l><input type=password name=p><button>Войти</button></form>",
            "account",
        ),
        (
            "Протокол заседания совета",
            "<p>12 мая 2026 <a href=a.pdf>Протокол</a></p><p>13 мая 2026 <a href=b.pdf>Повестка</a></p>",
            "document",
        ),
        (
            "Биография министра",
            "<p>Родился в 1970 году. Образование высшее. Был депутат, министр.</p>",
            "information",
        ),
        ("404 - Page not found", "<p>The page does not exist.</p>", "error"),
        (
            "Статус текшерүү",
            "<form><label>Арыз номери <input name=n></label><button>Статусту текшерүү</button></form>",
            "application",
        ),
        ("Contact us", "<p>Phone: +44 20 7946 0000</p><p>E-mail: a@b.example</p>", "contact"),
    ],
)
def test_a_kind_is_told_from_what_the_page_is_about(title: str, main: str, kind: str):
    """Title, heading, form and words together."""
    assert kind == kind_of(title, main)


def test_registering_something_is_no_registration_of_an_account():
    """`Регистрация брака` is a service, `Регистрация` by itself an account."""
    facts = "<h2>Необходимые документы</h2><p>паспорт</p><h2>Срок предоставления</h2><p>1 месяц</p>"

    assert "service" == kind_of("Регистрация заключения брака", facts)


def test_shares_of_all_kinds_are_one_together():
    """They are probabilities."""
    shares = kind_shares(frozenset({"s_login_form"}), KNOWLEDGE)

    assert set(KNOWLEDGE.kinds_by_id) == set(shares)
    assert math.isclose(1.0, sum(shares.values()))


def test_a_page_has_a_stage_only_where_kinds_with_stages_are_likely_together():
    """First whether there is a stage, then which kind."""
    unsure = {"service": 0.26, "application": 0.25, "information": 0.49}

    assert "information" == decided(unsure, KNOWLEDGE)[0]
    assert "service" == decided({"service": 0.4, "application": 0.3, "information": 0.3}, KNOWLEDGE)[0]


def test_hand_set_points_suffice_without_fitted_weights():
    """The plain rubric works where nobody has fitted anything."""
    assert (
        "account"
        == max(kind_shares(frozenset({"s_login_title", "s_login_form"}), PLAIN).items(), key=lambda x: x[1])[
            0
        ]
    )


@settings(deadline=None)
@given(st.sets(st.sampled_from(sorted(KNOWLEDGE.signs))))
def test_signs_in_any_order_give_the_same_shares(signs: set[str]):
    """The sum does not depend on the order of a set."""
    assert kind_shares(frozenset(signs), KNOWLEDGE) == kind_shares(
        frozenset(sorted(signs, reverse=True)), KNOWLEDGE
    )


def test_labelled_facts_are_seen_without_headings():
    """A service's passport is often a table, or numbered lines."""
    facts = ("Получатели: граждане", "Необходимые документы: паспорт", "Срок предоставления: 3 дня")
    main = "".join(f"<p>{number}. {fact}.</p>" for number, fact in enumerate(facts, 1))
    page = page_from_html(f"<main><h1>Допуск</h1>{main}</main>".encode(), None)

    assert "s_facts_three" in signs_of(read_page(page, KNOWLEDGE), KNOWLEDGE)
