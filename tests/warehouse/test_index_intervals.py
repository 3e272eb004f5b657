"""Between which values the index lies, when not all of a country could be seen."""

from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest
from tiny_codes import BODIES
from tiny_history import History, built_history

from warehouse.engine import connect

SITES = BODIES[:-1]  # the last has none
JAN, FEB = "2026-01", "2026-02"
TOLD = {
    "tax": "select index_low, index, index_high from out_institutions where institution_id = 'tax'",
    "sample": "select index_low, index, index_high from out_countries where country_id = 'sample'",
}
PART = """
    select share_low, share, share_high from out_index_parts
    where institution_id is not distinct from $institution and part = $part and stage = $stage
"""


def republic(
    folder: Path, *, silent: str = "", never: str = "", then: tuple[int, int] = (3, 2)
) -> duckdb.DuckDBPyConnection:
    """Return the warehouse of two rounds in which all sites but those two answer.

    Two services of `tax` are at stages 3 and 2 in January, and `then` in February, unless it is `silent`.
    """
    history = History()
    for round_id, stages in ((JAN, (3, 2)), (FEB, then)):
        quiet = {never, silent if round_id == FEB else never}
        for site in SITES:
            history.asks([round_id], site, is_silent=site in quiet)
        if "tax" not in quiet:
            history.provides(f"{round_id}/refund", stages[0], at="tax")
            history.provides(f"{round_id}/number", stages[1], at="tax")
    return connect(built_history(folder, history) / "warehouse.duckdb", read_only=True)


@pytest.fixture(scope="module")
def seen(tmp_path_factory: pytest.TempPathFactory) -> Iterator[duckdb.DuckDBPyConnection]:
    """The republic of which everything was seen."""
    with republic(tmp_path_factory.mktemp("seen")) as connection:
        yield connection


@pytest.mark.parametrize("told", TOLD.values(), ids=TOLD)
def test_where_nothing_is_unseen_the_interval_is_the_index(seen: duckdb.DuckDBPyConnection, told: str):
    """To the last digit, and so in each of its shares."""
    [(low, index, high)] = seen.execute(told).fetchall()
    wide = seen.table("out_index_parts").filter("share_low <> share or share_high <> share")

    assert low == index == high
    assert [] == wide.fetchall()


def test_e5_a_site_that_falls_silent_widens_the_interval_and_moves_no_index(
    seen: duckdb.DuckDBPyConnection, tmp_path: Path
):
    """Of its body anything is possible then; of the country, what the other sites leave open."""
    before = {name: seen.execute(told).fetchone() for name, told in TOLD.items()}
    with republic(tmp_path / "silent", silent="tax") as connection:
        now = {name: connection.execute(told).fetchone() for name, told in TOLD.items()}

    assert {name: each and each[1] for name, each in before.items()} == {
        name: each and each[1] for name, each in now.items()
    }
    assert now["tax"] is not None
    assert (0, 100) == now["tax"][::2]
    assert now["sample"] is not None
    assert 0 == now["sample"][0] < now["sample"][1] < now["sample"][2] < 100


@pytest.mark.soak
@pytest.mark.parametrize("then", [(4, 4), (3, 2), (1, 1)])
def test_e5_what_a_silent_site_would_have_shown_lies_in_the_interval(tmp_path: Path, then: tuple[int, int]):
    """The round is told twice: once with the site silent, once as whoever could look would have seen it."""
    with republic(tmp_path / "seen", then=then) as connection:
        [(_, truth, _)] = connection.execute(TOLD["sample"]).fetchall()
    with republic(tmp_path / "silent", silent="tax") as connection:
        [(low, _, high)] = connection.execute(TOLD["sample"]).fetchall()

    assert low <= truth <= high


def test_e5_a_site_that_was_never_seen_widens_the_country_and_no_other_body(tmp_path: Path):
    """It must have a service, and could show every indicator: of both nobody knows."""
    asked = {"institution": None, "stage": 3}
    with republic(tmp_path, never="down") as connection:
        [(low, index, high)] = connection.execute(TOLD["tax"]).fetchall()
        services = connection.execute(PART, asked | {"part": "services"}).fetchone()
        indicators = connection.execute(PART, asked | {"part": "indicators"}).fetchone()

    assert low == index == high
    assert pytest.approx((1 / 3, 1 / 2, 2 / 3)) == services
    assert pytest.approx((2 / 12, 2 / 10, 4 / 12)) == indicators


@pytest.mark.parametrize(
    ("institution", "part", "stage", "shares"),
    [
        ("tax", "services", 3, (1 / 4, 1 / 3, 2 / 4)),  # one online, two not, one undetermined
        ("tax", "indicators", 3, (1, 1, 1)),  # the newest round shows both
        ("tax", "indicators", 4, (0, 0, 1)),  # none is shown, but the pages of a service were not seen
        ("health", "services", 1, (1 / 2, 1, 1)),  # one on the portal, one kept from an earlier round
        ("health", "indicators", 4, (1, 1, 1)),  # its own site is silent, and the portal shows both
        ("school", "indicators", 2, (1 / 2, 1, 1)),  # one on its first page, one where a page was not seen
    ],
)
def test_e5_each_share_of_the_index_says_between_which_it_lies(
    warehouse: duckdb.DuckDBPyConnection,
    institution: str,
    part: str,
    stage: int,
    shares: tuple[float, float, float],
):
    """What the round saw is sure; what it kept, or could not see, may be met or not."""
    asked = {"institution": institution, "part": part, "stage": stage}

    assert pytest.approx(shares) == warehouse.execute(PART, asked).fetchone()


def test_in_every_round_of_every_story_the_index_lies_in_its_interval(history: duckdb.DuckDBPyConnection):
    """Whatever falls silent, returns, moves or is half seen; and so do the shares of each body."""
    rounds = history.execute("select index_low, index, index_high from out_country_rounds").fetchall()
    outside = history.execute(
        "select * from core_shares where not met_count / applicable_count between low and high"
    ).fetchall()

    assert 9 == len(rounds)
    assert all(0 < low < index < high < 100 for low, index, high in rounds)
    assert [] == outside


def test_an_institution_without_an_index_has_no_interval(warehouse: duckdb.DuckDBPyConnection):
    """Where a share could not be observed nothing is said, not even that anything is possible."""
    found = warehouse.execute(
        "select distinct index_low, index_high from out_institutions where index is null"
    ).fetchall()

    assert [(None, None)] == found
