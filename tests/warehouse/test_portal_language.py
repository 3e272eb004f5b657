"""The portal's three languages: nothing missing, nothing mixed, and numbers as each writes them."""

import re
from datetime import UTC, date, datetime

import pytest
import yaml

from warehouse.portal.catalogues import catalogue, messages, updated
from warehouse.portal.errors import PortalError
from warehouse.portal.speech import LABELS, LANGUAGES, LOCALES, Speech, speech
from warehouse.script import PUBLISHED, sql_files

# Names that have no Cyrillic form: of formats, programs, licences, files and of the UN's indices.
LATIN = {
    *("Apache", "baskych", "BY", "CC", "CSV", "DuckDB", "EGDI", "JSON", "Lines", "OSI", "Parquet"),
    *(
        "JavaScript",
        *("index", "rubric", "yml"),
        "LD",
        "RDF",
        "Turtle",
        "robots",
        "txt",
        "out",
        "failures",
        "SHA",
        "XLSX",
        "SQL",
        "ZIP",
        "serve",
    ),
    *("Baskych", "Crawl", "delay", "Retry", "After"),  # as robots.txt and HTTP write them
}
NBSP, NARROW = "\u00a0", "\u202f"


def strings(message: object) -> list[str]:
    """Return the strings of a message: one, or one for each plural form."""
    return [message] if isinstance(message, str) else list(message)  # type: ignore[call-overload]


def plain(text: str) -> str:
    """Return `text` without markup and without places for values."""
    return re.sub(r"<[^>]*>|%\(\w+\)s|\{\w+\}", " ", text)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_message_has_its_words(language: str):
    """A template, a label or a line of code with new words fails here until they are translated."""
    known = catalogue(language)
    missing = [
        message.id
        for message in messages()
        if message.id and (message.id not in known or not all(strings(known[message.id].string)))
    ]

    assert [] == missing


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_catalogues_are_in_step_with_the_messages(language: str):
    """No words for what is no longer said; `python -m warehouse.portal.catalogues` puts it right."""
    assert (LOCALES / f"{language}.po").read_bytes() == updated(language)


@pytest.mark.parametrize("language", ["ky", "ru"])
def test_no_words_in_latin_letters_stand_in_kyrgyz_and_russian(language: str):
    """Apart from names that have no other form."""
    mixed = {
        (text, word)
        for message in catalogue(language)
        if message.id
        for text in strings(message.string)
        for word in re.findall(r"[A-Za-z]{2,}", plain(text))
        if word not in LATIN
    }

    assert set() == mixed


def test_kyrgyz_is_not_russian():
    """Kyrgyz words differ from the Russian ones save for names and common loans, and use ө, ү and ң."""
    kyrgyz, russian = catalogue("ky"), catalogue("ru")
    long_and_same = [
        message.id
        for message in kyrgyz
        if message.id
        and message.string == russian[message.id].string
        and " " in plain(str(message.string)).strip()
    ]
    letters = "".join(str(message.string) for message in kyrgyz)

    assert all(letter in letters for letter in "өүңӨҮ"[:3])
    assert {"JSON Lines", "Program"} >= {str(message)[:10].split(":")[0] for message in long_and_same}


@pytest.mark.parametrize("language", LANGUAGES)
def test_translations_keep_the_places_for_values(language: str):
    """A value that is not said, or a place without a value, would break the page."""
    for message in catalogue(language):
        if not message.id:
            continue
        wanted = set(re.findall(r"%\((\w+)\)s", " ".join(strings(message.id))))
        for text in strings(message.string):
            assert wanted == set(re.findall(r"%\((\w+)\)s", text)), message.id


@pytest.mark.parametrize("language", LANGUAGES)
def test_translations_keep_the_markup(language: str):
    """The same tags in the same order."""
    for message in catalogue(language):
        for text in strings(message.string) if message.id else ():
            assert re.findall(r"<[^>]*>", strings(message.id)[0]) == re.findall(r"<[^>]*>", text)


