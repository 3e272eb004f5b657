"""Case D14: what names or reaches a private person is blacked out before anything is published."""

import duckdb
import pytest

PRIVATE = [
    ("ПИН 21503199012345", "ПИН ██████████████"),
    ("кимдик карта ID1234567", "кимдик карта █████████"),
    ("AN 1234567, АС1234567 (кириллицей)", "█████████, █████████ (кириллицей)"),
    ("Паспорт серия AN № 1234567", "Паспорт серия █████████"),
    ("паспорту 4510 123456 выдан", "паспорту █████████ выдан"),
    ("звоните Айгуль 0555 12 34 56", "звоните Айгуль ██████████"),
    ("Айбек: +996 (700) 12-34-56", "Айбек: ██████████"),
    ("жазыңыз: aigul.b@gmail.com", "жазыңыз: █████@█████"),
    ("x?phone=0555123456", "x?phone=██████████"),
]
PUBLIC = [
    "Телефон приёмной: +996 312 62-03-85, office@agency.example",
    "Приёмная: 0 555 12-34-56, agency@mail.ru",
    "Кабылдама: 0700 12-34-56",
    "Call-center 0 770 00-11-22",
    "0312 66-12-12, info@mail.gov.kg",
    "119, 1111, 112",
    "14-значный номер счёта 12345678901234",
    "закон от 05.07.2021 №77, приказ 1234567",
    "загранпаспорт на 10 лет, паспорт 2004 года",
    "Баасы 0700 сом; 200 000 000 000 сом",
]


@pytest.mark.parametrize(("words", "masked"), PRIVATE)
def test_d14_what_is_private_is_blacked_out(warehouse: duckdb.DuckDBPyConnection, words: str, masked: str):
    """Numbers of people and their documents, mobile telephones, mailboxes that anyone can have."""
    assert (masked,) == warehouse.execute("select masked(?)", [words]).fetchone()


@pytest.mark.parametrize("words", PUBLIC)
def test_d14_what_reaches_an_office_stays(warehouse: duckdb.DuckDBPyConnection, words: str):
    """Telephones of desks, an office's own domain, and any contact in words that name the office."""
    assert (words,) == warehouse.execute("select masked(?)", [words]).fetchone()


def test_d14_masking_twice_changes_nothing_more(warehouse: duckdb.DuckDBPyConnection):
    """So the gate can ask whether a text has been masked."""
    for words in (*PUBLIC, *(words for words, _ in PRIVATE)):
        once = warehouse.execute("select masked(?)", [words]).fetchone()
        assert once == warehouse.execute("select masked(masked(?))", [words]).fetchone()


@pytest.mark.parametrize("words", [words for words, _ in PRIVATE])
def test_d14_nothing_private_is_passed_by(warehouse: duckdb.DuckDBPyConnection, words: str):
    """What some rule would black out is never taken for words that no rule has to look at."""
    assert (True,) == warehouse.execute("select may_name_a_person(?)", [words]).fetchone()


@pytest.mark.parametrize(
    "words", [*PUBLIC, *(words for words, _ in PRIVATE), *(words for _, words in PRIVATE)]
)
def test_d14_to_look_is_to_find_what_masking_changes(warehouse: duckdb.DuckDBPyConnection, words: str):
    """The gate only looks: it must see all that masking would black out, and nothing else."""
    many = f"1. {words}\nno words of anyone\n"
    query = "select names_a_person($words), $words <> masked($words)"
    [found] = warehouse.execute(query, {"words": many}).fetchall()

    assert found[0] == found[1]


@pytest.mark.parametrize(
    "words", [*PUBLIC, *(words for words, _ in PRIVATE), *(words for _, words in PRIVATE)]
)
def test_d14_numbers_of_people_are_seen_where_masking_would_change_them(
    warehouse: duckdb.DuckDBPyConnection, words: str
):
    """The same of whole files, in which only numbers of people and their documents are looked for."""
    rule = "without_personal_numbers(without_passports($words))"
    query = f"select has_numbers_of_a_person($words), $words <> {rule}"
    [found] = warehouse.execute(query, {"words": f"{words}\n{words}"}).fetchall()

    assert found[0] == found[1]
