"""An owner who asks to be left alone is, within one round; what was published before stays and says so."""

from pathlib import Path

import pytest
import tiny_site

from crawlers.captures_io import read_captures
from crawlers.outcomes import Outcome
from crawlers.reports import Finish, read_report
from crawlers.storing.shelf import site_folder
from pipelines.operating.progress import Quiet
from pipelines.scope import scope_of
from pipelines.steps import building, crawling, understanding
from warehouse.engine import connect

pytestmark = pytest.mark.usefixtures("warm")  # no test here is about how a process begins

LETTER = """
opt_outs:
  - stay_out_of: "127.0.0.1:{port}"
    since: 2026-10-20
    reason: letter of the registry office
"""


def _harvest(registry: Path, data: Path, round_id: str) -> None:
    """Take all steps of a round but the release."""
    scope = scope_of(None, registry, data, round_id)
    crawling.crawl(scope, Quiet())
    understanding.understand(scope, Quiet(), jobs=1)
    building.build(data, Quiet())


@pytest.mark.soak
def test_a_round_after_a_letter_asks_nothing_and_keeps_what_was_published(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    """The service stays with its stage, marked as not observed since; the ledger names the letter."""
    data = tmp_path / "data"
    asked: list[str] = []
    answer = tiny_site._Office.do_GET

    def noted(office: tiny_site._Office) -> None:
        asked.append(office.path)
        answer(office)

    monkeypatch.setattr(tiny_site._Office, "do_GET", noted)
    with tiny_site.served(tmp_path) as registry:
        _harvest(registry, data, "2026-10")
        before = len(asked)
        port = registry.read_text(encoding="utf-8").partition("127.0.0.1:")[2].partition('"')[0]
        registry.write_text(registry.read_text(encoding="utf-8") + LETTER.format(port=port), encoding="utf-8")
        _harvest(registry, data, "2026-11")
    folder = site_folder(data, "2026-11", "xy-registry")

    assert before > 0
    assert before == len(asked)
    assert [Outcome.OPTED_OUT] == [row.outcome for row in read_captures(folder)]
    assert Finish.OPTED_OUT == read_report(folder).finish
    with connect(data / "warehouse.duckdb", read_only=True) as connection:
        services = connection.execute("select stage is not null, is_stale from out_services").fetchall()
        ledger = connection.execute(
            "select decision, rule, detail from out_politeness where round_id = '2026-11'"
        ).fetchall()
        receipt = connection.execute(
            "select request_count from out_host_receipts where round_id = '2026-11'"
        ).fetchall()
        letters = connection.execute("select reason from out_opt_outs").fetchall()

    assert [(True, True)] == services
    told = f"opt-out of 127.0.0.1:{port} since 2026-10-20: letter of the registry office"
    assert [("refused", "opt_out", told)] == ledger
    assert [(0,)] == receipt
    assert [("letter of the registry office",)] == letters


def test_the_ledger_of_a_round_tells_of_all_links_that_were_considered(tmp_path: Path):
    """From the crawl through the files to the table: what was asked for, and what was not, with its rule."""
    data = tmp_path / "data"
    with tiny_site.served(tmp_path) as registry:
        _harvest(registry, data, "2026-11")
    with connect(data / "warehouse.duckdb", read_only=True) as connection:
        rows = connection.execute(
            "select regexp_extract(url, '[^/]*$'), decision, rule, outcome from out_politeness order by url"
        ).fetchall()
        [receipt] = connection.execute(
            "select robots_outcome, robots_text, wire_byte_count > 0, hurried_count from out_host_receipts"
        ).fetchall()

    assert [
        ("", "asked", "nothing_against", "ok"),
        ("birth", "asked", "nothing_against", "ok"),
        ("form.pdf", "asked", "nothing_against", "gone"),
        ("robots.txt", "asked", "nothing_against", "gone"),
    ] == rows
    assert ("gone", None, True, 0) == receipt
