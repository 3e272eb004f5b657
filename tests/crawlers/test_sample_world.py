"""The sample republic as a value: what it holds, that it never changes, and that its truth is true."""

import io
import os
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
import yaml
from docx import Document
from pypdf import PdfReader

from crawlers.sample import SampleError, generate, truth
from crawlers.sample.content import content
from crawlers.sample.model import Site, World
from crawlers.sample.registry_file import registry_text
from crawlers.sample.replies import Answers
from crawlers.sample.truth import as_yaml, implied_stage, truth_of
from crawlers.sites import load_registry

ROOT = Path(__file__).parents[2]
LANGUAGES = {"ky", "ru", "en"}


@pytest.fixture(scope="module")
def world() -> World:
    """The default republic at its default ports."""
    return generate(port=18401)


def bodies(world: World, site: Site) -> list[bytes]:
    """Every page of a site, rendered."""
    answers = Answers(world, site)
    return [answers.reply(page.target).body for page in answers.pages.values()]


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


def test_committed_truth_is_what_is_generated(world: World) -> None:
    """truth.yml is a copy, never a second opinion."""
    committed = (ROOT / "crawlers/sample/truth.yml").read_text(encoding="utf-8")

    assert committed == as_yaml(truth(world))


def test_committed_registry_is_what_is_generated(world: World) -> None:
    """sample.yml is a copy too."""
    committed = (ROOT / "crawlers/registry/sample.yml").read_text(encoding="utf-8")

    assert committed == registry_text(world)


def test_the_registry_passes_its_own_door() -> None:
    """The sample republic's registry is read like any country's."""
    registry = load_registry("sample")

    assert registry.sample is not None
    assert (2026, len(registry.sites), 0) == (
        registry.sample.seed,
        registry.sample.sites,
        registry.sample.pages,
    )


@pytest.mark.soak
def test_two_generations_are_the_same_bytes(world: World) -> None:
    """Nothing rests on a clock, a hash seed or the order of a set."""
    again = generate(port=18401)

    for site in world.sites.values():
        assert bodies(world, site) == bodies(again, again.sites[site.id])


def test_another_process_writes_the_same_files(tmp_path: Path) -> None:
    """The order of sets differs between processes; the files do not."""
    for hash_seed in ("1", "2"):
        command = [
            sys.executable,
            "-m",
            "crawlers.sample",
            "--no-serve",
            "--write",
            str(tmp_path / hash_seed),
        ]
        environment = {**os.environ, "PYTHONHASHSEED": hash_seed}
        subprocess.run(command, check=True, cwd=ROOT, env=environment, timeout=60)

    for name in ("sample.yml", "truth.yml"):
        assert (tmp_path / "1" / name).read_bytes() == (tmp_path / "2" / name).read_bytes()


def test_another_seed_gives_other_wordings_and_the_same_services(world: World) -> None:
    """A benchmark may vary the words without varying what is true."""
    other = generate(seed=7, port=18401)
    site = world.sites["sample-justice"]

    assert bodies(world, site) != bodies(other, other.sites[site.id])
    assert list(world.services) == list(other.services)


def test_more_sites_and_pages_are_generated_when_asked() -> None:
    """`--sites` and `--pages` scale the republic for benchmarks."""
    large = generate(sites=50, pages=30, port=18401)
    small = generate(sites=50, port=18401)
    site = "sample-district-3"

    assert 50 == len(large.sites)
    assert 30 == len(Answers(large, large.sites[site]).pages) - len(Answers(small, small.sites[site]).pages)


def test_fewer_sites_than_the_default_are_never_given(world: World) -> None:
    """The default republic is the least there is."""
    assert len(world.sites) == len(generate(sites=2).sites)


def test_generated_districts_have_services_with_true_stages() -> None:
    """What is added for size is as true as the rest."""
    large = generate(sites=40, port=18401)
    added = [service for service in large.services.values() if "district" in service.id]

    assert len(added) >= 4 * 19
    assert [] == [service.id for service in added if service.stage != implied_stage(service)]


def test_five_hundred_districts_have_different_names() -> None:
    """Institutions of one name would be one institution."""
    names = Counter(body.name["ru"] for body in generate(sites=400).institutions.values())

    assert [] == [name for name, count in names.items() if count > 1]


def test_an_old_site_is_really_in_windows_1251(world: World) -> None:
    """Its bytes are no UTF-8, and Kyrgyz letters that the encoding lacks are numeric references."""
    answers = Answers(world, world.sites["sample-agriculture"])
    body = answers.reply("/index.php?page=services&lang=ky").body

    with pytest.raises(UnicodeDecodeError):
        body.decode("utf-8")
    assert "кызматтар" in body.decode("windows-1251")
    assert b"&#1199;" in body  # ү


