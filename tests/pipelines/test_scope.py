"""What a command works on, checked before it works."""

import os
from datetime import UTC, datetime
from pathlib import Path

import pytest

from crawlers.errors import UnknownCountryError, UnknownSiteError
from pipelines.archive_scopes import archive_scopes
from pipelines.months import checked_round, rounds_between, this_round
from pipelines.operating.failures import NotWritableError, UsageError
from pipelines.scope import scope_of, with_sites
from pipelines.steps.workplace import make_writable

REGISTRY = """
country: {id: xy, name: {ky: Иксия, ru: Иксия, en: Exia}, time_zone: UTC, currency: KGS, languages: [en]}
crawler: {contact: "mailto:crawl@example.org"}
institutions:
  - {id: tax, kind: agency, name: {ky: Салык, ru: Налоги, en: Tax}, source: invented}
sites:
  - {id: xy-tax, institution: tax, seeds: ["https://tax.example/"], stay_under: [tax.example], source: us}
  - {id: xy-id, institution: tax, seeds: ["https://id.example/"], stay_under: [id.example], source: invented}
"""


@pytest.fixture
def registry(tmp_path: Path) -> Path:
    """A registry of two sites."""
    path = tmp_path / "xy.yml"
    path.write_text(REGISTRY, encoding="utf-8")
    return path


def test_a_round_is_this_month_in_the_country_s_own_time_zone():
    """At 20:00 UTC on the last of November it is December in Bishkek."""
    evening = datetime(2026, 11, 30, 20, tzinfo=UTC)

    assert "2026-12" == this_round("Asia/Bishkek", evening)
    assert "2026-11" == this_round("UTC", evening)


@pytest.mark.parametrize("round_id", ["2026", "2026-13", "2026-1", "november", "2026-11-01", "../2026-11"])
def test_a_round_that_is_no_month_is_refused(round_id: str):
    """The round names a folder and a partition: nothing but a month may."""
    with pytest.raises(UsageError, match="expected a month as YYYY-MM"):
        checked_round(round_id)


def test_rounds_between_two_months_are_counted_in_months():
    """Every second year from 2010 on, or month by month over the turn of a year."""
    assert ("2010-05", "2012-05", "2014-05") == rounds_between("2010-05..2015-01", 24)
    assert ("2025-11", "2025-12", "2026-01") == rounds_between("2025-11..2026-01", 1)
    assert ("2026-11",) == rounds_between("2026-11", 12)


@pytest.mark.parametrize(
    ("asked", "complaint"),
    [
        ("2024-05..2010-05", "expected the earlier month first, as 2010-05..2024-05"),
        ("2010..2024", "expected a month as YYYY-MM"),
        ("2010-05..", "expected a month as YYYY-MM"),
        ("0001-01..9999-12", "expected at most 600"),
    ],
)
def test_rounds_that_cannot_be_meant_are_refused(asked: str, complaint: str):
    """With what was typed, and what was expected."""
    with pytest.raises(UsageError, match=complaint):
        rounds_between(asked, 1)


def test_an_import_of_many_rounds_begins_with_the_newest(registry: Path, tmp_path: Path):
    """One command for all of them."""
    scopes = archive_scopes(None, registry, tmp_path, "2010-05..2014-05", 24)

    assert ["2014-05", "2012-05", "2010-05"] == [scope.round_id for scope in scopes]


def test_a_country_without_a_registry_is_refused(tmp_path: Path):
    """The error names the countries that there are."""
    with pytest.raises(UnknownCountryError):
        scope_of("atlantis", None, tmp_path)


def test_a_country_that_is_not_the_registry_s_is_refused(registry: Path, tmp_path: Path):
    """Two options that contradict each other are a mistake, not a choice."""
    with pytest.raises(UsageError, match="is the registry of 'xy'"):
        scope_of("kg", registry, tmp_path)


def test_all_live_sites_are_asked_unless_some_are_named(registry: Path, tmp_path: Path):
    """A round covers a country."""
    scope = scope_of(None, registry, tmp_path, "2026-11")

    assert ("xy-tax", "xy-id") == scope.asked_sites
    assert ("xy-id",) == with_sites(scope, ["xy-id", "xy-id"], None).asked_sites


def test_a_site_that_the_registry_lacks_is_refused(registry: Path, tmp_path: Path):
    """A mistyped id must not quietly crawl nothing."""
    with pytest.raises(UnknownSiteError):
        with_sites(scope_of(None, registry, tmp_path), ["xy-tacks"], None)


def test_another_round_keeps_the_sites_that_were_asked_for(registry: Path, tmp_path: Path):
    """What a person asked for holds for every round of the run."""
    scope = with_sites(scope_of(None, registry, tmp_path, "2026-11"), ["xy-id"], 5)

    assert ("xy-id",) == scope.at("2026-10").asked_sites
    assert ("xy-tax",) == scope.at("2026-10", ["xy-tax"]).asked_sites


def test_the_data_folder_is_made_and_left_empty(tmp_path: Path):
    """Asking whether one may write leaves nothing behind."""
    make_writable(tmp_path / "new" / "data")

    assert [] == list((tmp_path / "new" / "data").iterdir())


def test_a_file_in_the_place_of_the_data_folder_is_refused(tmp_path: Path):
    """Said before any page is asked for."""
    (tmp_path / "data").write_text("no folder")

    with pytest.raises(NotWritableError, match="data"):
        make_writable(tmp_path / "data")


@pytest.mark.parametrize("name", ["captures", "core", "publish"])
def test_e14_what_lies_in_the_data_folder_must_be_writable_too(tmp_path: Path, name: str):
    """A crawl must not begin whose end cannot be published; the folder that is in the way is named."""
    (tmp_path / name).symlink_to(tmp_path / "nowhere" / "at all")

    with pytest.raises(NotWritableError, match=name):
        make_writable(tmp_path)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_without_the_right_to_write_is_refused(tmp_path: Path):
    """Said before any page is asked for."""
    tmp_path.chmod(0o500)

    with pytest.raises(NotWritableError):
        make_writable(tmp_path)
