"""Findings are the page's own words, and know where they stood."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.clean import page_from_html
from pipelines.find import find
from pipelines.judging.quotes import is_found_again
from pipelines.knowledge import load_knowledge
from pipelines.records import Finding

KNOWLEDGE = load_knowledge()


def found(html: str, url: str | None = None) -> dict[str, Finding]:
    """Return the best finding of each indicator on a page."""
    page = page_from_html(f"<!doctype html><html><body>{html}</body></html>".encode(), url)
    best: dict[str, Finding] = {}
    for finding in find(page, KNOWLEDGE):
        best.setdefault(finding.indicator_id, finding)
    return best


@pytest.mark.parametrize(
    ("html", "indicator"),
    [
        ("<main><p>Телефон: +996 312 62-03-85</p></main>", "service-contact"),
        ("<footer>E-mail: office@agency.example</footer>", "service-contact"),
        ("<main><p>Часы работы: пн-пт 9:00-18:00</p></main>", "service-contact"),
        ("<header><a href='/en'>English</a> <a href='/ru'>Русский</a></header>", "language-switch"),
        ("<header><a href='?eye=1'>Версия для слабовидящих</a></header>", "accessibility-mode"),
        ("<header><a href='?eye=1'>Көрүүсү начарлар үчүн</a></header>", "accessibility-mode"),
        ("<header><form action='/search'><input type='search' name='q'></form></header>Text", "site-search"),
        ("<nav><a href='/faq'>Көп берилүүчү суроолор</a></nav>", "faq"),
        ("<nav><a href='/faq'>Domande frequenti</a></nav>", "faq"),
        ("<footer><a href='/write'>Электронная приёмная</a></footer>", "feedback-form"),
        ("<footer><a href='/w'>Electronic petitions</a></footer>", "consultation"),
        (
            "<main><iframe src='https://www.youtube.com/embed/abc123'></iframe><p>Watch</p></main>",
            "multimedia",
        ),
        ("<header><a href='/in'>Se connecter</a></header>", "login"),
        ("<header><a href='/in'>Anmelden</a></header>", "login"),
        ("<main><a href='/pay'>Онлайн төлөө</a></main>", "online-payment"),
        ("<main><a href='/s'>Проверить статус заявления</a></main>", "status-tracking"),
        ("<main><a href='/b'>Записаться на приём</a></main>", "appointment"),
        (
            "<main><p>Il servizio è per i cittadini.</p><a href='/b'>Prenota un appuntamento</a></main>",
            "appointment",
        ),
        ("<footer><a href='https://data.example'>Открытые данные</a></footer>", "open-data"),
    ],
)
def test_an_indicator_is_seen(html: str, indicator: str):
    """Words, forms, inputs, languages and media each show something."""
    assert indicator in found(html)


@pytest.mark.parametrize(
    ("html", "indicator"),
    [
        ("<footer><a href='/contact'>Contact us</a></footer>", "service-contact"),
        ("<main><p>Дата: 25.06.2014, номер 2021-11-30</p></main>", "service-contact"),
        ("<footer><a href='https://youtube.com/c/agency'>YouTube</a></footer>", "multimedia"),
        ("<nav><a href='/services'>Стоимость услуг</a></nav>", "fee"),
        ("<nav><a href='/apply'>How to apply</a></nav>", "apply-online"),
        ("<main><p>He paid the bill in parliament.</p></main>", "online-payment"),
    ],
)
def test_what_only_looks_like_an_indicator_is_not_one(html: str, indicator: str):
    """A bare contact link is no contact, a date no telephone, a channel's icon no video."""
    assert indicator not in found(html)


def test_a_finding_in_the_header_is_site_wide():
    """It says little about any one service."""
    assert (
        "site_wide"
        == found("<header><a href='/in'>Войти</a></header><main><p>Текст</p></main>")["login"].strength
    )


def test_a_finding_in_the_main_content_is_direct():
    """It speaks of this page."""
    assert "direct" == found("<main><p>Тел.: +996 312 62-03-85</p></main>")["service-contact"].strength


def test_words_that_stand_in_two_regions_count_where_they_weigh_more():
    """A search box of the header and one of the content say the same: the content's is the finding."""
    box = "<form action='/s'><input type=search name=q><button>Search</button></form>"
    finding = found(f"<header>{box}</header><main><p>Find a service.</p>{box}</main>")["site-search"]

    assert ("main", "direct") == (finding.region, finding.strength)


def test_a_page_without_text_has_no_findings():
    """Where nothing could be read, nothing is found."""
    assert {} == found("")


PIECES = st.lists(
    st.sampled_from(
        [
            "<p>Подать заявление онлайн. Срок: 3 рабочих дня.</p>",
            "<h2>Fees</h2><p>The fee is $20.</p>",
            "<a href='/login?next=%2F'>Войти</a>",
            "<a href='/f.pdf'>Бланк заявления\n (PDF)</a>",
            "<form><label>E-mail <input name='e'></label><input type=password><button>OK</button></form>",
            "<p>ИИИ İİ ß ﬁ Ǆ</p>",
            "<p>Баасы — 200 сом, акысыз эмес</p>",
            "<nav><a href='?lang=en'>EN</a></nav>",
            "<ul><li>паспорт<li>справка о доходах</ul>",
            "<h1>Получение справки</h1>",
            "<p>" + "слово " * 120 + "оплатить 5 сом</p>",
        ]
    ),
    max_size=8,
)


@settings(deadline=None)
@given(PIECES)
def test_every_quote_is_found_again(pieces: list[str]):
    """A quote is a stretch of the page's text at its offset, or of the attribute that its place names."""
    page = page_from_html(("<html><body><main>" + "".join(pieces) + "</main></body></html>").encode(), None)

    assert all(is_found_again(finding, page) for finding in find(page, KNOWLEDGE))


@settings(deadline=None)
@given(PIECES)
def test_finding_twice_finds_the_same(pieces: list[str]):
    """The same page gives the same findings, in the same order, under the same ids."""
    page = page_from_html(("<html><body>" + "".join(pieces) + "</body></html>").encode(), None)

    assert find(page, KNOWLEDGE) == find(page, KNOWLEDGE)
