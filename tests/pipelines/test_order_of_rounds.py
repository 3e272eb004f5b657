"""Earlier rounds may be filled in later, from archives: what was published keeps its ids."""

from dataclasses import replace
from pathlib import Path

from small_pages import passport, summary
from small_rounds import SITE, ids, lay

from pipelines.rounds.order import in_order, knowing, known_rounds

NOW = summary("https://justice.kg/new/7", title="Регистрация рождения", main=passport())
THEN = replace(NOW, canonical_url="https://justice.kg/old/1", url="https://justice.kg/old/1", page_id="then")


def test_e8_a_round_that_is_filled_in_later_changes_no_id_that_was_published(tmp_path: Path):
    """2019 comes out of an archive after 2026 was published: it takes 2026's ids, and not the other way."""
    lay(tmp_path, "2026-11", "web", NOW)
    published = ids(tmp_path, "2026-11")
    lay(tmp_path, "2019-05", "cdx", THEN)

    assert published == ids(tmp_path, "2019-05")
    assert published == ids(tmp_path, "2026-11")


def test_a_harvest_knows_the_harvests_before_it_and_no_archive(tmp_path: Path):
    """Whatever was filled in between or before."""
    for round_id, source in (("2019-05", "cdx"), ("2026-10", "web"), ("2026-11", "warc"), ("2026-12", "web")):
        lay(tmp_path, round_id, source)

    assert ("2026-10",) == known_rounds(tmp_path, "xx", "2026-12")
    assert () == known_rounds(tmp_path, "xx", "2026-10")
    assert ("2026-10",) == known_rounds(tmp_path, "xx", "2026-11")


def test_ids_go_back_in_time_from_the_first_harvest(tmp_path: Path):
    """Each archive round knows the first harvest and the archive rounds between, and comes after them."""
    for round_id, source in (("2015-05", "cdx"), ("2019-05", "cdx"), ("2026-10", "web"), ("2026-11", "web")):
        lay(tmp_path, round_id, source)

    assert ("2026-10", "2019-05") == known_rounds(tmp_path, "xx", "2015-05")
    assert ("2026-10", "2026-11", "2019-05", "2015-05") == in_order(tmp_path, "xx")
    assert ("2015-05",) == knowing(tmp_path, "xx", "2019-05")
    assert () == knowing(tmp_path, "xx", "2026-10")


def test_archives_alone_know_one_another_from_the_newest_back(tmp_path: Path):
    """Where nothing was harvested yet."""
    for round_id in ("2015-05", "2019-05"):
        lay(tmp_path, round_id, "cdx")

    assert ((), ("2019-05",)) == tuple(known_rounds(tmp_path, "xx", one) for one in ("2019-05", "2015-05"))


def test_a_round_is_harvested_when_any_site_of_it_is(tmp_path: Path):
    """Its first sites may come out of an archive; and one that came so may be harvested after all."""
    lay(tmp_path, "2026-10", "cdx")
    lay(tmp_path, "2026-11", "web")
    before = known_rounds(tmp_path, "xx", "2026-11")
    lay(tmp_path, "2026-10", "warc")
    captured = tmp_path / "captures" / "2026-10"
    (captured / "xx-zoo.kg").mkdir()
    (captured / "xx-zoo.kg" / "captures.parquet").write_bytes(
        (tmp_path / "captures" / "2026-11" / SITE / "captures.parquet").read_bytes()
    )

    assert () == before
    assert ("2026-10",) == known_rounds(tmp_path, "xx", "2026-11")


def test_rounds_of_other_countries_are_none_of_its_own(tmp_path: Path):
    """Nor are folders without captures."""
    lay(tmp_path, "2026-10", "web")
    (tmp_path / "captures" / "2026-11" / "yy-justice").mkdir(parents=True)
    (tmp_path / "captures" / "2026-11" / "yy-justice" / "captures.parquet").touch()
    (tmp_path / "captures" / "2026-12" / "xx-justice.kg").mkdir(parents=True)

    assert ("2026-10",) == in_order(tmp_path, "xx")