@pytest.mark.parametrize(
    ("language", "amount", "expected"),
    [
        ("ky", 200, "200 сом"),
        ("ru", 1, "1 сом"),
        ("ru", 2, "2 сома"),
        ("ru", 200, "200 сомов"),
        ("ru", 120.5, "120,5 сома"),
        ("en", 1, "1 som"),
        ("en", 1200, "1,200 soms"),
    ],
)
def test_som_is_written_as_each_language_writes_it(language: str, amount: float, expected: str):
    """CLDR has "сом" in Kyrgyz only, and the code in the other two."""
    assert expected == speech(language).money(amount, "KGS").replace(NBSP, " ").replace(NARROW, " ")


@pytest.mark.parametrize(
    ("language", "expected"),
    [("ky", "200 USD / 12,50 USD"), ("ru", "200 $ / 12,50 $"), ("en", "US$200 / US$12.50")],
)
def test_other_money_is_written_as_the_language_has_it(language: str, expected: str):
    """Whole amounts without decimals."""
    said = " / ".join(speech(language).money(amount, "USD") for amount in (200, 12.5))

    assert expected == said.replace(NBSP, " ").replace(NARROW, " ")


@pytest.mark.parametrize(
    ("language", "expected"),
    [("ky", "2026-ж., 23-ноябрь"), ("ru", "23 ноября 2026 г."), ("en", "23 November 2026")],
)
def test_dates_are_written_as_each_language_writes_them(language: str, expected: str):
    """By Babel, that is by CLDR."""
    assert expected == speech(language).date(date(2026, 11, 23)).replace(NBSP, " ").replace(NARROW, " ")


def test_moments_are_in_utc():
    """Whatever time zone a time comes in."""
    assert "23 November 2026, 04:05 UTC" == speech("en").moment(datetime(2026, 11, 23, 4, 5, tzinfo=UTC))


@pytest.mark.parametrize(
    ("language", "expected"), [("ky", "1 234 567"), ("ru", "1 234 567"), ("en", "1,234,567")]
)
def test_numbers_are_grouped_as_each_language_groups_them(language: str, expected: str):
    """With a space that does not break, or a comma."""
    assert expected == speech(language).number(1_234_567).replace(NBSP, " ").replace(NARROW, " ")


@pytest.mark.parametrize(
    ("count", "expected"), [(1, "1 день"), (3, "3 дня"), (5, "5 дней"), (21, "21 день"), (0.5, "0,5 дня")]
)
def test_russian_counts_in_three_forms(count: float, expected: str):
    """And a fraction takes the second."""
    assert expected == speech("ru").plural(
        "%(count)s day", "%(count)s days", count, count=speech("ru").number(count, 1)
    )


def test_sizes_are_said_in_the_reader_s_letters():
    """КБ and МБ in Cyrillic."""
    assert ["1,5 КБ", "1.5 kB", "3 МБ"] == [
        speech("ru").size(1536),
        speech("en").size(1536),
        speech("ky").size(3 * 1024 * 1024),
    ]


def test_a_name_that_nobody_wrote_down_is_said_in_another_language():
    """And the reader is told which."""
    row = {"name_ky": "", "name_ru": "Министерство", "name_en": None}

    assert [("Министерство", "ru"), ("Министерство", "ru")] == [
        speech("ky").own(row, "name"),
        speech("en").own(row, "name"),
    ]


def test_every_code_that_a_table_allows_has_a_word():
    """The checks of the SQL files name the codes; `labels.yml` has a word for each."""
    labels = yaml.safe_load(LABELS.read_text(encoding="utf-8"))
    known = {code for section in labels.values() for code in section}
    allowed = {
        code
        for file in sql_files(PUBLISHED)
        for codes in re.findall(r"check \(\w+ in \(([^)]*)\)\)", file.read_text(encoding="utf-8"))
        for code in re.findall(r"'(\w+)'", codes)
    }

    assert set() == allowed - known


def test_an_unknown_code_is_shown_as_it_is():
    """Unless its kind has a word for all others."""
    assert ("new_code", "public body") == (
        speech("en").label("fact", "new_code"),
        speech("en").label("institution_kind", "new"),
    )


def test_there_is_no_fourth_language():
    """The message names those that there are."""
    with pytest.raises(PortalError, match="expected one of ky, ru, en"):
        Speech("de")
