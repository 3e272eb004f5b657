"""The code tables say what every id stands for, for several countries side by side."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from crawlers.captures import Capture
from crawlers.captures_io import write_captures
from crawlers.outcomes import Outcome
from crawlers.sites import load_registry
from pipelines.clean import loose_capture
from pipelines.codes.records import (
    CofogRow,
    CountryRow,
    EgdiRow,
    IndicatorRow,
    InstitutionRow,
    LifeEventRow,
    OutcomeRow,
    SiteRow,
    StageRow,
)
from pipelines.codes.write import write_codes
from pipelines.knowledge import load_knowledge
from pipelines.records_io import read_rows


def captured(url: str, country_id: str) -> Capture:
    """Return a capture of a page at `url`."""
    values = {name: getattr(loose_capture(b"x", url), name) for name in Capture.__dataclass_fields__}
    now = datetime(2026, 11, 1, tzinfo=UTC)
    return Capture(**(values | {"country_id": country_id, "captured_at": now}))


@pytest.fixture(scope="module")
def codes(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with the codes of the sample republic, and captures of a host that nobody listed."""
    data = tmp_path_factory.mktemp("data")
    folder = data / "captures" / "2026-11" / "zz-old.example-8080"
    folder.mkdir(parents=True)
    write_captures(folder, [captured("https://old.example:8080/page", "zz")])
    write_codes(load_registry("sample"), load_knowledge(), data)
    return data / "core" / "codes"


def test_every_outcome_has_its_fault_and_advice(codes: Path):
    """In three languages, for each outcome that there is."""
    rows = read_rows(codes / "outcomes" / "all.parquet", OutcomeRow)

    assert {outcome.value for outcome in Outcome} == {row.outcome for row in rows}
    assert all(row.advice_ky and row.advice_ru and row.advice_en for row in rows)
    assert {"ok", "unchanged", "not_due", "login"} == {row.outcome for row in rows if row.is_observation}


def test_stages_and_indicators_are_those_of_the_knowledge(codes: Path):
    """Four stages; each indicator evidences one of them."""
    indicators = read_rows(codes / "indicators" / "all.parquet", IndicatorRow)

    assert [1, 2, 3, 4] == [row.stage for row in read_rows(codes / "stages" / "all.parquet", StageRow)]
    known = (*load_knowledge().indicators, *load_knowledge().site_indicators)

    assert {one.id: one.level for one in known} == {row.indicator_id: row.level for row in indicators}


def test_the_figures_of_the_un_are_there_for_kyrgyzstan(codes: Path):
    """The 2024 survey: rank 78, with its source; a state that was not ranked has no figure, not nought."""
    rows = read_rows(codes / "egdi" / "all.parquet", EgdiRow)
    kyrgyz = {row.survey_year: row for row in rows if row.iso3 == "KGZ"}

    assert (78, 0.7316) == (kyrgyz[2024].egdi_rank, kyrgyz[2024].egdi)
    assert "UN DESA" in kyrgyz[2024].source
    assert all(row.egdi is None or row.egdi > 0 for row in rows)


def test_life_events_and_functions_have_names_in_three_languages(codes: Path):
    """Ten divisions of COFOG; an event for people or for businesses."""
    events = read_rows(codes / "life_events" / "all.parquet", LifeEventRow)
    divisions = read_rows(codes / "cofog" / "all.parquet", CofogRow)

    assert [f"{number:02}" for number in range(1, 11)] == [row.cofog_division for row in divisions]
    assert {"citizen", "business"} == {row.audience for row in events}
    assert all(row.name_ky and row.name_ru and row.name_en for row in [*events, *divisions])


def test_a_country_has_its_own_files(codes: Path):
    """Its institutions and sites, as its registry has them."""
    registry = load_registry("sample")
    sites = read_rows(codes / "sites" / "sample.parquet", SiteRow)
    bodies = read_rows(codes / "institutions" / "sample.parquet", InstitutionRow)

    assert {site.id for site in registry.sites} == {row.site_id for row in sites}
    assert {body.id for body in registry.institutions} == {row.institution_id for row in bodies}
    assert all(row.is_listed for row in sites)
    assert {row.institution_id for row in sites} <= {row.institution_id for row in bodies}


def test_a_host_that_no_registry_lists_is_a_site_all_the_same(codes: Path):
    """Met in an archive: its state is unlisted, and its host stands for its institution."""
    (site,) = read_rows(codes / "sites" / "zz.parquet", SiteRow)
    (body,) = read_rows(codes / "institutions" / "zz.parquet", InstitutionRow)
    (country,) = read_rows(codes / "countries" / "zz.parquet", CountryRow)

    assert ("unlisted", "old.example:8080", False) == (site.state, site.host, site.is_listed)
    assert (site.institution_id, "host", "old.example:8080") == (body.institution_id, body.kind, body.name_en)
    assert "Без страны" == country.name_ru


def test_codes_written_twice_are_the_same_bytes(codes: Path, tmp_path: Path):
    """Nothing in them depends on when or where they are written."""
    write_codes(load_registry("sample"), load_knowledge(), tmp_path)
    again = tmp_path / "core" / "codes"

    for file in sorted(again.rglob("*.parquet")):
        assert (codes / file.relative_to(again)).read_bytes() == file.read_bytes()
