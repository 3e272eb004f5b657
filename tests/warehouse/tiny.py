"""A tiny, consistent data folder of an invented country: two rounds, every state that a service can be in.

`python tests/warehouse/tiny.py FOLDER` writes it and builds its warehouse, for a look by hand.

The story, told by the services of country `sample`:
- tax-registration climbs from stage 2 to 3; tax-number is renamed; tax-refund is new in the second round;
- birth-certificate stands on the joint portal, at stage 4, named in three languages;
- vaccination is kept from the first round, for the second met a block page;
- enrolment is gone: its page answered 404; lunch is kept, for two of its pages could not be looked at;
- tax-appeal is undetermined. One site is down, one is never tried. Country `kg` has a registry and no round.
"""

import sys
from dataclasses import dataclass, field, fields
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from types import UnionType
from typing import Any, get_args, get_origin, get_type_hints

import pyarrow as pa
import pyarrow.parquet as pq

from crawlers.captures import Capture
from crawlers.outcomes import Outcome
from pipelines import code_records as codes
from pipelines import records

PLAIN = {
    str: pa.string(),
    int: pa.int64(),
    float: pa.float64(),
    bool: pa.bool_(),
    datetime: pa.timestamp("us", tz="UTC"),
    Outcome: pa.string(),
}
STARTS = {
    "2026-10": datetime(2026, 10, 5, 4, 0, tzinfo=UTC),
    "2026-11": datetime(2026, 11, 2, 4, 0, tzinfo=UTC),
}
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


def arrow_type(hint: Any) -> pa.DataType:
    """Return the Arrow type of a record's field."""
    if get_origin(hint) is UnionType:
        return arrow_type(next(part for part in get_args(hint) if part is not type(None)))
    if get_origin(hint) is tuple:
        return pa.list_(arrow_type(get_args(hint)[0]))
    return PLAIN[hint]


def write(path: Path, row_type: type, rows: list[Any]) -> None:
    """Write `rows` to one Parquet file with the columns of `row_type`."""
    hints = get_type_hints(row_type)
    schema = pa.schema([(item.name, arrow_type(hints[item.name])) for item in fields(row_type)])
    path.parent.mkdir(parents=True, exist_ok=True)
    table = [{item.name: getattr(row, item.name) for item in fields(row_type)} for row in rows]
    pq.write_table(pa.Table.from_pylist(table, schema=schema), path)


