"""What a crawl would do is told by its own rules, and nothing is done."""

from collections.abc import Callable
from pathlib import Path

import pytest
from changing_web import DEC, NOV, SITE, ChangingWeb, KilledError, folder_of, site, visit_round
from elsewhere import at_work_elsewhere
from small_sites import ROUND, Reply, SmallSite, own_words, page, registry_of
from untouched import alone, everything_in

from crawlers.crawling.jobs import Job
from crawlers.crawling.unfinished import job_id, ticket_of
from crawlers.errors import LockHeldError, StateFolderError, UnknownSiteError
from crawlers.harvest import crawl
from crawlers.plan import CrawlPlan, Way, plan
from crawlers.sites import Registry
from crawlers.storing.shelf import part_of
from crawlers.storing.ticket import write_ticket

A_KG = registry_of({SITE: "a.kg"}, allow=(), delay_seconds=5)


def planned(data: Path, round_id: str = NOV, registry: Registry = A_KG, **bounds: int) -> CrawlPlan:
    """Plan a crawl of a registry, and hold that nothing came of it."""
    before = everything_in(data)
    with alone() as tried:
        found = plan(registry, round_id=round_id, data=data, **bounds)

    assert [] == tried
    assert before == everything_in(data)
    return found


def way(found: CrawlPlan) -> Way:
    """The way in which the only site would be visited."""
    (visit,) = found.visits
    return visit.way


def job_of(data: Path, kept_id: str = "") -> Job:
    """The job that `planned` plans."""
    return Job(registry=A_KG, round_id=NOV, data=data, site_ids=(SITE,), max_pages=None, job_id=kept_id)


def killed(data: Path) -> None:
    """Leave a visit whose process was killed at its third request, as a crawl would."""
    with pytest.raises(KilledError):
        visit_round(data, NOV, ChangingWeb(site().sheets, dies_at=2))
    write_ticket(part_of(folder_of(data, NOV)), ticket_of(job_of(data), A_KG.site(SITE)))


def test_a_site_that_nobody_visited_is_visited_for_the_first_time(tmp_path: Path):
    """With the seeds, the bounds and the pause of the registry."""
    (visit,) = planned(tmp_path).visits

    assert (Way.FIRST, 500, 500, 5.0, None) == (
        visit.way,
        visit.max_pages,
        visit.pages_left,
        visit.pause_seconds,
        visit.last_round,
    )


def test_a_site_that_an_earlier_round_saw_is_asked_for_what_changed(tmp_path: Path):
    """The round is named."""
    visit_round(tmp_path, NOV, site())
    (visit,) = planned(tmp_path, DEC).visits

    assert (Way.RETURNS, NOV) == (visit.way, visit.last_round)


def test_a_site_that_this_round_saw_is_asked_again(tmp_path: Path):
    """What is there makes room, if the new visit sees a page."""
    visit_round(tmp_path, NOV, site())

    assert Way.AGAIN == way(planned(tmp_path))


def test_captures_that_a_later_round_rests_on_stay_whatever_is_asked_again(tmp_path: Path):
    """A person who knows that can spare the site the visit."""
    web = site()
    visit_round(tmp_path, NOV, web)
    visit_round(tmp_path, DEC, web)

    assert Way.IN_VAIN == way(planned(tmp_path))


def test_a_visit_that_was_killed_goes_on_and_asks_for_less(tmp_path: Path):
    """Its page is not asked for again; robots.txt was none of its pages."""
    killed(tmp_path)
    (visit,) = planned(tmp_path).visits

    assert (Way.GOES_ON, 500, 499) == (visit.way, visit.max_pages, visit.pages_left)


def test_a_visit_within_other_bounds_is_not_gone_on_with(tmp_path: Path):
    """The registry says something else of the site by now."""
    killed(tmp_path)
    other = A_KG.site(SITE).model_copy(update={"seeds": ("http://a.kg/a",)})
    registry = A_KG.model_copy(update={"sites": (other,)})

    assert Way.FIRST == way(planned(tmp_path, registry=registry))


