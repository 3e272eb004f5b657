"""What a service costs, how long it takes and what it needs, read from the words of pages."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from small_pages import WORDS, facts_of, page_of

from pipelines.judging.phrases import Phrases, fold, words_of
from pipelines.services.content_lines import content_lines
from pipelines.services.durations import read_duration
from pipelines.services.facts import read_facts
from pipelines.services.money import read_money


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("300 сом", "300 KGS"),
        ("1 200,50 сомов", "1200.5 KGS"),
        ("500 (беш жүз) сом", "500 KGS"),
        ("100сом", "100 KGS"),
        ("от 100 до 300 сом", "100 KGS"),
        ("5 расчётных показателей", "500 KGS"),
        ("$25", "25 USD"),
        ("€ 10.50", "10.5 EUR"),
        ("1.000 рублей", "1000 RUB"),
        ("Акысыз", "free"),
        ("Услуга предоставляется бесплатно", "free"),
        ("Free of charge", "free"),
        ("0 сом", "free"),
        ("Бесплатно; срочно - 500 сом", "free"),
        ("300 сом, пенсионерам бесплатно", "300 KGS"),
    ],
)
def test_a_fee_is_read_with_its_currency(words: str, value: str):
    """Amounts, signs, units of account and words for free become one form that a machine reads."""
    found = read_money(words, WORDS.facts)

    assert found is not None
    assert value == found.value


@pytest.mark.parametrize("words", ["Feel free to call", "в 2024 году", "пункт 5", "Стоимость по договору"])
def test_words_without_a_sum_are_no_fee(words: str):
    """Years, numbers of paragraphs and friendly words cost nothing and are not free either."""
    assert read_money(words, WORDS.facts) is None


@pytest.mark.parametrize(
    ("words", "days"),
    [
        ("3 рабочих дня", 3),
        ("в течение 3 (трёх) рабочих дней", 3),
        ("3-5 дней", 5),
        ("от 3 до 10 календарных дней", 10),
        ("үч жумуш күнүнүн ичинде", 3),
        ("5 жумушчу күндүн ичинде", 5),
        ("1-2 күн", 2),
        ("1 ай", 30),
        ("within two weeks", 14),
        ("2,5 часа", 2.5 / 24),
        ("15 минут", 15 / 1440),
        ("в день обращения", 1),
        ("дароо", 0),
    ],
)
def test_a_time_is_read_in_days(words: str, days: float):
    """Working days count as written, of a span the longest, a month is 30 days, an hour a 24th."""
    assert days == pytest.approx(read_duration(words, WORDS.facts), abs=1e-5)


@pytest.mark.parametrize("words", ["до 2024 года", "09:00", "закон № 5", "день открытых дверей"])
def test_dates_and_hours_of_opening_are_no_time(words: str):
    """A year, a clock and a word without a number say nothing of how long it takes."""
    assert read_duration(words, WORDS.facts) is None


def test_facts_under_headings_are_read():
    """The heading says which fact, what follows up to the next heading is its value."""
    found = facts_of(
        "<main><h1>Справка</h1><h2>Какие документы нужны</h2><ul><li>паспорт</li><li>заявление</li></ul>"
        "<h2>Сколько стоит</h2><p>Бесплатно</p><h2>Срок оказания услуги</h2><p>3 рабочих дня</p></main>"
    )

    assert ["паспорт", "заявление"] == [fact.value for fact in found["documents_required"]]
    assert ["free"] == [fact.value for fact in found["fee"]]
    assert ["3"] == [fact.value for fact in found["processing_time"]]


def test_facts_in_a_numbered_passport_are_read():
    """A table whose rows are number, label and value: the service passport of the unified register."""
    found = facts_of(
        "<main><table><tr><td>1</td><td>Кызматтын аталышы</td><td>Никени каттоо</td></tr>"
        "<tr><td>2</td><td>Кызмат алуучулар</td><td>Кыргыз Республикасынын жарандары</td></tr>"
        "<tr><td>3</td><td>Кызматтын акысы</td><td>200 сом</td></tr>"
        "<tr><td>4</td><td>Кызмат көрсөтүүнүн мөөнөтү</td><td>10 жумуш күнү</td></tr></table></main>"
    )

    assert "Никени каттоо" == found["name"][0].value
    assert "Кыргыз Республикасынын жарандары" == found["recipients"][0].value
    assert "200 KGS" == found["fee"][0].value
    assert "10" == found["processing_time"][0].value


@pytest.mark.parametrize(
    ("line", "fact", "value"),
    [
        ("Fee: 300 som", "fee", "300 KGS"),
        ("Срок исполнения — 5 дней", "processing_time", "5"),
        ("Срок оказания услуги В течение 1 часа", "processing_time", "0.041667"),
        ("Государственная пошлина составляет 150 сомов.", "fee", "150 KGS"),
        ("Выдача паспорта осуществляется бесплатно.", "fee", "free"),
        ("Ким кайрыла алат: пенсия курагындагы жарандар", "recipients", "пенсия курагындагы жарандар"),
        ("Натыйжасы: күбөлүк", "result", "күбөлүк"),
        ("Legal basis: Law No. 5 of 2020", "legal_basis", "Law No. 5 of 2020"),
    ],
)
def test_a_fact_on_one_line_is_read(line: str, fact: str, value: str):
    """With a colon, a dash, nothing but a capital between, or as a sentence."""
    assert value == facts_of(f"<main><p>{line}</p></main>")[fact][0].value


def test_a_free_hotline_is_no_free_service():
    """A sentence says that the service is free only when it speaks of the service."""
    assert "fee" not in facts_of("<main><p>Звоните на бесплатную горячую линию 119.</p></main>")


@pytest.mark.parametrize(
    "line",
    [
        "The passport is valid for 10 years and issued by us.",
        "Справка действительна в течение 30 дней.",
        "You can use the service within 20 years of registration.",
    ],
)
def test_a_validity_is_no_waiting(line: str):
    """How long a document holds, or an age, says nothing of how long its making takes."""
    assert "processing_time" not in facts_of(f"<main><p>{line}</p></main>")


def test_a_field_of_a_form_is_no_name_of_the_service():
    """Forms ask for the names of people and firms."""
    assert "name" not in facts_of("<main><p>Наименование организации: ОсОО «Тоо»</p></main>")


def test_a_document_that_names_a_fee_is_no_label():
    """A "квитанция об оплате пошлины" is something to bring, not the heading of the fee."""
    found = facts_of(
        "<main><h2>Необходимые документы</h2><ul><li>паспорт</li>"
        "<li>квитанция об оплате пошлины</li></ul></main>"
    )

    assert 2 == len(found["documents_required"])


def test_what_stands_in_menu_and_footer_is_no_fact():
    """Only a page's own content speaks of its service."""
    assert not facts_of(
        "<nav><p>Стоимость: 300 сом</p></nav><main><p>Текст</p></main><footer>Срок: 3 дня</footer>"
    )


@given(
    st.lists(
        st.sampled_from(
            [
                "Срок: 3 дня",
                "• Паспорт; • фото",
                "Документы",
                "Стоимость — 1 200 сом",
                "1. Заявление",
                "Акысыз",
                "",
                "a  b",
            ]
        ),
        max_size=12,
    )
)
def test_every_quote_stands_at_its_offset(lines: list[str]):
    """A quote is verbatim: a substring of the page's text, at the place that is said."""
    page = page_of("<main>" + "".join(f"<p>{line}</p>" for line in lines) + "</main>")

    for fact in read_facts(content_lines(page), WORDS.facts):
        assert page.text.startswith(fact.quote, fact.offset)
        assert fact.quote


@given(st.text(max_size=60))
def test_folding_keeps_every_character_in_its_place(text: str):
    """Places found in the folded text are places in the text itself."""
    assert len(text) == len(fold(text))


def test_the_longest_phrase_at_a_place_wins():
    """The words "срок действия" are not "срок": validity is no processing time."""
    phrases = Phrases.of({"time": ["срок"], "validity": ["срок действия"]})

    assert ["validity"] == [match.meaning for match in phrases.find(words_of(fold("Срок действия: 10 лет")))]
