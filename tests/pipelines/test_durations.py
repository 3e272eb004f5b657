"""How long a service takes, however a page writes it."""

import pytest
from small_pages import WORDS, facts_of

from pipelines.services.durations import read_duration


@pytest.mark.parametrize(
    ("words", "days"),
    [
        ("двадцать один день", 21),
        ("он беш күн", 15),
        ("twelve weeks", 84),
        ("Up to twenty-one days", 21),
        ("сорок дней", 40),
        ("эки жума", 14),
        ("deux semaines", 14),
        ("treinta días", 30),
        ("tre mesi", 90),
        ("10 dias úteis", 10),
        ("10 ish kuni", 10),
        ("15 жұмыс күні", 15),
        ("10 рӯзи корӣ", 10),
        ("10 Werktage", 10),
    ],
)
def test_numbers_may_be_words(words: str, days: float):
    """Words side by side are one number, in each language."""
    assert days == read_duration(words, WORDS.facts)


@pytest.mark.parametrize(
    ("words", "days"),
    [
        ("1 year 6 months", 545),
        ("1 day and 4 hours", 1 + 4 / 24),
        ("2 часа 30 минут", 2.5 / 24),
        ("3 days to 2 weeks", 14),
        ("от 3 дней до 10 дней", 10),
    ],
)
def test_parts_add_up_and_of_a_span_the_longest_counts(words: str, days: float):
    """A smaller unit that follows belongs to the same time; two ends of a span do not add up."""
    assert days == pytest.approx(read_duration(words, WORDS.facts), abs=1e-5)


@pytest.mark.parametrize(
    ("words", "days"),
    [
        ("a week", 7),
        ("About an hour", 1 / 24),
        ("half an hour", 0.5 / 24),
        ("жарым саат", 0.5 / 24),
        ("полтора часа", 1.5 / 24),
        ("two and a half weeks", 17.5),
        ("полгода", 180),
        ("в течение месяца", 30),
        ("3 раб. дня", 3),
        ("10 р.д.", 10),
    ],
)
def test_articles_halves_and_abbreviations_are_read(words: str, days: float):
    """One need not say "one"."""
    assert days == pytest.approx(read_duration(words, WORDS.facts), abs=1e-5)


@pytest.mark.parametrize(
    "words",
    [
        "from 9:00 to 18:00",
        "до 1 марта 2024 года",
        "Apply 90 days before you travel",
        "valid for 14 days",
        "takes 5 minutes to complete",
        "5 days a week",
        "24 hours a day",
        "once a week",
    ],
)
def test_dates_rates_validity_and_filling_are_no_waiting(words: str):
    """Only how long one waits for the service is its time."""
    assert read_duration(words, WORDS.facts) is None


@pytest.mark.parametrize(
    "line",
    [
        "Time: from 9:00 to 18:00",
        "Срок: до 1 марта 2024 года",
        "Terms of use apply",
        "Deadline: Apply 90 days before you travel",
        "Your registration code is valid for 14 days.",
        "The application takes 5 minutes to complete.",
        "You should register the death within 5 days.",
    ],
)
def test_a_line_without_a_waiting_gives_no_processing_time(line: str):
    """A label of one word says nothing without a time that can be read."""
    assert "processing_time" not in facts_of(f"<main><p>{line}</p></main>")
