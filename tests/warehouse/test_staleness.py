"""How old each row is, and whether a site is silent or only has nothing new to say."""

import duckdb
import pytest
from tiny_stories import ROUNDS

SPEAKER = ["speaks"] * 9
SLEEPER = ["speaks", "quiet", "quiet", "quiet", *["unusually_quiet"] * 5]
FAILING = [
    "speaks",
    "silent",
    "unusually_silent",
    "quiet",
    "quiet",
    "silent",
    "silent",
    "unusually_silent",
    "quiet",
]


@pytest.mark.parametrize(
    ("site", "voices"), [("speaker", SPEAKER), ("sleeper", SLEEPER), ("failing", FAILING)]
)
def test_e5_silence_is_told_from_quiet_by_the_rhythm_of_the_site(
    history: duckdb.DuckDBPyConnection, site: str, voices: list[str]
):
    """Unusual is what a site never did: thrice its time between news and more, or its longest silence."""
    found = history.execute(
        "select voice from out_coverage where site_id = ? order by round_id", [f"sample-{site}"]
    ).fetchall()

    assert voices == [voice for (voice,) in found]


def test_e5_a_site_that_fails_counts_the_rounds_in_which_it_was_asked_in_vain(
    history: duckdb.DuckDBPyConnection,
):
    """And keeps the day on which it last answered; an answer sets the count back."""
    found = history.execute(
        "select round_id, as_of::text, attempts_since_ok from out_coverage where site_id = 'sample-failing'"
        " order by round_id"
    ).fetchall()

    assert [0, 1, 2, 0, 0, 1, 2, 3, 0] == [row[2] for row in found]
    assert (ROUNDS[7], "2026-05-05", 3) == found[7]


@pytest.mark.parametrize(
    ("table", "key", "row", "stale"),
    [
        ("out_sites", "site_id", "sample-health", ("2026-10-05", 1)),
        ("out_sites", "site_id", "sample-down", (None, 2)),
        ("out_sites", "site_id", "sample-untried", (None, 0)),
        ("out_institutions", "institution_id", "health", ("2026-10-05", 1)),
        ("out_institutions", "institution_id", "tax", ("2026-11-02", 0)),
        ("out_services", "service_id", "vaccination", ("2026-10-05", 1)),
    ],
)
def test_e5_each_row_says_how_old_it_is(
    warehouse: duckdb.DuckDBPyConnection, table: str, key: str, row: str, stale: tuple[str | None, int]
):
    """Sites, institutions and services: the day of the last good look, and the rounds in vain since then."""
    rows = warehouse.table(table).filter(duckdb.ColumnExpression(key) == row)

    assert [stale] == rows.project("as_of::text, attempts_since_ok").fetchall()


@pytest.mark.parametrize(
    ("table", "row", "low", "high"),
    [
        # One online, one undetermined, two not.
        ("out_institutions", {"institution_id": "tax"}, (1, 4), (2, 4)),
        # One on the portal, one that was not seen again.
        ("out_institutions", {"institution_id": "health"}, (1, 2), (2, 2)),
        # Never seen: anything is possible.
        ("out_institutions", {"institution_id": "down"}, (0, 1), (1, 1)),
        ("out_regions", {"region_id": "sample-n"}, (2, 6), (4, 6)),
        ("out_country_rounds", {"round_id": "2026-11"}, (2, 9), (7, 9)),
    ],
)
def test_e5_what_could_not_be_seen_widens_each_share(
    warehouse: duckdb.DuckDBPyConnection,
    table: str,
    row: dict[str, str],
    low: tuple[int, int],
    high: tuple[int, int],
):
    """A stale or undetermined service, and one that a site never seen must have, may be online or not."""
    [(key, value)] = row.items()
    rows = warehouse.table(table).filter(duckdb.ColumnExpression(key) == value)
    [found] = rows.project("stage_3_share_low, stage_3_share_high").fetchall()

    assert pytest.approx((low[0] / low[1], high[0] / high[1])) == found


def test_a_region_without_bodies_has_no_share(warehouse: duckdb.DuckDBPyConnection):
    """Of nothing there is no share, neither a low nor a high one."""
    found = warehouse.execute(
        "select stage_3_share_low, stage_3_share_high from out_regions where region_id = 'sample-e'"
    ).fetchone()

    assert (None, None) == found


def test_a_round_says_how_many_institutions_were_seen(warehouse: duckdb.DuckDBPyConnection):
    """Of seven in the registry, three: tax, school and portal."""
    found = warehouse.execute(
        "select seen_institution_count, institution_count from out_country_rounds where is_newest"
    ).fetchone()

    assert (3, 7) == found
