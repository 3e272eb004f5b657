"""A build takes one round after another, and what earlier rounds came to is never worked out twice."""

import shutil
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from tiny_history import written_history
from tiny_stories import all_stories

from warehouse import settled, sources
from warehouse.build import build
from warehouse.engine import connect
from warehouse.errors import BuildError, DamagedError
from warehouse.settled import SETTLED, settle, told


def add_round(data: Path, story: Path, round_id: str) -> None:
    """Copy what `story` has of a round, and its codes."""
    for found in [*story.glob(f"captures/{round_id}"), *story.glob(f"core/*/round={round_id}")]:
        shutil.copytree(found, data / found.relative_to(story))
    shutil.copytree(story / "core" / "codes", data / "core" / "codes", dirs_exist_ok=True)


@pytest.fixture(scope="module")
def story(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The files of the first five rounds of all stories, not yet built."""
    whole = written_history(tmp_path_factory.mktemp("nine"), all_stories())
    story = tmp_path_factory.mktemp("five")
    for round_id in sources.rounds(whole)[:5]:
        add_round(story, whole, round_id)
    return story


@pytest.fixture(scope="module")
def built(story: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same, built: four rounds are settled."""
    folder = Path(shutil.copytree(story, tmp_path_factory.mktemp("built") / "data"))
    build(folder, threads=1)
    return folder


@pytest.fixture
def data(built: Path, tmp_path: Path) -> Path:
    """A copy of one's own, for changing."""
    return Path(shutil.copytree(built, tmp_path / "data"))


def published(data: Path) -> dict[str, list[tuple[object, ...]]]:
    """Return the rows of every table for readers, in their order."""
    with connect(data / "warehouse.duckdb", read_only=True) as connection:
        tables = connection.execute(
            "select table_name from duckdb_tables() where starts_with(table_name, 'out_')"
        ).fetchall()
        return {table: connection.execute(f"from {table}").fetchall() for (table,) in tables}


def anew(data: Path) -> dict[str, list[tuple[object, ...]]]:
    """Return the same of a build that has nothing to go on from."""
    (data / SETTLED).unlink()
    build(data, threads=1)
    return published(data)


def kept_rounds(data: Path) -> list[str]:
    """Return the rounds that are settled."""
    return [round_id for round_id, _ in told(data / SETTLED)]


def test_building_each_month_gives_what_building_all_at_once_does(story: Path, tmp_path: Path):
    """Row for row, in every published table: nothing that was settled would have come out otherwise."""
    for round_id in sources.rounds(story)[:4]:
        add_round(tmp_path, story, round_id)
        build(tmp_path, threads=1)

    assert 3 == len(kept_rounds(tmp_path))
    assert published(tmp_path) == anew(tmp_path)


def test_all_rounds_but_the_newest_are_settled(data: Path):
    """The newest may still change: a site is asked again, a round is understood anew."""
    assert list(sources.rounds(data)[:-1]) == kept_rounds(data)


def test_what_is_settled_is_not_read_again(data: Path, monkeypatch: pytest.MonkeyPatch):
    """One more build of five rounds takes one."""
    taken: list[str] = []
    fold = settled.fold
    monkeypatch.setattr("warehouse.build.fold", lambda *known: (taken.append(known[-1]), fold(*known)))
    monkeypatch.setattr(settled, "fold", lambda *known: (taken.append(known[-1]), fold(*known)))
    build(data, threads=1)

    assert [sources.rounds(data)[-1]] == taken


@pytest.mark.soak
def test_a_file_of_a_settled_round_that_changed_is_noticed(data: Path):
    """A backfill, or a round that was understood by other rules: all is worked out again."""
    path = next((data / "core" / "verdicts" / "round=2026-02").iterdir())
    rows = pq.read_table(path)
    place = rows.schema.get_field_index("stage")
    pq.write_table(rows.set_column(place, "stage", pa.array([1] * len(rows), rows.schema.types[place])), path)
    build(data, threads=1)
    now = published(data)

    assert {1} == {row[10] for row in now["out_service_rounds"] if row[1] == "2026-02" and row[5] == "seen"}
    assert now == anew(data)


@pytest.mark.soak
def test_an_earlier_round_that_comes_late_is_noticed(story: Path, tmp_path: Path):
    """Rounds out of archives may be filled in years later."""
    first, *later = sources.rounds(story)
    for round_id in later:
        add_round(tmp_path, story, round_id)
    build(tmp_path, threads=1)
    add_round(tmp_path, story, first)
    build(tmp_path, threads=1)

    assert first == kept_rounds(tmp_path)[0]
    assert published(tmp_path) == anew(tmp_path)


@pytest.mark.soak
def test_other_codes_are_noticed(data: Path):
    """A registry that gives a site to another body changes what was published of every round."""
    path = next((data / "core" / "codes" / "sites").iterdir())
    rows = pq.read_table(path)
    pq.write_table(rows.slice(1), path)
    build(data, threads=1)

    assert published(data) == anew(data)


@pytest.mark.soak
def test_e11_settled_rounds_that_cannot_be_read_are_worked_out_again(data: Path):
    """They follow from the files of the rounds: nothing is lost with them."""
    before = published(data)
    (data / SETTLED).write_bytes(b"no database")
    build(data, threads=1)

    assert before == published(data)
    assert list(sources.rounds(data)[:-1]) == kept_rounds(data)


@pytest.mark.soak
def test_e2_a_round_that_cannot_be_settled_leaves_those_before_it(story: Path, tmp_path: Path):
    """Settled wholly or not at all; the file at fault is named, and mending it is enough."""
    data = Path(shutil.copytree(story, tmp_path / "data"))
    path = next((data / "core" / "services" / "round=2026-03").iterdir())
    whole = path.read_bytes()
    path.write_bytes(whole[:100])
    with pytest.raises(DamagedError, match=r"services/round=2026-03"):
        build(data, threads=1)
    left = kept_rounds(data)
    path.write_bytes(whole)
    build(data, threads=1)

    assert ["2026-01", "2026-02"] == left
    assert published(data) == anew(data)


@pytest.mark.soak
def test_e1_a_kill_after_a_round_was_settled_loses_nothing(data: Path):
    """DuckDB's log of what was committed lies beside the file: a copy of the file alone would lack it."""
    *earlier, last = told(data / SETTLED)
    (data / SETTLED).unlink()
    settle(data, [round_id for round_id, _ in earlier], threads=1, memory_limit=None)
    with connect(data / SETTLED) as connection:
        connection.execute("pragma disable_checkpoint_on_shutdown")
        connection.execute("set checkpoint_threshold = '1TB'")
        settled.take(connection, data, *last)
    log = data / f"{SETTLED}.wal"
    was_left = log.stat().st_size > 0
    build(data, threads=1)

    assert was_left
    assert not log.exists()
    assert published(data) == anew(data)


def test_rows_of_another_round_stop_the_build_and_are_named(data: Path):
    """They would be taken for what they are not, or be lost."""
    newest = sources.rounds(data)[-1]
    path = next((data / "core" / "services" / f"round={newest}").iterdir())
    rows = pq.read_table(path)
    place = rows.schema.get_field_index("round_id")
    pq.write_table(rows.set_column(place, "round_id", pa.array(["2026-02"] * len(rows))), path)

    with pytest.raises(BuildError, match=f"rows of the round 2026-02; expected only those of {newest}"):
        build(data, threads=1)


def test_no_more_is_remembered_after_many_rounds_than_after_few(data: Path):
    """Of a service that never changes, the rows of its last good round stay, and no others."""
    with connect(data / "warehouse.duckdb", read_only=True) as connection:
        remembered = connection.execute(
            "select count(*), max(round_id) from core_services where service_id = 'lasting'"
        ).fetchone()

    assert (1, sources.rounds(data)[-1]) == remembered