@dataclass
class Story:
    """The rows of a data folder while they are thought up."""

    captures: dict[tuple[str, str], list[Capture]] = field(default_factory=dict)
    rows: dict[str, dict[str, list[Any]]] = field(default_factory=dict)

    def add(self, table: str, round_id: str, row: Any) -> None:
        """Keep a row of a core table."""
        self.rows.setdefault(table, {}).setdefault(round_id, []).append(row)

    def capture(
        self, round_id: str, site: str, path: str, outcome: Outcome, status: int | None = 200
    ) -> Capture:
        """Ask for a page; return the row."""
        asked = self.captures.setdefault((round_id, f"sample-{site}"), [])
        url = f"http://{site}.example/{path}"
        answered = status is not None
        capture = Capture(
            capture_id=f"{round_id}-{site}-{len(asked)}",
            country_id="sample",
            round_id=round_id,
            site_id=f"sample-{site}",
            seq=len(asked),
            url=url,
            referrer_url=None,
            link_text=None,
            depth=min(len(asked), 1),
            source="web",
            captured_at=STARTS[round_id] + timedelta(seconds=3 * len(asked)),
            outcome=outcome,
            outcome_detail=None if answered else "no answer within 30 seconds",
            http_status=status,
            content_type="text/html; charset=utf-8" if answered else None,
            media_type="text/html" if answered else None,
            byte_count=1000 + len(path) if answered else 0,
            body_sha256=sha256(url.encode()).hexdigest() if answered else None,
            etag=None,
            last_modified=None,
            redirect_url=None,
            robots_rule=None,
            delay_seconds=2.0,
            elapsed_seconds=0.25,
            tls_fault=None,
            ip_address="127.0.0.1",
            warc_file="part-00000.warc.gz" if answered else None,
            warc_offset=4096 * len(asked) if answered else None,
            warc_length=900 if answered else None,
            warc_record_id=f"<urn:uuid:{round_id}-{site}-{len(asked)}>" if answered else None,
            revisit_of=None,
        )
        asked.append(capture)
        return capture

    def page(self, capture: Capture, kind: str = "service", language: str = "en", outcome: str = "ok") -> str:
        """Read a capture; return the id of its page."""
        page_id = f"page-{capture.capture_id}"
        text = f"{capture.url} {kind} How to apply, pay and complain. =SUM(1)"
        self.add(
            "pages",
            capture.round_id,
            records.PageRow(
                page_id=page_id,
                capture_id=capture.capture_id,
                country_id="sample",
                round_id=capture.round_id,
                site_id=capture.site_id,
                url=capture.url,
                outcome=outcome,
                outcome_detail="a wall of Example Shield" if outcome == "blocked" else None,
                captured_at=capture.captured_at,
                title=f"Page {capture.url}",
                description="",
                language=language,
                kind=kind,
                kind_confidence=0.9,
                text=text,
                text_sha256=sha256(text.encode()).hexdigest(),
                word_count=len(text.split()),
                link_count=3,
                form_count=1,
                media_type="text/html",
                encoding_declared="utf-8",
                encoding_used="utf-8",
            ),
        )
        return page_id

    def find(self, capture: Capture, indicator_id: str, strength: str = "direct") -> str:
        """See an indicator on a page; return the id of the finding."""
        finding_id = f"finding-{capture.capture_id}-{indicator_id}"
        finding = records.Finding(
            finding_id=finding_id,
            page_id=f"page-{capture.capture_id}",
            capture_id=capture.capture_id,
            country_id="sample",
            round_id=capture.round_id,
            site_id=capture.site_id,
            page_url=capture.url,
            indicator_id=indicator_id,
            quote=f"words that show {indicator_id}",
            place="text",
            offset=12,
            region="main",
            strength=strength,
        )
        self.add("findings", capture.round_id, finding)
        return finding_id

    def service(
        self, told: str, stage: int | None, *, at: str = "tax", name: str = "", unseen: int = 0
    ) -> None:
        """Describe `round/service` on a page of its own, with findings for each stage up to its own."""
        round_id, service_id = told.split("/")
        capture = self.capture(round_id, at, service_id, Outcome.OK)
        page_id = self.page(capture)
        shown = [item for item, level in INDICATORS.items() if level <= (stage or 0)]
        found = [self.find(capture, item) for item in reversed(shown)]
        provider = "health" if at == "portal" else at
        title = name or f"Service {service_id}"
        self.add(
            "services",
            round_id,
            records.Service(
                service_id=service_id,
                country_id="sample",
                round_id=round_id,
                institution_id=provider,
                site_id=f"sample-{at}",
                page_id=page_id,
                url=capture.url,
                name=title,
                language="en",
                life_event_id="birth" if at == "portal" else None,
                cofog_division="01",
                fee_amount=120.5 if at == "tax" else None,
                fee_currency="KGS" if at == "tax" else None,
                is_free=None if at == "tax" else True,
                processing_days=3.0,
                page_count=1 + unseen,
                unseen_count=unseen,
            ),
        )
        languages = LANGUAGES if at == "portal" else ("en",)
        for language in languages:
            named = {"ky": "Туулгандыгы тууралуу күбөлүк", "ru": "Свидетельство о рождении"}.get(
                language, title
            )
            row = records.ServiceName(
                service_id=service_id, round_id=round_id, language=language, name=named, page_id=page_id
            )
            self.add("service_names", round_id, row)
        self.add(
            "service_pages",
            round_id,
            records.ServicePage(
                service_id=service_id,
                round_id=round_id,
                page_id=page_id,
                url=capture.url,
                language="en",
                role="description",
            ),
        )
        self.add(
            "service_facts",
            round_id,
            records.ServiceFact(
                service_id=service_id,
                round_id=round_id,
                fact="fee",
                value="120.5 KGS",
                quote="The fee is 120.50 som",
                page_id=page_id,
                offset=40,
                language="en",
            ),
        )
        alias = records.ServiceAlias(service_id=service_id, round_id=round_id, alias=capture.url, kind="url")
        self.add("service_aliases", round_id, alias)
        self.add(
            "verdicts",
            round_id,
            records.Verdict(
                service_id=service_id,
                country_id="sample",
                round_id=round_id,
                stage=stage,
                reason=f"stage-{stage}" if stage else "not-seen",
                confidence=0.8 if stage else 0.0,
                rubric_version="1",
                finding_ids=tuple(found),
                missing=tuple(item for item, level in INDICATORS.items() if level == (stage or 0) + 1),
            ),
        )


