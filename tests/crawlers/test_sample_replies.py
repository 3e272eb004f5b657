"""What the sites of the sample republic answer: as odd as sites in the wild."""

import io

import pytest
from docx import Document
from pypdf import PdfReader

from crawlers.sample.content import content
from crawlers.sample.model import World
from crawlers.sample.replies import Answers


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
