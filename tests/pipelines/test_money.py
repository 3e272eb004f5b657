"""What a service costs, however a page writes it, and whose money it is."""

import pytest
from small_pages import WORDS, facts_of, summary

from pipelines.services.money import read_money


def fee_in(text: str, *countries: str) -> str | None:
    """Return the fee that `text` states, as a machine reads it."""
    found = read_money(text, WORDS.facts, countries)
    return found.value if found else None


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("£75.50", "75.5 GBP"),
        ("€ 20,00", "20 EUR"),
        ("1.250,50 €", "1250.5 EUR"),
        ("2 000 ₽", "2000 RUB"),
        ("US$50", "50 USD"),
        ("CA$50", "50 CAD"),
        ("$50 CAD", "50 CAD"),
        ("CAD $50", "50 CAD"),
        ("AU$50", "50 AUD"),
        ("NZ$50", "50 NZD"),
        ("S$20", "20 SGD"),
        ("R$ 50", "50 BRL"),
        ("MX$50", "50 MXN"),
        ("₹500", "500 INR"),
        ("Rs. 500/-", "500 INR"),
        ("RM 30", "30 MYR"),
        ("AED 100", "100 AED"),
        ("KES 1,000", "1000 KES"),
        ("CHF 50.-", "50 CHF"),
        ("500 тг", "500 KZT"),
        ("50 Br", "50 BYN"),
        ("50 TL", "50 TRY"),
        ("20 лари", "20 GEL"),
        ("20 манат", "20 AZN"),
        ("2 тыс. рублей", "2000 RUB"),
        ("300.-сом", "300 KGS"),
        ("fifty soms", "50 KGS"),
        ("беш жүз сом", "500 KGS"),
        ("Pay a $50 fee", "50 USD"),
    ],
)
def test_signs_codes_and_words_of_currencies_are_read(words: str, value: str):
    """Before or after the number, with letters before a sign, as ISO codes, as words."""
    assert value == fee_in(words)


def test_a_unit_of_account_with_a_lasting_sum_is_money():
    """A Kyrgyz calculation index is 100 soms since 2006."""
    assert "50 KGS" == fee_in("0,5 расчётного показателя")


@pytest.mark.parametrize("words", ["2 МРП", "1 БРВ", "5 базовых величин"])
def test_a_unit_of_account_that_changes_every_year_is_no_sum(words: str):
    """What it was worth in the month of the round is not known here, so nothing is guessed."""
    assert fee_in(words) is None


@pytest.mark.parametrize(
    ("country", "value"),
    [
        ("ca", "50 CAD"),
        ("au", "50 AUD"),
        ("nz", "50 NZD"),
        ("hk", "50 HKD"),
        ("mx", "50 MXN"),
        ("cl", "50 CLP"),
        ("co", "50 COP"),
        ("kg", "50 USD"),
        ("de", "50 USD"),
    ],
)
def test_a_dollar_sign_is_the_countrys_own(country: str, value: str):
    """A sign that several currencies share is read by the page's country; US dollars where it has none."""
    assert value == fee_in("$50", country)


@pytest.mark.parametrize(
    ("url", "value"), [("https://www.canada.ca/p", "50 CAD"), ("https://x.gov.au/p", "50 AUD")]
)
def test_the_country_of_a_page_is_read_from_its_host(url: str, value: str):
    """A registry's country goes first; else the end of the host tells."""
    facts = summary(url, title="Passport", main="<dl><dt>Fee</dt><dd>$50</dd></dl>").facts

    assert [value] == [fact.value for fact in facts if fact.fact == "fee"]


@pytest.mark.parametrize(
    "words",
    [
        "$12 million",
        "2 миллиона сомов",
        "A penalty of up to 500 som",
        "Штраф 3000 сомов",
        "Our service is free of errors",
        "TRY 5 TIMES",
    ],
)
def test_budgets_and_punishments_are_no_fees(words: str):
    """Nobody pays millions for a service, and what a wrongdoer pays is no fee."""
    assert fee_in(words) is None


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("free for pensioners, 200 сом for the rest", "200 KGS"),
        ("Child under 5: free; adults $30", "30 USD"),
        ("Пенсионерам бесплатно, остальным 200 сом", "200 KGS"),
        ("Free for pensioners", None),
        ("Fee 200 som, penalty 500 som", "200 KGS"),
    ],
)
def test_what_is_free_for_some_is_not_free(words: str, value: str | None):
    """Others pay: their sum is the fee."""
    assert value == fee_in(words)


@pytest.mark.parametrize(
    "words",
    [
        "нет",
        "None",
        "Sin coste",
        "sin costo",
        "grátis",
        "kostenfrei",
        "No application fee",
        "оплата не требуется",
        "ақысыз",
        "gratuit",
    ],
)
def test_nothing_to_pay_is_free_in_any_language(words: str):
    """Also where "none" alone stands under the label."""
    found = facts_of(f"<main><dl><dt>Fee</dt><dd>{words}</dd></dl></main>")

    assert ["free"] == [fact.value for fact in found["fee"]]