def tell() -> Story:
    """Return the two rounds of the country."""
    story = Story()
    for round_id in STARTS:
        for site in ("tax", "health", "school", "portal"):
            home = story.capture(round_id, site, "", Outcome.OK)
            is_blocked = site == "health" and round_id == "2026-11"
            story.page(home, kind="home", outcome="blocked" if is_blocked else "ok")
            if not is_blocked:
                story.find(home, "feedback-form", strength="site_wide")
        story.page(
            story.capture(round_id, "down", "", Outcome.UNREACHABLE_TIMEOUT, None),
            outcome="unreachable_timeout",
        )
    first, second = STARTS
    story.service(f"{first}/tax-registration", 2)
    story.service(f"{second}/tax-registration", 3)
    story.service(f"{first}/tax-number", 2, name="Taxpayer number")
    story.service(f"{second}/tax-number", 2, name="Taxpayer identification number")
    story.service(f"{second}/tax-refund", 1, name='=Refund, "quick"')
    story.service(f"{second}/tax-appeal", None, unseen=1)
    story.service(f"{first}/birth-certificate", 4, at="portal", name="Birth certificate")
    story.service(f"{second}/birth-certificate", 4, at="portal", name="Birth certificate")
    story.service(f"{first}/vaccination", 2, at="health")
    blocked = story.capture(second, "health", "vaccination", Outcome.OK)
    story.page(blocked, outcome="blocked")
    story.service(f"{first}/enrolment", 1, at="school")
    story.page(story.capture(second, "school", "enrolment", Outcome.GONE, 404), outcome="gone")
    story.service(f"{first}/lunch", 3, at="school")
    story.service(f"{second}/lunch", 1, at="school", unseen=2)
    return story


def write_codes(folder: Path) -> None:
    """Write what the ids stand for."""

    def named(prefix: str, what: str) -> dict[str, str]:
        return {f"{prefix}_{language}": f"{what} ({language})" for language in LANGUAGES}

    def save(table: str, row_type: type, rows: list[Any], file: str = "all") -> None:
        write(folder / "core" / "codes" / table / f"{file}.parquet", row_type, rows)

    for country_id, iso3 in (("sample", None), ("kg", "KGZ")):
        country = codes.CountryRow(
            country_id=country_id,
            iso3=iso3,
            **named("name", f"Country {country_id}"),
            time_zone="Asia/Bishkek",
            currency="KGS",
            languages=("ky", "ru"),
        )
        save("countries", codes.CountryRow, [country], country_id)
    bodies = ["tax", "health", "school", "portal", "down", "untried", "siteless"]
    institutions = [
        codes.InstitutionRow(
            institution_id=body,
            country_id="sample",
            kind="ministry",
            **named("name", f"Ministry of {body}"),
            region=None,
            source="invented",
        )
        for body in bodies
    ]
    save("institutions", codes.InstitutionRow, institutions, "sample")
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
        for body in bodies[:-1]
    ]
    save("sites", codes.SiteRow, sites, "sample")
    stages = [
        codes.StageRow(
            stage=stage, **named("name", f"Stage {stage}"), **named("definition", "Means"), source="UN"
        )
        for stage in (1, 2, 3, 4)
    ]
    save("stages", codes.StageRow, stages)
    indicators = [
        codes.IndicatorRow(
            indicator_id=indicator_id,
            stage=stage,
            level="page",
            **named("name", indicator_id),
            **named("definition", "Means"),
            **named("advice", "Offer it"),
            how_seen="by its words",
            source="UN",
        )
        for indicator_id, stage in INDICATORS.items()
    ]
    save("indicators", codes.IndicatorRow, indicators)
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
    save("outcomes", codes.OutcomeRow, outcomes)
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
    save("egdi", codes.EgdiRow, surveys)
    event = codes.LifeEventRow(
        life_event_id="birth", audience="citizen", **named("name", "Birth"), source="EU"
    )
    save("life_events", codes.LifeEventRow, [event])
    division = codes.CofogRow(cofog_division="01", **named("name", "General public services"), source="UN")
    save("cofog", codes.CofogRow, [division])


ROWS: dict[str, type] = {
    "pages": records.PageRow,
    "findings": records.Finding,
    "services": records.Service,
    "service_names": records.ServiceName,
    "service_pages": records.ServicePage,
    "service_facts": records.ServiceFact,
    "service_aliases": records.ServiceAlias,
    "verdicts": records.Verdict,
}


def write_story(folder: Path, story: Story) -> None:
    """Write the captures and core rows of `story` to a data folder."""
    for (round_id, site_id), captures in story.captures.items():
        write(folder / "captures" / round_id / site_id / "captures.parquet", Capture, captures)
    for table, rounds in story.rows.items():
        for round_id, rows in rounds.items():
            write(folder / "core" / table / f"round={round_id}" / "sample.parquet", ROWS[table], rows)


def tiny_data(folder: Path) -> Path:
    """Write the whole tiny data folder; return it."""
    write_codes(folder)
    write_story(folder, tell())
    return folder


if __name__ == "__main__":
    from warehouse.build import build

    build(tiny_data(Path(sys.argv[1])))
