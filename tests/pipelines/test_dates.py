"""Dates are read as people write them, with their words, place and role."""

from datetime import date

import pytest

from pipelines.clean import page_from_html
from pipelines.pages.dates import page_dates, stated_on
from pipelines.pages.dates_rules import date_rules, months
from pipelines.records import PageDate

JULY = date(2024, 7, 12)


@pytest.mark.parametrize(
    ("language", "quote"),
    [
        ("ky", "2024-жылдын 12-июлу"),
        ("ky", "2024-жылдын 12-июлунда"),
        ("ky", "12-июль 2024-ж."),
        ("ky", "2024-ж. 12-июль"),
        ("ky", "12-июль 2024-жыл"),
        ("ru", "12 июля 2024 года"),
        ("ru", "«12» июля 2024 г."),
        ("ru", "12.07.2024"),
        ("ru", "12.07.2024 г."),
        ("en", "12 July 2024"),
        ("en", "July 12, 2024"),
        ("en", "12th of July 2024"),
        ("en", "Jul 12, 2024"),
        ("en", "12-07-2024"),
        ("es", "12 de julio de 2024"),
        ("fr", "12 juillet 2024"),
        ("it", "12 luglio 2024"),
        ("pt", "12 de julho de 2024"),
        ("de", "12. Juli 2024"),
        ("kk", "2024 жылғы 12 шілде"),
        ("kk", "2024 жылғы 12 шілдеде"),
        ("uz", "2024-yil 12-iyul"),
        ("uz", "2024 йил 12 июль"),
        ("tg", "12 июли соли 2024"),
        ("uk", "12 липня 2024 року"),
        ("und", "2024-07-12"),
    ],
)
def test_a_date_is_read_as_people_write_it(language: str, quote: str):
    """Each language puts day, month and year in its own order, and bends the month's name."""
    text = f"Слово: {quote}, мурунку\nсап"

    assert [(JULY, quote, text.find(quote))] == [
        (one.date, one.quote, one.offset) for one in page_dates(text, language)
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Тел. 0312 66-20-24", "№ 12.07.20241", "31.02.2024", "в 2024 году", "ГОСТ 12.2024", "3/4/2024",
        "от 12 до 2024 сомов",
    ],
)  # fmt: skip
def test_what_is_no_date_is_none(text: str):
    """Numbers of telephones and standards have digits too; 3/4/2024 is one of two days in English."""
    assert () == page_dates(text, "en")


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("Опубликовано: 12.07.2024", "published"),
        ("Дата публикации\n12.07.2024", "published"),
        ("Жарыяланган күнү: 2024-жылдын 12-июлу", "published"),
        ("2024-жылдын 12-июлунда жарыяланган", "published"),
        ("Published 12 July 2024", "published"),
        ("Обновлено 12 июля 2024 г.", "modified"),
        ("Last updated: July 12, 2024", "modified"),
        ("Акыркы жаңыртуу: 12-июль 2024-ж.", "modified"),
        ("Dernière mise à jour le 12 juillet 2024", "modified"),
        ("Вступает в силу с 12 июля 2024 года", "effective"),
        ("2024-жылдын 12-июлунан тартып күчүнө кирет", "effective"),
        ("Закон от 12 июля 2024 года", "other"),
    ],
)
def test_the_words_beside_a_date_say_what_it_is_of(text: str, role: str):
    """Before it in most languages, after it in Turkic ones."""
    assert [role] == [one.role for one in page_dates(text, "ru")]


def test_each_of_two_dates_in_a_line_has_its_own_role():
    """The nearest words tell."""
    found = page_dates("Опубликовано: 12.07.2024, обновлено: 13.07.2024", "ru")

    assert ["published", "modified"] == [one.role for one in found]


@pytest.mark.parametrize(
    ("html", "role", "place"),
    [
        ('<meta property="article:published_time" content="2024-07-12T10:00Z">', "published", "meta@content"),
        ('<meta name="dcterms.modified" content="2024-07-12">', "modified", "meta@content"),
        ('<script>{"dateModified": "2024-07-12"}</script>', "modified", "script@text"),
        ('<time itemprop="datePublished" datetime="2024-07-12">12.07</time>', "published", "time@datetime"),
        ('<time datetime="2024-07-12">12.07</time>', "other", "time@datetime"),
    ],
)  # fmt: skip
def test_dates_for_machines_are_read_from_the_source(html: str, role: str, place: str):
    """Their quote is the attribute's."""
    found = page_from_html(f"<p>Кызмат</p>{html}".encode(), None).dates

    assert [(JULY, role, place, -1)] == [(one.date, one.role, one.place, one.offset) for one in found]


def test_a_page_that_lists_news_has_no_day_of_its_own():
    """One date for each item says nothing of the page."""
    text = "Опубликовано: 12.07.2024\nНовость\nОпубликовано: 13.07.2024"

    assert None is stated_on(page_dates(text, "ru"), "published")


def test_a_declared_day_goes_before_a_written_one():
    """What a page says to machines is about the page."""
    html = '<meta property="article:published_time" content="2024-07-12"><p>Опубликовано: 01.01.2020</p>'

    assert JULY == stated_on(page_from_html(html.encode(), None).dates, "published")


def test_a_quote_stands_where_it_says():
    """As that of a finding does."""
    page = page_from_html("<h1>Буйрук</h1><p>2026-жылдын 23-ноябры, Бишкек</p>".encode(), None)

    assert all(page.text.startswith(one.quote, one.offset) for one in page.dates)
    assert [date(2026, 11, 23)] == [one.date for one in page.dates]


def test_all_months_of_all_languages_are_known():
    """CLDR has them; an abbreviation may be shared."""
    assert set(range(1, 13)) == set(months().values())
    assert len(date_rules().languages) * 6 < len(months())


def test_a_page_of_years_is_read_in_time():
    """A table of years has thousands."""
    assert () == page_dates("2019 2020 2021 2022 " * 20_000, "ru")


def test_a_date_is_kept_once():
    """The same place twice is no second date."""
    one = PageDate(date=JULY, role="other", quote="2024-07-12", place="time@datetime", offset=-1)
    html = '<time datetime="2024-07-12">a</time>' * 3

    assert (one,) == page_from_html(html.encode(), None).dates