def test_one_site_lies_about_its_encoding(world: World) -> None:
    """The header says UTF-8, the bytes are windows-1251."""
    reply = Answers(world, world.sites["sample-environment"]).reply("/")

    assert "text/html; charset=utf-8" == reply.content_type
    assert "охраны" in reply.body.decode("windows-1251")


def test_a_blank_form_is_a_word_file_with_its_words(world: World) -> None:
    """The blank names the service and has lines to fill in."""
    service = world.services["birth-registration"]
    reply = Answers(world, world.sites["sample-justice"]).reply("/files/birth-registration-ky.docx")
    text = "\n".join(paragraph.text for paragraph in Document(io.BytesIO(reply.body)).paragraphs)

    assert service.name["ky"] in text
    assert "____" in text


def test_a_service_passport_is_a_pdf_whose_kyrgyz_can_be_read(world: World) -> None:
    """The letters ө, ү and ң come out of the file as they went in."""
    service = world.services["boundary-survey"]
    answers = Answers(world, world.sites["sample-cadastre"])
    page = next(
        page
        for page in answers.pages.values()
        if page.service_id == service.id and page.file_type == "pdf" and page.language == "ky"
    )
    text = " ".join(PdfReader(io.BytesIO(answers.reply(page.target).body)).pages[0].extract_text().split())

    assert service.name["ky"] in text
    assert service.about["ky"] in text


def test_the_portal_sends_people_to_the_identification_system(world: World) -> None:
    """A service done on the joint portal begins with one identity for all agencies."""
    service = world.services["birth-registration"]
    reply = Answers(world, world.portal).reply(f"/ru/services/{service.number}/start")

    assert 302 == reply.status
    assert str(reply.location).startswith(f"{world.sites['sample-id'].root}connect/authorize?client_id=")


@pytest.mark.parametrize(
    ("site_id", "status", "words"),
    [
        ("sample-customs", 403, "web application firewall"),
        ("sample-tourism", 200, "казино"),
        ("sample-emergency", 200, '<div id="root">'),
        ("sample-construction", 301, ""),
        ("sample-procurement", 302, ""),
    ],
)
def test_a_site_that_shows_no_services_answers_in_its_own_way(
    world: World, site_id: str, status: int, words: str
) -> None:
    """Blocked, lapsed, empty without JavaScript, moved, behind a log-in: each as it is in the wild."""
    reply = Answers(world, world.sites[site_id]).reply("/")

    assert status == reply.status
    assert words in reply.body.decode().lower()


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


def test_a_soft_404_answers_200_and_says_that_there_is_nothing(world: World) -> None:
    """As careless servers do."""
    reply = Answers(world, world.sites["sample-education"]).reply("/no/such/page")

    assert 200 == reply.status
    assert "Сиз издеген барак жок" in reply.body.decode()


def test_tracking_parameters_and_sessions_lead_to_the_same_page(world: World) -> None:
    """Duplicates under other addresses: a trap for whoever counts addresses."""
    answers = Answers(world, world.sites["sample-health"])
    plain = answers.reply("/kg/services").body

    assert plain == answers.reply("/kg/services;jsessionid=ABC?utm_source=x").body


def test_the_calendar_ends(world: World) -> None:
    """Links to a next month stop after a year."""
    answers = Answers(world, world.sites["sample-kunkent"])

    assert b"month=12" in answers.reply("/ru/calendar?month=11").body
    assert b"month=13" not in answers.reply("/ru/calendar?month=12").body


def test_every_offer_has_a_page_to_lead_to_in_every_kind_of_software() -> None:
    """addresses.yml knows every role that offers.yml leads to."""
    roles = {rule["leads_to"] for rule in content("offers").values()} - {None}

    assert [] == [name for name, patterns in content("addresses").items() if not roles <= set(patterns)]


def test_a_port_that_is_none_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """The error names the variable and its value."""
    monkeypatch.setenv("BASKYCH_SAMPLE_PORT", "http")

    with pytest.raises(SampleError, match="BASKYCH_SAMPLE_PORT is 'http'"):
        generate()


def test_truth_is_plain_yaml() -> None:
    """Other programs read it without ours."""
    committed = yaml.safe_load((ROOT / "crawlers/sample/truth.yml").read_text(encoding="utf-8"))

    assert {"seed", "year", "sites", "services", "others"} == set(committed)
