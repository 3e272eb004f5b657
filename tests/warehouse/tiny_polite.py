"""What the tiny country's tax office is owed: its robots.txt, and links that nobody follows."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

from tiny_files import write
from tiny_rows import STARTS, capture_row

from crawlers.captures import Capture
from crawlers.outcomes import Outcome
from crawlers.politeness.decisions import Rule
from crawlers.politeness.ledger import Refused
from crawlers.sites import load_registry
from pipelines.codes import politeness as codes
from pipelines.records import RobotsRow

ROBOTS = "User-agent: *\nDisallow: /staff\nDisallow: /21503199012345\n"
LINKS = (
    ("mailto:anna@tax.example", Rule.SCHEME, None),
    ("mailto:olga@tax.example", Rule.SCHEME, None),
    ("http://elsewhere.example/", Rule.OFF_SITE, None),
    ("http://tax.example/late", Rule.PAGE_LIMIT, None),
    ("http://tax.example/tax-number", Rule.PAGE_LIMIT, None),  # was asked for after all
)


def manners(round_id: str, seq: int) -> tuple[list[Capture], list[Refused], list[RobotsRow]]:
    """Return the site's robots.txt, a page that it forbids, the links refused, and what robots.txt said."""
    robots = replace(capture_row(round_id, "tax", "robots.txt", Outcome.OK, seq), depth=-1)
    barred = replace(
        capture_row(round_id, "tax", "staff", Outcome.ROBOTS_DISALLOWED, seq + 1),
        http_status=None,
        byte_count=0,
        wire_byte_count=None,
        robots_rule="Disallow: /staff (line 2)",
    )
    refused = [
        Refused(
            country_id="sample",
            round_id=round_id,
            site_id="sample-tax",
            seq=number,
            url=url,
            referrer_url="http://tax.example/",
            rule=rule,
            detail=detail,
            refused_at=STARTS[round_id] + timedelta(seconds=30),
        )
        for number, (url, rule, detail) in enumerate(LINKS)
    ]
    said = RobotsRow(
        capture_id=robots.capture_id,
        country_id="sample",
        round_id=round_id,
        site_id="sample-tax",
        url=robots.url,
        outcome="ok",
        captured_at=robots.captured_at,
        text=ROBOTS,
    )
    return [robots, barred], refused, [said]


def write_manners(folder: Path) -> None:
    """Write the rules of the ledger, the crawler's settings, and one letter."""
    place = folder / "core" / "codes"
    write(place / "rules" / "all.parquet", codes.RuleRow, list(codes.rule_rows()))
    rows = list(codes.setting_rows(load_registry("sample")))
    write(place / "crawler_settings" / "sample.parquet", codes.CrawlerSettingRow, rows)
    letter = codes.OptOutRow(
        country_id="sample", stay_out_of="quiet.example", since=date(2026, 10, 1), reason="letter 12"
    )
    write(place / "opt_outs" / "sample.parquet", codes.OptOutRow, [letter])
