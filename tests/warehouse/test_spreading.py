"""How the values of columns are spread: over all rows, the same whoever counts, and told to everybody."""

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

import duckdb
import pytest
from portal_reading import Page

from warehouse.dictionary import ColumnDoc, Words
from warehouse.engine import connect
from warehouse.portal.charts import columns_path
from warehouse.portal.reader import Reader
from warehouse.portal.speech import speech
from warehouse.portal.spreading import questions
from warehouse.portal.spreading.reading import read_spreads
from warehouse.portal.spreading.shapes import Bounds, Spread
from warehouse.portal.spreading.words import SpreadWords
from warehouse.published import PublishedTable, published

NOTHING = Words(en="-", ky="-", ru="-")


@pytest.fixture
def empty() -> Iterator[duckdb.DuckDBPyConnection]:
    """Yield a database without tables."""
    with connect(None, threads=1) as connection:
        yield connection


def spread(connection: duckdb.DuckDBPyConnection, values: str, column: str = "value") -> Spread:
    """Return the spread of the values that the SQL `values` gives, a row each, in a table with a key."""
    made = f"create table rows_of as select row_number() over () as key, t.v as {column} from ({values}) t(v)"  # noqa: S608 - ours
    connection.execute(made)
    kinds = connection.execute("select column_name, column_type from (describe rows_of)").fetchall()
    docs = [
        ColumnDoc(table="rows_of", column=named, position=1, type=kind, is_nullable=True, meaning=NOTHING)
        for named, kind in kinds
    ]
    table = PublishedTable(name="rows_of", grain=("key",), step="-", meaning=NOTHING, columns=tuple(docs))
    return read_spreads(Reader(connection), table)[column]


def bars(found: Spread) -> Sequence[tuple[str, int]]:
    """Return the bars as an English page names them."""
    words = SpreadWords(speech("en"))
    return [(words.bar(bar), bar.row_count) for bar in found.bars]


def test_the_most_frequent_texts_are_shown_and_the_others_counted(empty: duckdb.DuckDBPyConnection):
    """Those with as many rows stand by the alphabet."""
    found = spread(empty, "select unnest(['a', 'b', 'b', 'c', 'd', 'e', 'f', 'g', null])")

    assert [("b", 2), ("a", 1), ("c", 1), ("d", 1), ("e", 1)] == bars(found)
    assert (1, 7, True, 2, 2) == (
        found.empty_count,
        found.distinct_count,
        found.is_exact,
        found.other_count,
        found.other_row_count,
    )


def test_texts_of_which_none_is_repeated_have_no_bars(empty: duckdb.DuckDBPyConnection):
    """A list of names is no distribution."""
    found = spread(empty, "select unnest(['a', 'b', 'c'])")

    assert ((), 3) == (found.bars, found.distinct_count)


@pytest.mark.parametrize("column", ["quote", "before_sha256", "capture_id", "warc_offset"])
def test_of_ids_digests_and_quotes_only_their_number_is_shown(empty: duckdb.DuckDBPyConnection, column: str):
    """Also where one of them is repeated."""
    found = spread(empty, "select unnest(['a', 'a', 'b', null])", column)

    assert ((), None, 2, 1) == (found.bars, found.bounds, found.distinct_count, found.empty_count)


def test_a_column_with_a_long_text_shows_no_values(empty: duckdb.DuckDBPyConnection):
    """It is there to be read; its values are estimated, for they were not kept."""
    found = spread(empty, "select unnest(['a', 'a', repeat('ң', 81)])")

    assert ((), 2, False) == (found.bars, found.distinct_count, found.is_exact)


def test_a_text_beside_its_bar_is_cut(empty: duckdb.DuckDBPyConnection):
    """There is room for forty letters."""
    found = spread(empty, "select unnest([repeat('<b>', 20), repeat('<b>', 20)])")

    assert [("<b>" * 13 + "…", 2)] == bars(found)


def test_few_numbers_stand_in_their_order_with_their_bounds(empty: duckdb.DuckDBPyConnection):
    """The median of an even number of values is the lower of the two in the middle."""
    found = spread(empty, "select unnest([3, 1, 1, 2])")

    assert [("1", 2), ("2", 1), ("3", 1)] == bars(found)
    assert Bounds(least=1, median=1, most=3, is_sampled=False) == found.bounds


def test_many_numbers_are_taken_together_in_round_spans(empty: duckdb.DuckDBPyConnection):
    """Whole numbers do not stand in two of them."""
    found = spread(empty, "select i from range(3, 98) r(i)")

    assert [("3–10", 8), ("11–20", 10), ("91–97", 7)] == [bars(found)[place] for place in (0, 1, -1)]
    assert (95, Bounds(least=3, median=50, most=97, is_sampled=False)) == (
        sum(bar.row_count for bar in found.bars),
        found.bounds,
    )


