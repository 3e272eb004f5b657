"""What a page shows of openness and participation, in the page's own words, apart from any stage."""

import pytest

from pipelines.clean import page_from_html
from pipelines.find import understand
from pipelines.judging.quotes import is_found_again
from pipelines.knowledge import load_knowledge
from pipelines.records import Finding

PAGE = """<html lang="{language}"><head><title>Министерство</title></head><body>
<nav><a href="/x">{words}</a></nav><main><h1>Жаңылыктар</h1><p>Бүгүн коллегиянын жыйыны болду.</p></main>
</body></html>"""


def openness(words: str, language: str = "ru") -> tuple[Finding, ...]:
    """Return what is found of openness on a page whose menu says `words`."""
    page = page_from_html(PAGE.format(words=words, language=language).encode(), "https://ministry.example/")
    return understand(page, load_knowledge()).openness


@pytest.mark.parametrize(
    ("words", "subject"),
    [
        ("Бюджет Кыргызской Республики", "budget-information"),
        ("Республикалык бюджеттин аткарылышы", "budget-information"),
        ("Ченемдик укуктук актылар", "legal-information"),
        ("Нормативные правовые акты", "legal-information"),
        ("Маалымат алуу укугу", "information-requests"),
        ("Доступ к информации", "information-requests"),
        ("Мамлекеттик сатып алуулар", "procurement-information"),
        ("Государственные закупки", "procurement-information"),
        ("Коррупцияга каршы күрөшүү", "anti-corruption"),
        ("Противодействие коррупции", "anti-corruption"),
        ("Декларации должностных лиц", "asset-declarations"),
    ],
)
def test_a_menu_entry_shows_its_subject(words: str, subject: str):
    """In Kyrgyz and in Russian, quoted letter by letter."""
    assert [(subject, words)] == [(one.indicator_id, one.quote) for one in openness(words)]


@pytest.mark.parametrize(
    "words",
    [
        "Бюджетные учреждения",
        "Агентство государственных закупок",
        "Налоговая декларация",
        "Ачык мамлекеттик маалыматтарга жетүү",
        "Комитет по бюджету и финансам",
    ],
)
def test_words_that_only_look_like_a_subject_show_nothing(words: str):
    """A body's name, a tax return and the open data portal are not what is asked for."""
    assert () == openness(words)


def test_quotes_of_openness_are_found_again():
    """They pass the same test as the quotes that prove a stage."""
    page = page_from_html(
        PAGE.format(words="Закупки и тендеры", language="ru").encode(), "https://a.example/"
    )
    found = understand(page, load_knowledge()).openness

    assert found
    assert all(is_found_again(finding, page) for finding in found)


def test_openness_is_no_finding_of_a_service():
    """What proves a stage does not change with it."""
    page = page_from_html(PAGE.format(words="Бюджет", language="ru").encode(), "https://a.example/")
    reading = understand(page, load_knowledge())

    assert {"budget-information"} == {one.indicator_id for one in reading.openness}
    assert not {"budget-information"} & {one.indicator_id for one in reading.findings}


def test_every_subject_is_told_in_three_languages_with_what_a_page_cannot_show():
    """Kyrgyz is not Russian, and neither is English."""
    for subject in load_knowledge().subjects:
        for words in (subject.name, subject.definition, subject.advice, subject.limit):
            assert 3 == len({words.ky, words.ru, words.en})


def test_every_subject_can_be_seen_somehow():
    """By an indicator, or by words of its own."""
    blind = [one.id for one in load_knowledge().subjects if not one.indicators and not one.seen]

    assert [] == blind
