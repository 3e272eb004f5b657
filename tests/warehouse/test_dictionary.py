"""Nothing is published that is not explained in Kyrgyz, Russian and English."""

from pathlib import Path

import duckdb
import pytest

from warehouse import dictionary
from warehouse.errors import DictionaryError


def test_every_published_table_is_explained_in_three_languages(warehouse: duckdb.DuckDBPyConnection):
    """`tables` refuses to return anything else."""
    published = warehouse.execute(
        "select count(*) from duckdb_tables() where table_name like 'out!_%' escape '!'"
    )

    assert published.fetchone() == (len(dictionary.tables(warehouse)),)


def test_every_published_column_is_explained_in_three_languages(warehouse: duckdb.DuckDBPyConnection):
    """`columns` refuses to return anything else, and English is never passed off as another language."""
    columns = dictionary.columns(warehouse)

    assert len(columns) > 300
    assert [] == [doc for doc in columns if doc.meaning.en in {doc.meaning.ky, doc.meaning.ru}]


def test_no_translation_is_left_over(warehouse: duckdb.DuckDBPyConnection):
    """When a comment changes, its old words go."""
    assert () == dictionary.unused(warehouse)


@pytest.mark.parametrize("file", ["tables.yml", "columns.yml"])
def test_kyrgyz_is_not_russian(file: str):
    """Kyrgyz has ң, ө and ү; Russian has ё, ъ, щ in places where Kyrgyz does not. Each entry is its own."""
    words = dictionary.read(dictionary.FOLDER / file).values()
    kyrgyz = " ".join(each.ky for each in words)
    russian = " ".join(each.ru for each in words)

    assert all(letter in kyrgyz for letter in "ңөү")
    assert not set("ңөү") & set(russian)


def test_a_column_without_words_stops_everything(changed: duckdb.DuckDBPyConnection):
    """A new column is not published before it is explained."""
    changed.execute("comment on column out_services.stage is 'Something new.'")

    with pytest.raises(DictionaryError, match=r"out_services\.stage: 'Something new\.' is not in dictionary"):
        dictionary.columns(changed)


def test_a_column_without_a_comment_stops_everything(changed: duckdb.DuckDBPyConnection):
    """English comes first: it is the comment in SQL."""
    changed.execute("comment on table out_services is null")

    with pytest.raises(DictionaryError, match="out_services: has no comment"):
        dictionary.tables(changed)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("- {en: a, ky: b}", "expected text under en, ky and ru"),
        ("- {en: a, ky: b, ru: ''}", "expected text under en, ky and ru"),
        ("- {en: a, ky: b, ru: c, fr: d}", "expected text under en, ky and ru"),
        ("- {en: a, ky: b, ru: c}\n- {en: a, ky: b, ru: c}", "'a' stands twice"),
    ],
)
def test_a_faulty_entry_is_refused(tmp_path: Path, text: str, message: str):
    """Unknown keys, missing languages and doubles are faults."""
    path = tmp_path / "words.yml"
    path.write_text(text)

    with pytest.raises(DictionaryError, match=message):
        dictionary.read(path)
