"""A tiny, consistent data folder of an invented country: two rounds, every state that a service can be in.

`python tests/warehouse/tiny.py FOLDER` writes it and builds its warehouse, for a look by hand.

The story, told by the services of country `sample`:
- tax-registration climbs from stage 2 to 3; tax-number is renamed; tax-refund is new in the second round;
- birth-certificate stands on the joint portal, at stage 4, named in three languages;
- vaccination is kept from the first round, for the second met a block page;
- enrolment is gone: its page answered 404 twice; lunch is kept, for two of its pages could not be looked at;
- tax-appeal is undetermined. One site is down, one is never tried. Country `kg` has a registry and no round.
"""

import sys
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from tiny_codes import INDICATORS, write_codes
from tiny_files import write
from tiny_polite import manners, write_manners
from tiny_rows import (
    STARTS,
    capture_row,
    fact_row,
    finding_row,
    name_rows,
    page_row,
    service_page_row,
    service_row,
    verdict_row,
    visit_row,
)

from crawlers.captures import Capture
from crawlers.outcomes import Outcome
from crawlers.politeness.ledger import Refused
from pipelines import records


@dataclass
class Story:
    """The rows of a data folder while they are thought up."""

    captures: dict[tuple[str, str], list[Capture]] = field(default_factory=dict)
    rows: dict[str, dict[str, list[Any]]] = field(default_factory=dict)
    refused: dict[tuple[str, str], list[Refused]] = field(default_factory=dict)

    def add(self, table: str, *rows: Any) -> None:
        """Keep rows of a core table."""
        for row in rows:
            self.rows.setdefault(table, {}).setdefault(row.round_id, []).append(row)

    def page(
        self, told: str, outcome: Outcome = Outcome.OK, *, kind: str = "service", read_as: str = ""
    ) -> tuple[Capture, records.PageRow]:
        """Ask for `round/site/path`; what the answer was `read_as` may differ from its first outcome."""
        round_id, site, path = told.split("/")
        asked = self.captures.setdefault((round_id, f"sample-{site}"), [])
        capture = capture_row(round_id, site, path, outcome, len(asked))
        asked.append(capture)
        page = page_row(capture, kind, read_as or outcome.value)
        self.add("pages", page)
        return capture, page

    def misses(self, told: str, times: int = 2, **said: Any) -> None:
        """Ask so many times for `round/site/path`, which is not there; `said`: what else captures say."""
        for _ in range(times):
            capture, page = self.page(told, Outcome.GONE)
            asked = replace(capture, **said)
            self.captures[capture.round_id, capture.site_id][-1] = asked
            self.rows["pages"][capture.round_id][-1] = replace(page, outcome=asked.outcome.value)

    def find(self, capture: Capture, indicator_id: str, strength: str = "direct") -> str:
        """See an indicator on a page; return the id of the finding."""
        finding = finding_row(capture, indicator_id, strength)
        self.add("findings", finding)
        return finding.finding_id

    def service(
        self, told: str, stage: int | None, *, at: str = "tax", name: str = "", unseen: int = 0
    ) -> None:
        """Describe `round/service` on a page of its own, with findings for each stage up to its own."""
        round_id, service_id = told.split("/")
        capture, page = self.page(f"{round_id}/{at}/{service_id}")
        shown = [item for item, level in INDICATORS.items() if level <= (stage or 0)]
        found = [self.find(capture, item) for item in reversed(shown)]
        service = service_row(page, service_id, name, unseen)
        alias = records.ServiceAlias(service_id=service_id, round_id=round_id, alias=page.url, kind="url")
        self.add("services", service)
        self.add("service_names", *name_rows(service))
        self.add("service_pages", service_page_row(service))
        self.add("service_facts", fact_row(service))
        self.add("service_aliases", alias)
        self.add("verdicts", verdict_row(service, stage, found))


def tell() -> Story:
    """Return the two rounds of the country."""
    story = Story()
    for round_id in STARTS:
        for site in ("tax", "health", "school", "portal"):
            is_blocked = site == "health" and round_id == "2026-11"
            home, _ = story.page(f"{round_id}/{site}/", kind="home", read_as="blocked" if is_blocked else "")
            if not is_blocked:
                story.find(home, "feedback-form", strength="site_wide")
                story.find(home, "news", strength="site_wide")
        story.page(f"{round_id}/down/", Outcome.UNREACHABLE_TIMEOUT)
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
    story.page(f"{second}/health/vaccination", read_as="blocked")
    story.service(f"{first}/enrolment", 1, at="school")
    story.misses(f"{second}/school/enrolment", 1)
    story.service(f"{first}/lunch", 3, at="school")
    story.service(f"{second}/lunch", 1, at="school", unseen=2)
    story.misses(f"{second}/school/enrolment", 1)  # asked again at the end
    captures, refused, robots = manners(second, len(story.captures[second, "sample-tax"]))
    story.captures[second, "sample-tax"] += captures
    story.refused[second, "sample-tax"] = refused
    story.add("robots", *robots)
    story.add("visits", *(visit_row(round_id, site_id) for round_id, site_id in story.captures))
    return story


ROWS: dict[str, type] = {
    "visits": records.VisitRow,
    "pages": records.PageRow,
    "findings": records.Finding,
    "services": records.Service,
    "service_names": records.ServiceName,
    "service_pages": records.ServicePage,
    "service_facts": records.ServiceFact,
    "service_aliases": records.ServiceAlias,
    "verdicts": records.Verdict,
    "robots": records.RobotsRow,
}


def write_story(folder: Path, story: Story) -> None:
    """Write the captures and core rows of `story` to a data folder."""
    for (round_id, site_id), captures in story.captures.items():
        place = folder / "captures" / round_id / site_id
        write(place / "captures.parquet", Capture, captures)
        write(place / "refusals.parquet", Refused, story.refused.get((round_id, site_id), []))
    for table, rounds in story.rows.items():
        for round_id, rows in rounds.items():
            write(folder / "core" / table / f"round={round_id}" / "sample.parquet", ROWS[table], rows)


def tiny_data(folder: Path) -> Path:
    """Write the whole tiny data folder; return it."""
    write_codes(folder)
    write_manners(folder)
    write_story(folder, tell())
    return folder


if __name__ == "__main__":
    from warehouse.build import build

    build(tiny_data(Path(sys.argv[1])))