def test_numbers_that_nothing_lies_between_keep_the_gap(empty: duckdb.DuckDBPyConnection):
    """An empty span is shown as empty."""
    found = spread(empty, "select unnest([0, 1, 2, 3, 5, 7, 7])")

    assert [("0", 1), ("1", 1), ("2", 1), ("3", 1), ("4", 0), ("5", 1), ("6", 0), ("7", 2)] == bars(found)


def test_days_are_taken_together_as_days(empty: duckdb.DuckDBPyConnection):
    """Between the first and the last one that there is."""
    found = spread(empty, "select date '2026-01-01' + i::integer from range(40) r(i)")

    assert ("2026-01-01", "2026-02-09", 40) == (
        bars(found)[0][0].split(" – ")[0],
        bars(found)[-1][0].split(" – ")[-1],
        sum(count for _, count in bars(found)),
    )
    assert found.bounds
    assert date(2026, 1, 20) == found.bounds.median


@pytest.mark.parametrize("numbers", [2, 6])
def test_a_fraction_that_is_no_number_spoils_nothing(empty: duckdb.DuckDBPyConnection, numbers: int):
    """DuckDB would make no bins, and a page could not name it."""
    found = spread(empty, f"select unnest(range({numbers})::double[] || ['nan', 'infinity']::double[])")

    assert found.bounds
    assert (0, numbers - 1) == (found.bounds.least, found.bounds.most)


def test_truths_are_counted_as_texts(empty: duckdb.DuckDBPyConnection):
    """As the files have them."""
    found = spread(empty, "select unnest([true, true, false])")

    assert [("true", 2), ("false", 1)] == bars(found)


def test_a_column_without_values_is_empty(empty: duckdb.DuckDBPyConnection):
    """No bounds, and no bars."""
    found = spread(empty, "select unnest([null, null]::integer[])")

    assert (2, 0, (), None) == (found.empty_count, found.distinct_count, found.bars, found.bounds)


def test_many_rows_give_the_same_whatever_the_threads(
    empty: duckdb.DuckDBPyConnection, monkeypatch: pytest.MonkeyPatch
):
    """Values are estimated and a median is that of a sample, but neither is chance."""
    monkeypatch.setattr(questions, "MEDIAN_ROWS", 1_000)
    first = spread(empty, "select (hash(i) % 100000)::bigint from range(200000) r(i)")
    empty.execute("set threads = 4")
    empty.execute("create table again as from rows_of; drop table rows_of")
    second = spread(empty, "select value from again order by key")

    assert first == second
    assert first.bounds
    assert first.bounds.is_sampled
    assert first.bounds.median == pytest.approx(50_000, rel=0.1)
    assert not first.is_exact


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("ky", ("4 саптын ичинен 1 бош (25%)", "эң кичинеси 1, медианасы 2, эң чоңу 0,3333")),
        ("ru", ("пусто в 1 из 4 строк (25\xa0%)", "наименьшее 1, медиана 2, наибольшее 0,3333")),
        ("en", ("empty in 1 of 4 rows (25%)", "smallest 1, median 2, largest 0.3333")),
    ],
)
def test_a_spread_is_told_in_each_language(language: str, expected: tuple[str, str]):
    """With numbers as it writes them, four figures of a fraction."""
    words = SpreadWords(speech(language))
    found = Spread(row_count=4, empty_count=1, distinct_count=3, is_exact=True)
    bounds = Bounds(least=1, median=2, most=1 / 3, is_sampled=False)

    assert expected == (words.empty(found), words.bounds(bounds))


@pytest.mark.parametrize(
    ("value", "expected"), [(2026, "2026"), (123456, "123,456"), (0, "0"), (-0.00012345, "-0.0001234")]
)
def test_a_year_is_not_cut_into_thousands(value: float, expected: str):
    """Larger numbers are."""
    assert expected == speech("en").figure(value)


def test_bars_stand_as_high_as_their_rows():
    """One row among many is seen still, none is not."""
    assert "M0 30v-30h.9v30zM1 30v-1h.9v1z" == columns_path([1000, 1, 0])


def test_every_column_of_a_page_tells_how_its_values_are_spread(
    portal: Path, warehouse: duckdb.DuckDBPyConnection
):
    """In words, and each chart has its numbers in a table."""
    for table in published(warehouse):
        page = Page.read(portal / f"en/datasets/{table.name}/index.html")
        cells = [one for one in page.all("td") if one.attributes.get("class") == "spread"]
        charts = [one for one in page.all("svg") if one.attributes.get("class") == "columns"]

        assert len(cells) in {len(table.columns), 0}
        assert all("empty" in cell.words for cell in cells)
        assert len(charts) == len(page.all("details"))
