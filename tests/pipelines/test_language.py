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


@pytest.mark.parametrize("hints", [Hints(declared="ru"), Hints(url="https://example.kg/ru/services")])
def test_a_text_that_repeats_itself_has_the_language_that_its_page_names(hints: Hints):
    """Statistics take a Russian sentence said ten times for Bulgarian."""
    assert "ru" == languages_of("Описание услуги для граждан. " * 10, hints)[0]


def test_a_bulgarian_page_that_declares_russian_stays_bulgarian():
    """Its letters speak against what its template declares."""
    text = (
        "Гражданите могат да подадат заявление по електронен път. Къде се извършва плащането на таксата? " * 4
    )

    assert "bg" == languages_of(text, Hints(declared="ru"))[0]


@pytest.mark.parametrize(("near", "language"), [("kk", "kk"), ("ky", "ky"), ("", "ky")])
def test_a_label_of_two_languages_is_in_that_of_its_page(near: str, language: str):
    """«Талаптар» is a word of Kyrgyz and of Kazakh."""
    assert language == language_of("Талаптар", near)


def test_a_label_with_letters_that_a_language_has_not_is_in_none_of_it():
    """«Құжаттар» is no Kyrgyz, whatever its page says."""
    assert "kk" == language_of("Құжаттар", "ky")


def test_a_kyrgyz_text_under_a_kazakh_template_stays_kyrgyz():
    """Of a long text the letters tell; hints decide of labels."""
    assert "ky" == languages_of(KYRGYZ * 4, Hints(declared="kk"))[0]


def test_title_and_headings_tell_the_language_of_a_page_with_a_long_appendix():
    """A French page with pages of English help at its end is French."""
    french = "Vous pourrez renouveler votre passeport en ligne si vous remplissez certaines conditions.\n"
    english = "Select your name and your password, and follow the steps to recover what you forgot.\n"
    names = "Renouvelez votre passeport en ligne\nQui peut renouveler son passeport en ligne?\n"

    assert "fr" == languages_of(french * 10 + english * 15, Hints(declared="en", names=names * 3))[0]
