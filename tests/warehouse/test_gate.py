"""Nothing is published that lost much, names a person, or is not what was written; the reasons are kept."""

import json
from pathlib import Path

import duckdb
import pytest

from warehouse import contract_check, gate, losses, private_words, release
from warehouse.engine import connect
from warehouse.errors import ChecksFailedError, WarehouseError
from warehouse.portal.errors import PortalError
from warehouse.published import published
from warehouse.release import publish
from warehouse.thresholds import FILE, Guard, thresholds

PIN = "ПИН 21503199012345"
# For each guard, what happened to the warehouse since the last release.
LOSSES = {
    "institutions_were_not_lost": "delete from out_institutions where institution_id = 'tax'",
    "sites_were_not_lost": "delete from out_sites where site_id = 'sample-tax'",
    "sites_still_answer": "update out_coverage set seen_count = 0 where is_newest",
    "pages_were_not_lost": "update out_coverage set seen_count = seen_count // 2 where is_newest",
    "services_were_not_lost": "delete from out_services where stage is not null",
    "rows_were_not_lost": "delete from out_egdi",
}
ABUNDANCE = """
    update out_coverage set seen_count = seen_count + 100 where is_newest and seen_count > 0;
    insert into out_services by name
    select * exclude (i) replace ('more-' || i as service_id)
    from (from out_services where service_id = 'lunch'), range(20) as r(i)
"""


def change(data: Path, statements: str) -> None:
    """Change the warehouse in `data`."""
    with connect(data / "warehouse.duckdb") as connection:
        connection.execute(statements)


