"""Kyrgyz is not Russian, and not Kazakh: languages of pages, and of labels of a word or two."""

from pathlib import Path

import pytest
import yaml

from pipelines.language import Hints, language_in_address, language_of, languages_of
from pipelines.records import Region

LABELS = yaml.safe_load((Path(__file__).parents[1] / "golden/language/labels.yml").read_text("utf-8"))
RUSSIAN = "Для получения услуги подайте заявление и приложите копию паспорта. Срок рассмотрения три дня.\n"
KYRGYZ = "Кызматты алуу үчүн арыз бериңиз жана паспорттун көчүрмөсүн тиркеңиз. Мөөнөтү үч күн.\n"


@pytest.mark.parametrize(("language", "labels"), LABELS.items())
def test_labels_of_a_word_or_two_are_told(language: str, labels: list[str]):
    """Menus and buttons are all that many pages have; 19 of 20 labels of each language are told right."""
    wrong = [label for label in labels if language_of(label) != language]

    assert len(wrong) <= len(labels) / 20, wrong


def test_one_kyrgyz_name_does_not_make_a_russian_text_kyrgyz():
    """Russian pages name «Түндүк» and «Өкмөт»; the letters of one name prove nothing."""
    assert "ru" == language_of(RUSSIAN + "Услуга оказывается через портал «Түндүк».")


def test_a_list_of_kyrgyz_names_on_a_russian_page_stays_russian():
    """Names of people without one Kyrgyz letter are in any language: the address then decides."""
    names = "\n".join(
        ["Асанов Бакыт Эргешович", "Турсунбаев Азизбек", "Сулайманов Алтынбек", "Шыкмаматов Мирлан"] * 12
    )

    assert (
        "ru" == languages_of("Депутаты и фракции\n" + names, Hints(url="https://example.kg/ru/deputies"))[0]
    )


def test_the_content_decides_not_the_menu():
    """A page in Kyrgyz under a Russian menu is Kyrgyz; both languages are its parts."""
    text = RUSSIAN * 3 + KYRGYZ * 3
    regions = (
        Region(name="navigation", start=0, end=len(RUSSIAN) * 3),
        Region(name="main", start=len(RUSSIAN) * 3, end=len(text)),
    )
    language, parts = languages_of(text, Hints(regions=regions, names="Кызматтар"))

    assert ("ky", {"ky", "ru"}) == (language, {part for part, _ in parts})


def test_a_template_that_declares_english_does_not_make_kyrgyz_english():
    """`lang="en"` stands on pages in any language."""
    assert "ky" == languages_of(KYRGYZ * 4, Hints(declared="en"))[0]


def test_a_page_without_words_has_the_language_that_it_declares():
    """Where nothing tells, a declaration is better than none."""
    assert "ky" == languages_of("404", Hints(declared="ky-KG"))[0]


def test_a_page_that_says_nothing_is_undetermined():
    """Undetermined is an answer: never a guess."""
    assert ("und", ()) == languages_of("12.05.2024 — 100", Hints())


@pytest.mark.parametrize(
    ("url", "language"),
    [
        ("https://example.kg/ky/services", "ky"),
        ("https://example.kg/kg/services", "ky"),
        ("https://example.kg/?lang=ru&id=3", "ru"),
        ("https://example.kg/services", None),
        ("https://example.kg/it-department", None),
    ],
)
def test_an_address_names_a_language(url: str, language: str | None):
    """Kyrgyz sites write the country's code for the language's."""
    assert language == language_in_address(url)


def test_code_of_a_template_is_no_language():
    """Blade, Razor and Django stand in archives; their directives are no English."""
    text = (
        "@extends('layout.layout') @section('content')\n{{$item->title}} Запись на приём к врачу\n@endsection"
    )

    assert "ru" == languages_of(text, Hints())[0]
