"""What the ids of the tiny country stand for."""

from pathlib import Path
from typing import Any

from tiny_files import write
from tiny_openness import ACCURACY, COMMITMENT, CONFUSIONS, MEMBER, PLAN, SOURCES, SUBJECTS

from crawlers.outcomes import Outcome
from pipelines.codes import openness
from pipelines.codes import records as codes

SITE_INDICATORS = {"news": 1, "site-map": 2}  # news on all sites that could be seen, no map on any
INDICATORS = {
    "service-description": 1,
    "fee": 1,
    "downloadable-form": 2,
    "feedback-form": 2,
    "apply-online": 3,
    "online-payment": 3,
    "single-sign-on": 4,
    "one-stop": 4,
}
LANGUAGES = ("ky", "ru", "en")
BODIES = ["tax", "health", "school", "portal", "down", "untried", "siteless"]


REGIONS = {"sample-n": (1, 0), "sample-s": (1, 1), "sample-e": (2, 1)}  # column and row on the map
REGION_OF = {"tax": "sample-n", "health": "sample-n", "down": "sample-s"}  # the east has no body


def named(prefix: str, what: str) -> dict[str, str]:
    """Return what is called `what`, in three languages."""
    return {f"{prefix}_{language}": f"{what} ({language})" for language in LANGUAGES}


def save(folder: Path, table: str, row_type: type, rows: list[Any], file: str = "all") -> None:
    """Write the rows of a code table."""
    write(folder / "core" / "codes" / table / f"{file}.parquet", row_type, rows)


def write_countries(folder: Path) -> None:
    """Write two countries, of which one was never harvested."""
    for country_id, iso3 in (("sample", None), ("kg", "KGZ")):
        country = codes.CountryRow(
            country_id=country_id,
            iso3=iso3,
            **named("name", f"Country {country_id}"),
            time_zone="Asia/Bishkek",
            currency="KGS",
            languages=("ky", "ru"),
        )
        save(folder, "countries", codes.CountryRow, [country], country_id)


def write_places(folder: Path) -> None:
    """Write regions, the public bodies and their sites; the last body has none."""
    institutions = [
        codes.InstitutionRow(
            institution_id=body,
            country_id="sample",
            kind="ministry",
            **named("name", f"Ministry of {body}"),
            region_id=REGION_OF.get(body),
            source="invented",
        )
        for body in BODIES
    ]
    save(folder, "institutions", codes.InstitutionRow, institutions, "sample")
    regions = [
        codes.RegionRow(
            region_id=region,
            country_id="sample",
            **named("name", f"Region {region}"),
            tile_column=column,
            tile_row=row,
            source="invented",
        )
        for region, (column, row) in REGIONS.items()
    ]
    save(folder, "regions", codes.RegionRow, regions, "sample")
    sites = [
        codes.SiteRow(
            site_id=f"sample-{body}",
            country_id="sample",
            institution_id=body,
            state="live",
            is_joint_portal=body == "portal",
            host=f"{body}.example",
            seed_url=f"http://{body}.example/",
            languages=("ky", "ru"),
            min_pages=2,
            max_pages=None,
            min_services=1,
            max_services=50,
            source="invented",
            is_listed=True,
        )
        for body in BODIES[:-1]
    ]
    save(folder, "sites", codes.SiteRow, sites, "sample")


def write_stages(folder: Path) -> None:
    """Write the stages and their indicators."""
    stages = [
        codes.StageRow(
            stage=stage, **named("name", f"Stage {stage}"), **named("definition", "Means"), source="UN"
        )
        for stage in (1, 2, 3, 4)
    ]
    save(folder, "stages", codes.StageRow, stages)
    weights = [
        codes.IndexWeightRow(part=part, stage=stage, weight=weight)
        for part in ("indicators", "services")
        for stage, weight in ((1, 0.035), (2, 0.12), (3, 0.15), (4, 0.195))
    ]
    save(folder, "index_weights", codes.IndexWeightRow, weights)
    rubric = codes.RubricRow(rubric_version="2026.1", by_name="Baskych", by_url=None, is_ours=True)
    save(folder, "rubrics", codes.RubricRow, [rubric])
    indicators = [
        codes.IndicatorRow(
            indicator_id=indicator_id,
            stage=stage,
            level=level,
            **named("name", indicator_id),
            **named("definition", "Means"),
            **named("advice", "Offer it"),
            **named("how_seen", "By its words"),
            source="UN",
        )
        for level, known in (("page", INDICATORS), ("site", SITE_INDICATORS))
        for indicator_id, stage in known.items()
    ]
    save(folder, "indicators", codes.IndicatorRow, indicators)


def write_outcomes(folder: Path) -> None:
    """Write every outcome."""
    nobody = (Outcome.OK, Outcome.UNCHANGED, Outcome.LOGIN, Outcome.REDIRECTED)
    outcomes = [
        codes.OutcomeRow(
            outcome=outcome,
            fault="nobody" if outcome in nobody else "site",
            can_retry=not outcome.is_observation,
            is_observation=outcome.is_observation,
            **named("label", outcome.value),
            **named("advice", "" if outcome in nobody else "Repair it"),
        )
        for outcome in Outcome
    ]
    save(folder, "outcomes", codes.OutcomeRow, outcomes)


def write_classifications(folder: Path) -> None:
    """Write the figures of the UN, one life event and one function of government."""
    surveys = [
        codes.EgdiRow(
            survey_year=year,
            iso3="KGZ",
            egdi_rank=rank,
            egdi=egdi,
            osi=osi,
            tii=None,
            hci=None,
            epi=None,
            source="UN",
        )
        for year, rank, egdi, osi in ((2022, 81, 0.6977, 0.6176), (2024, 78, 0.7316, 0.60723))
    ]
    save(folder, "egdi", codes.EgdiRow, surveys)
    event = codes.LifeEventRow(
        life_event_id="birth", audience="citizen", **named("name", "Birth"), source="EU"
    )
    save(folder, "life_events", codes.LifeEventRow, [event])
    division = codes.CofogRow(cofog_division="01", **named("name", "General public services"), source="UN")
    save(folder, "cofog", codes.CofogRow, [division])


def write_openness(folder: Path) -> None:
    """Write the subjects of openness, what country kg promised, what the literature asks, and accuracy."""
    save(folder, "openness_subjects", openness.OpennessSubjectRow, SUBJECTS)
    save(folder, "ogp_members", openness.OgpMemberRow, [MEMBER])
    save(folder, "ogp_plans", openness.OgpPlanRow, [PLAN])
    save(folder, "ogp_commitments", openness.OgpCommitmentRow, [COMMITMENT])
    save(folder, "accuracy", openness.AccuracyRow, ACCURACY)
    save(folder, "indicator_sources", openness.IndicatorSourceRow, SOURCES)
    save(folder, "confusions", openness.ConfusionRow, CONFUSIONS)


def write_codes(folder: Path) -> None:
    """Write what all ids stand for."""
    write_countries(folder)
    write_places(folder)
    write_stages(folder)
    write_outcomes(folder)
    write_classifications(folder)
    write_openness(folder)
