"""The sample republic as a value: what it holds, and that its truth is true."""

from collections import Counter

import pytest

from crawlers.sample import generate
from crawlers.sample.model import World
from crawlers.sample.truth import implied_stage, truth_of

LANGUAGES = {"ky", "ru", "en"}


def test_the_republic_has_at_least_sixteen_sites_and_eighty_services(world: World) -> None:
    """A dozen sites would not be as different as real ones are."""
    assert len(world.sites) >= 16
    assert 80 <= len(world.services) <= 120


def test_there_are_services_at_all_four_stages(world: World) -> None:
    """Each stage has enough services for its share of right answers to mean something."""
    stages = Counter(service.stage for service in world.services.values())

    assert {1, 2, 3, 4} == set(stages)
    assert min(stages.values()) >= 15


def test_a_stage_is_what_the_offers_of_a_service_imply(world: World) -> None:
    """The stage written in the content and the features on the pages cannot drift apart."""
    written = {service.id: service.stage for service in world.services.values()}

    assert written == {service.id: implied_stage(service) for service in world.services.values()}


@pytest.mark.parametrize("year", [2012, 2019, 2023, 2026])
def test_stages_follow_the_offers_in_earlier_years_too(year: int) -> None:
    """The republic's past is as consistent as its present."""
    past = generate(year=year, port=18401)

    assert [] == [service.id for service in past.services.values() if service.stage != implied_stage(service)]


def test_a_service_was_less_far_online_in_an_earlier_year() -> None:
    """The world is a function of the year: births were registered on paper before they were online."""
    stages = [generate(year=year).services["birth-registration"].stage for year in (2015, 2020, 2026)]

    assert [1, 2, 4] == stages


def test_a_service_that_ended_is_there_before_and_not_after() -> None:
    """Paper work record books ended with the year 2022."""
    assert "work-book-issue" in generate(year=2022).services
    assert "work-book-issue" not in generate(year=2023).services


def test_every_name_and_summary_stands_in_all_languages(world: World) -> None:
    """A page in a language must have its words in that language."""
    incomplete = [
        service.id
        for service in world.services.values()
        if set(service.name) != LANGUAGES or set(service.about) != LANGUAGES
    ]

    assert [] == incomplete


@pytest.mark.parametrize("language", ["ky", "ru", "en"])
def test_names_of_services_are_distinct(world: World, language: str) -> None:
    """Two services of one name could not be told apart."""
    names = Counter(service.name[language] for service in world.services.values())

    assert [] == [name for name, count in names.items() if count > 1]


def test_a_site_that_cannot_be_read_has_no_true_services(world: World) -> None:
    """Could not look is no stage: nothing is expected there."""
    unseen = [site for site in truth_of(world).sites if site.outcome != "ok"]

    assert len(unseen) >= 6
    assert {0} == {site.services for site in unseen}


def test_traps_are_listed_with_their_kinds(world: World) -> None:
    """News, tenders, vacancies, regulations and laws read like services and are none."""
    kinds = Counter(page.kind for page in truth_of(world).others)

    assert {"news", "information", "document", "contact", "home", "participation", "data"} <= set(kinds)
    assert kinds["news"] >= 10


def test_truth_names_every_language_version_of_a_service(world: World) -> None:
    """The same service in three languages and again on the portal is one service."""
    found = next(service for service in truth_of(world).services if service.id == "birth-registration")

    assert LANGUAGES == set(found.pages) == set(found.portal)


def test_truth_claims_no_fact_that_the_pages_do_not_give(world: World) -> None:
    """Pages that only inform leave facts out; what is not said is not expected to be found."""
    silent = {service.id for service in world.services.values() if "fee" not in service.shown}
    claimed = {service.id for service in truth_of(world).services if service.is_free is not None}

    assert len(silent) >= 5
    assert set() == silent & claimed


def test_a_service_that_only_informs_is_no_whole_passport(world: World) -> None:
    """A complete structured description would be stage 2 in the eyes of some."""
    informing = [service for service in world.services.values() if service.stage == 1]

    assert 3 == max(len(service.shown) for service in informing)
