"""The ledger: what was considered and not asked for, whatever becomes of the visit."""

import json
from collections.abc import Callable
from dataclasses import fields
from datetime import UTC
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from imagined import WHOSE, Imagined, linking, pages, visited
from small_sites import ROUND, SmallSite, page, registry_of, robots

from crawlers.captures_io import read_captures
from crawlers.harvest import crawl
from crawlers.policy import policy
from crawlers.politeness.decisions import Grant, Refusal, Rule
from crawlers.politeness.ledger import LEDGER_FILE, Ledger, Refused, read_ledger
from crawlers.politeness.refusals_io import REFUSALS_FILE, read_refusals, shelve_refusals
from crawlers.politeness.rules import about_rule
from crawlers.reports import Finish
from crawlers.storing.shelf import site_folder

pytestmark = pytest.mark.usefixtures("warm")  # no test here is about how a process begins


def refusal(url: str, rule: Rule = Rule.OFF_SITE) -> Refusal:
    """Return a refusal of an address."""
    return Refusal(url=url, referrer_url="http://a.kg/", rule=rule)


def test_every_address_considered_is_asked_for_or_refused(tmp_path: Path):
    """Captures and ledger together tell of each link once, and of nothing else."""
    links = ("/0", "/1", "/x.zip", "http://b.kg/", "mailto:a@example.org", "/" + "a" * 3000)
    visit = visited(tmp_path, Imagined({"/": linking(*links), "/0": linking(), "/1": linking("/0")}))
    told = [path for path, _ in visit.outcomes] + [row.url for row in visit.refused]

    assert Finish.FINISHED == visit.finish
    assert {"/", "/0", "/1"} == {path for path, _ in visit.outcomes}
    assert {Rule.FILE_TYPE, Rule.OFF_SITE, Rule.SCHEME, Rule.TOO_LONG} == {row.rule for row in visit.refused}
    assert len(links) + 1 == len(told) == len(set(told))


def test_what_a_page_limit_left_is_told(tmp_path: Path):
    """Each address that waited is refused by the limit, not forgotten."""
    visit = visited(tmp_path, Imagined(pages(10)), max_pages=4)

    assert (Finish.PAGE_LIMIT, 4) == (visit.finish, len(visit.outcomes))
    assert [Rule.PAGE_LIMIT] * 7 == [row.rule for row in visit.refused]


def test_the_ledger_lies_beside_the_captures(tmp_path: Path, small_site: Callable[..., SmallSite]):
    """A real round: the site's own robots.txt in the captures, its other links in `refusals.parquet`."""
    links = ("/open", "/shut", "http://b.kg/", "mailto:a@example.org")
    site = small_site(
        {"/robots.txt": robots("User-agent: *\nDisallow: /shut"), "/": page(*links), "/open": page()}
    )
    registry = registry_of({"tt-a": site.host}, allow=(site.host,))
    crawl(registry, round_id=ROUND, data=tmp_path)
    folder = site_folder(tmp_path, ROUND, "tt-a")
    refused = read_refusals(folder)

    assert [Rule.OFF_SITE, Rule.SCHEME] == [row.rule for row in refused]
    assert {("tt", ROUND, "tt-a")} == {(row.country_id, row.round_id, row.site_id) for row in refused}
    assert ["Disallow: /shut (line 2)"] == [
        row.robots_rule for row in read_captures(folder) if row.url.endswith("/shut")
    ]
    assert not (folder / LEDGER_FILE).exists()


def test_a_ledger_that_a_kill_cut_is_read_up_to_the_cut(tmp_path: Path):
    """Each refusal has left the process before the next; only the last line can be half."""
    with Ledger(tmp_path, WHOSE) as ledger:
        for number in range(3):
            ledger.note(refusal(f"http://b.kg/{number}"))
    path = tmp_path / LEDGER_FILE
    path.write_bytes(path.read_bytes()[:-10])

    assert ["http://b.kg/0", "http://b.kg/1"] == [row.url for row in read_ledger(tmp_path)]


def test_each_refusal_has_left_the_process_when_it_is_noted(tmp_path: Path):
    """A kill at any moment loses none."""
    ledger = Ledger(tmp_path, WHOSE)
    ledger.note(refusal("http://b.kg/"))

    assert 1 == len(list(read_ledger(tmp_path)))


def test_a_visit_that_goes_on_writes_anew(tmp_path: Path):
    """It comes to all its decisions once more, so none would be lost, and none must stand twice."""
    for number in range(2):
        with Ledger(tmp_path, WHOSE) as ledger:
            ledger.note(refusal(f"http://b.kg/{number}"))

    assert [(0, "http://b.kg/1")] == [(row.seq, row.url) for row in read_ledger(tmp_path)]


def test_a_site_that_gives_links_without_measure_has_them_counted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    """Its ledger stays as long as the policy says; the last row tells how many more there were."""
    bounded = policy().model_copy(update={"ledger_max_refusals": 5})
    monkeypatch.setattr("crawlers.politeness.ledger.policy", lambda: bounded)
    with Ledger(tmp_path, WHOSE) as ledger:
        for number in range(12):
            ledger.note(refusal(f"http://b.kg/{number}"))
    rows = list(read_ledger(tmp_path))

    assert 6 == len(rows)
    assert (Rule.UNLISTED, "7 addresses") == (rows[-1].rule, rows[-1].detail)


@pytest.mark.parametrize(
    "url", ["http://b.kg/" + "a" * 100_000, "http://b.kg/\ud800", "http://b.kg/\x00\n", ""]
)
def test_no_address_breaks_the_ledger(tmp_path: Path, url: str):
    """Whatever a page calls a link, a line holds it, and so does a column."""
    with Ledger(tmp_path, WHOSE) as ledger:
        ledger.note(refusal(url))
    shelve_refusals(tmp_path)
    [row] = read_refusals(tmp_path)

    assert len(row.url) <= policy().max_url_characters + 1


def test_the_columns_of_refusals_are_the_fields(tmp_path: Path):
    """Nothing declares them twice; times are UTC."""
    with Ledger(tmp_path, WHOSE) as ledger:
        ledger.note(refusal("http://b.kg/"))
    before = tuple(read_ledger(tmp_path))
    shelve_refusals(tmp_path)

    assert [field.name for field in fields(Refused)] == pq.read_schema(tmp_path / REFUSALS_FILE).names
    assert before == read_refusals(tmp_path)
    assert UTC.utcoffset(None) == before[0].refused_at.utcoffset()


def test_a_visit_without_a_ledger_has_no_refusals(tmp_path: Path):
    """As one that came from an archive."""
    shelve_refusals(tmp_path)

    assert () == read_refusals(tmp_path)
    assert [] == list(tmp_path.iterdir())


@pytest.mark.parametrize("rule", [*Rule, *Grant])
def test_every_rule_is_explained_in_three_languages(rule: Rule | Grant):
    """Label and advice, none of them a copy of another language's."""
    known = about_rule(rule)

    assert 3 == len({known.advice.ky, known.advice.ru, known.advice.en})
    assert 3 == len({known.label.ky, known.label.ru, known.label.en})


def test_a_line_of_the_ledger_is_plain_json(tmp_path: Path):
    """Anyone may look into a visit that is under way."""
    with Ledger(tmp_path, WHOSE) as ledger:
        ledger.note(refusal("http://b.kg/"))
    first, second = (tmp_path / LEDGER_FILE).read_text(encoding="utf-8").splitlines()

    assert ["tt", ROUND, "tt-a"] == json.loads(first)
    assert ["http://b.kg/", "http://a.kg/", "off_site", None] == json.loads(second)[:4]