def test_a_site_that_the_crawl_finished_before_it_was_cut_short_is_not_visited(tmp_path: Path):
    """It costs no time either."""
    visit_round(tmp_path, NOV, site())
    kept_id = job_id(tmp_path, NOV, "tt", (SITE,), None)
    write_ticket(folder_of(tmp_path, NOV), ticket_of(job_of(tmp_path, kept_id), A_KG.site(SITE)))
    found = planned(tmp_path)

    assert Way.DONE == way(found)
    assert found.least_seconds == 0


def test_where_a_process_was_killed_while_folders_changed_places_the_captures_are_found(tmp_path: Path):
    """They lie beside their place, and are not put there."""
    visit_round(tmp_path, NOV, site())
    folder = folder_of(tmp_path, NOV)
    folder.rename(folder.with_name(f"{SITE}.old"))

    assert Way.AGAIN == way(planned(tmp_path))


@pytest.mark.parametrize(("stay_out_of", "expected"), [("a.kg", Way.OPTED_OUT), ("a.kg/closed", Way.FIRST)])
def test_a_site_whose_owner_wrote_to_us_is_left_alone_where_it_begins(
    tmp_path: Path, stay_out_of: str, expected: Way
):
    """A letter about a part of it keeps us out of that part only."""
    letter = {"stay_out_of": stay_out_of, "since": "2026-10-20", "reason": "letter"}
    registry = Registry.model_validate({**A_KG.model_dump(), "opt_outs": [letter]})

    assert expected == way(planned(tmp_path, registry=registry))


@pytest.mark.parametrize(
    ("at_once", "hosts", "seconds"),
    [
        (8, ["a.kg", "b.kg", "c.kg"], 500),  # side by side
        (1, ["a.kg", "b.kg", "c.kg"], 1500),  # one after the other
        (8, ["a.kg/x", "a.kg/y", "c.kg"], 1000),  # a host is asked one request after the other
    ],
)
def test_a_crawl_takes_as_long_as_its_pauses_at_least(
    tmp_path: Path, at_once: int, hosts: list[str], seconds: float
):
    """A hundred pages of each site, five seconds apart."""
    sites = {f"tt-{number}": host for number, host in enumerate(hosts)}
    registry = registry_of(sites, allow=(), delay_seconds=5, concurrent_sites=at_once)

    assert seconds == planned(tmp_path, registry=registry, max_pages=100).least_seconds


@pytest.mark.usefixtures("warm")
def test_a_crawl_asks_for_as_many_pages_as_its_plan_says(
    tmp_path: Path, small_site: Callable[[dict[str, Reply]], SmallSite]
):
    """And comes back to the site as the next plan says."""
    links = [f"/{number}" for number in range(9)]
    made = small_site({"/": page(*links)} | {link: page(words=own_words(link)) for link in links})
    registry = registry_of({"tt-a": made.host}, allow=(made.host,))
    before = planned(tmp_path, ROUND, registry, max_pages=4)
    crawl(registry, round_id=ROUND, data=tmp_path, max_pages=4)

    assert [4] == [visit.pages_left for visit in before.visits]
    assert 4 == len([path for path in made.paths if path != "/robots.txt"])
    assert {made.hits[0][2]} == {before.user_agent}
    assert Way.AGAIN == way(planned(tmp_path, ROUND, registry))


def test_nothing_is_planned_in_a_folder_in_which_another_process_works(tmp_path: Path):
    """It would be refused; the holder's note stays as it is."""
    with at_work_elsewhere(tmp_path) as holder, pytest.raises(LockHeldError, match=f"process {holder}"):
        planned(tmp_path)


def test_no_crawl_is_planned_without_a_place_for_the_hosts_queues(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    """The folder is not made."""
    (tmp_path / "file").touch()
    monkeypatch.setenv("BASKYCH_STATE", str(tmp_path / "file" / "state"))

    with pytest.raises(StateFolderError, match="set BASKYCH_STATE to a folder of yours"):
        planned(tmp_path)


def test_a_site_that_the_registry_lacks_is_refused(tmp_path: Path):
    """As a crawl would."""
    with pytest.raises(UnknownSiteError, match="tt-b"):
        plan(A_KG, round_id=NOV, data=tmp_path, site_ids=["tt-b"])
