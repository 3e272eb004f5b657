"""How a release and its tables are cited: letter by letter, in each language."""

from datetime import date

import pytest

from warehouse.portal.citation import Citations, bibtex, newest_look
from warehouse.portal.site import Site
from warehouse.portal.speech import speech

SITE = Site(latest_url="https://portal.example/latest/", version="2026-11-abcdef12", newest_round="2026-11")
URL = "https://portal.example/2026-11-abcdef12/"
LOOKED = date(2026, 11, 5)


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        (
            "ky",
            (
                "Баскыч. (2026). Мамлекеттик кызматтар жана алардын онлайнга канчалык өткөнү"
                f" (2026-11-abcdef12 версиясы) [Маалымат топтому]. {URL}"
            ),
        ),
        (
            "ru",
            (
                "Баскыч. (2026). Государственные услуги и насколько каждая перешла в онлайн"
                f" (версия 2026-11-abcdef12) [Набор данных]. {URL}"
            ),
        ),
        (
            "en",
            (
                "Baskych. (2026). Public services and how far each has gone online"
                f" (Version 2026-11-abcdef12) [Data set]. {URL}"
            ),
        ),
    ],
)
def test_a_release_is_cited_after_apa(language: str, expected: str):
    """Author, year, title, version, kind and the address that stays; the author publishes it, too."""
    found = Citations(speech(language), SITE).apa()

    assert expected == found


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        (
            "ky",
            (
                "Баскыч. Мамлекеттик кызматтар жана алардын онлайнга канчалык өткөнү [Электрондук ресурс]"
                " : маалымат топтому. — Чыгарылыш 2026-11-abcdef12. — 2026."
                f" — Жаңыртылган күнү: 05.11.2026. — URL: {URL}."
            ),
        ),
        (
            "ru",
            (
                "Баскыч. Государственные услуги и насколько каждая перешла в онлайн [Электронный ресурс]"
                " : набор данных. — Выпуск 2026-11-abcdef12. — 2026."
                f" — Дата обновления: 05.11.2026. — URL: {URL}."
            ),
        ),
        (
            "en",
            (
                "Baskych. Public services and how far each has gone online [Electronic resource]"
                " : data set. — Release 2026-11-abcdef12. — 2026."
                f" — Updated: 05.11.2026. — URL: {URL}."
            ),
        ),
    ],
)
def test_a_release_is_cited_after_gost(language: str, expected: str):
    """With the day on which the data were last looked at in place of one on which somebody reads them."""
    found = Citations(speech(language), SITE).gost(LOOKED)

    assert expected == found


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("ky", "Мамлекеттик кызматтар жана алардын онлайнга канчалык өткөнү: out_services (2026-11-abcdef12"),
        ("ru", "Государственные услуги и насколько каждая перешла в онлайн: out_services (версия 2026-11-"),
        ("en", "Public services and how far each has gone online: out_services (Version 2026-11-abcdef12)"),
    ],
)
def test_apa_names_a_table_in_the_title(language: str, expected: str):
    """APA has no form for a part of a data set."""
    assert expected in Citations(speech(language), SITE).apa("out_services")


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("ky", "Баскыч. out_services [Электрондук ресурс] // Мамлекеттик кызматтар жана алардын"),
        ("ru", "Баскыч. out_services [Электронный ресурс] // Государственные услуги и насколько"),
        ("en", "Baskych. out_services [Electronic resource] // Public services and how far each"),
    ],
)
def test_gost_names_a_table_as_a_part_of_its_whole(language: str, expected: str):
    """Two slashes stand between."""
    assert Citations(speech(language), SITE).gost(LOOKED, "out_services").startswith(expected)


def test_data_that_nobody_looked_at_have_no_day():
    """A registry without a round is published, too."""
    found = Citations(speech("ru"), SITE).gost(newest_look([{"as_of": None}]))

    assert found.endswith(f"— Выпуск 2026-11-abcdef12. — 2026. — URL: {URL}.")


@pytest.mark.parametrize(("month", "expected"), [("01", "jan"), ("05", "may"), ("09", "sep"), ("12", "dec")])
def test_bibtex_names_the_month_by_its_macro(month: str, expected: str):
    """Three letters in English, without quotes, so that each style says it in its own words."""
    site = Site(latest_url="https://portal.example/latest/", version="v", newest_round=f"2026-{month}")

    assert f"  month = {expected},\n" in bibtex(site)