@pytest.fixture
def known(own: Path, small_release: None, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a data folder with a good release of many pages and services; only guards are asked of it."""
    monkeypatch.setattr(gate.checks, "results", lambda _: ())
    change(own, ABUNDANCE)
    publish(own, threads=1)
    return own


@pytest.mark.parametrize(
    "name", [name if not at else pytest.param(name, marks=pytest.mark.soak) for at, name in enumerate(LOSSES)]
)
def test_e5_what_lost_much_since_the_last_release_is_not_published(known: Path, name: str):
    """The last good release stands; what was lost is listed, and a person who has looked may approve it."""
    before = (known / "publish" / "latest").readlink()
    change(known, LOSSES[name])
    with pytest.raises(ChecksFailedError, match=name):
        publish(known, threads=1)
    kept = next((known / "publish-failed").iterdir())

    assert before == (known / "publish" / "latest").readlink()
    assert name in (kept / "REASONS.txt").read_text(encoding="utf-8")
    assert name in {each.name for each in publish(known, threads=1, approved=set(LOSSES)).warnings}


@pytest.mark.soak
def test_e5_one_site_that_is_down_stops_no_release(known: Path):
    """Its rows are kept and marked; only many at once are a sign that the harvest is at fault."""
    change(known, "update out_coverage set seen_count = 0 where is_newest and site_id = 'sample-tax'")

    assert publish(known, threads=1).version


def test_e5_every_guard_has_a_loss_in_this_file():
    """A guard that nothing can break guards nothing."""
    guards = {guard.name for guard in thresholds().guards.values()} | {thresholds().rows.name}

    assert guards == set(LOSSES)


@pytest.mark.soak
def test_e11_a_last_release_that_cannot_be_read_is_named(known: Path):
    """Without it nobody could tell what was lost, so a person has to look."""
    last = (known / "publish" / "latest").resolve()
    (last / "data" / "out_services.parquet").write_bytes(b"PAR1 cut off")

    with pytest.raises(ChecksFailedError, match=f"{losses.UNREADABLE}.*{last.name}"):
        publish(known, threads=1)


@pytest.mark.parametrize(
    ("column", "words"),
    [
        ("out_failures.outcome_detail", f"'{PIN}'"),
        ("out_changes.after", f"'{PIN}'"),
        ("out_failures.url", "'http://a.example/?passport=AN1234567'"),
        ("out_services.missing", "['звоните Айгуль 0555 12 34 56']"),
    ],
)
def test_d14_every_column_of_text_is_looked_through(
    changed: duckdb.DuckDBPyConnection, column: str, words: str
):
    """Also those that no list names: the columns are the warehouse's own."""
    table, _, name = column.partition(".")
    changed.execute(f"update {table} set {name} = {words}")  # noqa: S608 - ours
    rows = private_words.in_tables(changed, published(changed)).rows

    assert [(table, name)] == [(where, which) for where, which, _ in rows]


def test_d14_what_names_a_person_is_not_published_and_not_repeated(own: Path, small_release: None):
    """Nor in the reasons."""
    change(own, f"update out_failures set outcome_detail = '{PIN}'")  # noqa: S608 - ours

    with pytest.raises(ChecksFailedError, match="tables_name_no_person") as refused:
        publish(own, threads=1)
    assert "2150319" not in str(refused.value)


@pytest.mark.parametrize("most", [1 << 20, 64])
def test_d14_a_file_of_any_size_is_looked_through(
    warehouse: duckdb.DuckDBPyConnection, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, most: int
):
    """What does not fit into memory is read some lines at a time."""
    monkeypatch.setattr(private_words, "BATCH_BYTES", most)
    (tmp_path / "large.csv").write_text("кызмат\n" * 100 + PIN + "\n" + "услуга\n" * 100)
    (tmp_path / "clean.csv").write_text("кызмат\n" * 200)

    assert (("large.csv",),) == private_words.in_files(warehouse, tmp_path).rows


def test_d14_every_file_is_looked_through_too(
    own: Path, small_release: None, monkeypatch: pytest.MonkeyPatch
):
    """Whatever way a number took into a page, the page is found."""
    monkeypatch.setattr(
        release, "render", lambda _c, folder, *_: (folder / "x.html").write_text(f"<p>{PIN}</p>")
    )

    with pytest.raises(ChecksFailedError, match=r"files_name_no_person.*path=x\.html"):
        publish(own, threads=1)
    assert not (own / "publish" / "latest").exists()


@pytest.mark.soak
def test_e2_a_file_that_is_not_as_it_was_written_is_never_published(
    own: Path, small_release: None, monkeypatch: pytest.MonkeyPatch
):
    """Not even with approval: a disk that gives back other bytes is nobody's decision."""
    write_sums = release.write_sums

    def and_lose_bytes(part: Path, apart: dict[str, str]) -> None:
        write_sums(part, apart=apart)
        (part / "data" / "out_stages.csv").write_bytes(b"lost")

    monkeypatch.setattr(release, "write_sums", and_lose_bytes)
    with pytest.raises(ChecksFailedError, match=r"files_are_as_written.*path=data/out_stages\.csv"):
        publish(own, threads=1, approved={"files_are_as_written"})


@pytest.mark.soak
def test_what_a_page_could_not_be_printed_from_is_kept_with_the_reason(
    own: Path, monkeypatch: pytest.MonkeyPatch
):
    """Any of our own errors, so that somebody can see how far it came; each in a folder of its own."""

    def fail(*_: object) -> None:
        raise PortalError("services.html: expects a column")

    monkeypatch.setattr(release, "render", fail)
    for _ in range(2):
        with pytest.raises(PortalError, match="Nothing was published; see "):
            publish(own, threads=1)
    kept = sorted((own / "publish-failed").iterdir())

    assert [kept[0].name, f"{kept[0].name}-2"] == [each.name for each in kept]
    assert "services.html: expects a column\n" == (kept[1] / "REASONS.txt").read_text(encoding="utf-8")
    assert not (own / "publish" / "latest").exists()


def test_e9_a_contract_that_changed_under_its_version_is_refused(tmp_path: Path):
    """A release named this version, and it said something else then."""
    package = tmp_path / "datapackage.json"
    package.write_text(
        json.dumps({"contract": {"version": contract_check.current().number, "sha256": "other"}})
    )

    assert ["other"] == [then for _, then, _ in contract_check.changed_silently(package)]


@pytest.mark.parametrize("text", [b"", b"{", b"\xff", b"[]", b'{"contract": 1}'])
def test_a_last_release_whose_package_is_damaged_is_an_alarm_and_no_error(tmp_path: Path, text: bytes):
    """Nobody can tell whether its contract was changed; a person who looked may approve of that."""
    package = tmp_path / contract_check.PACKAGE
    package.write_bytes(text)
    [(_, then, _)] = contract_check.changed_silently(package)

    assert then.startswith("cannot be read (")


def test_a_loss_is_an_alarm_only_above_both_thresholds():
    """Two of three is a great share and few; twenty of a thousand are many and a small share."""
    guard = Guard(name="x", promise="X.", lost_least=10, lost_share=0.3)

    assert [False, False, True] == [
        guard.is_broken(before, lost) for before, lost in ((3, 2), (1000, 20), (1000, 301))
    ]


@pytest.mark.parametrize("change", [("lost_share: 0.3", "lost_share: 30"), ("kept_failures", "kept_failure")])
def test_thresholds_are_read_strictly(tmp_path: Path, change: tuple[str, str]):
    """A slip of the pen must not open the gate."""
    path = tmp_path / "gate.yml"
    path.write_text(FILE.read_text(encoding="utf-8").replace(*change))

    with pytest.raises(WarehouseError, match=r"gate\.yml: .*expected"):
        thresholds(path)


def test_digits_of_a_digest_are_nobody_s_telephone(own: Path):
    """They are chance: the sample republic had one that looked like a mobile number."""
    with connect(own / "warehouse.duckdb") as connection:
        connection.execute("update out_service_findings set finding_id = 'x-0555 123 456' || finding_id")
        found = private_words.in_tables(connection, published(connection))

    assert found.is_kept
