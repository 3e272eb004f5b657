"""Pages that are not there though a host says so (case D7), and hosts that are nobody's by now (A11)."""

from dataclasses import replace
from pathlib import Path

import pytest
from sitemap_texts import A, explored
from tabled_web import Web, html, visited

from crawlers.captures import Capture
from crawlers.outcomes import Outcome
from crawlers.visiting.missing_pages import address_of_nothing
from pipelines.clean import clean, loose_capture, page_from_html


def outcomes(captures: list[Capture]) -> dict[str, Outcome]:
    """Return the outcome of each page by its path."""
    return {capture.url.removeprefix(A): capture.outcome for capture in captures}


NOT_HERE = (
    "<title>Сайт</title><nav>Меню сайта</nav><p>Мындай барак жок. Сурам: {path}</p><p>05.11.2026 06:07</p>"
)


class Polite404(Web):
    """A site that shows a page of its own, with a status of success, for every address that it lacks."""

    async def fetch(self, url: str) -> object:
        """Answer from the table; with a friendly page for all else."""
        path = url.removeprefix(A)
        if path not in self.answers and path != "/robots.txt":
            self.answers = {**self.answers, path: (200, {}, NOT_HERE.format(path=path))}
        return await super().fetch(url)


def test_d7_a_page_that_shows_what_no_page_shows_is_a_soft_404(tmp_path: Path):
    """One request for an address of nothing tells; the address and the date on it do not disguise it."""
    web = Polite404({"/": html("/real", "/removed-page"), "/real": (200, {}, "<h1>Справка</h1><p>3 дня</p>")})
    _, captures = visited(tmp_path, web, looks_around=True)
    found = outcomes(captures)

    assert (Outcome.OK, Outcome.SOFT_404) == (found["/real"], found["/removed-page"])


def test_d7_a_host_that_says_404_is_believed(tmp_path: Path):
    """Nothing is compared then."""
    web = Web({"/": html("/real"), "/real": html()})
    _, captures = visited(tmp_path, web, looks_around=True)

    assert {"/": Outcome.OK, "/real": Outcome.OK} == outcomes(captures)


def test_d7_a_host_that_shows_one_page_for_everything_is_not_judged_by_it(tmp_path: Path):
    """Its first page is such a page too: then it needs JavaScript, or another look, but is not missing."""
    shell = (200, {}, "<title>Портал</title><div id=app>Загрузка</div><a href='/x'>x</a>")
    web = Polite404({"/": shell, "/x": shell})
    web.answers = {**web.answers, **dict.fromkeys(_nothing_at(), shell)}
    _, captures = visited(tmp_path, web, looks_around=True)

    assert {Outcome.OK} == set(outcomes(captures).values())


def _nothing_at() -> list[str]:
    """Return the path that is asked for to see what the host shows for no page."""
    return [address_of_nothing(A).removeprefix(A)]


def test_d7_links_of_a_soft_404_are_not_followed(tmp_path: Path):
    """They are those of the frame, at best."""
    missing = NOT_HERE.format(path="") + "<a href='/from-nowhere'>x</a>"
    web = Web({"/": html("/a"), "/a": (200, {}, missing), _nothing_at()[0]: (200, {}, missing)})
    visited(tmp_path, web, looks_around=True)

    assert "/from-nowhere" not in web.asked


def test_d7_an_address_of_nothing_is_asked_for_once_and_only_where_robots_txt_lets_us(tmp_path: Path):
    """As any other."""
    web = Web({"/robots.txt": (200, {}, "User-agent: *\nDisallow: /no-such"), "/": html("/1"), "/1": html()})
    asked, _ = explored(tmp_path, web)

    assert not [path for path in asked if path.startswith("/no-such")]


@pytest.mark.parametrize(
    ("html_text", "outcome"),
    [
        ("<title>Сайт в разработке</title><p>Скоро открытие</p>", Outcome.SOFT_404),
        ("<title>Under construction</title><p>Come back later</p>", Outcome.SOFT_404),
        ("<title>Портал</title><p>Техникалык иштер жүрүп жатат</p>", Outcome.SOFT_404),
        ("<title>Портал</title><p>Ведутся технические работы</p>", Outcome.SOFT_404),
        ("<html><body><div id='content'></div></body></html>", Outcome.NO_TEXT),
    ],
)
def test_d7_under_construction_maintenance_and_empty_templates_are_no_services(
    html_text: str, outcome: Outcome
):
    """Their words are judged in one place, when pages are read: it comes to the same as the probe."""
    assert outcome.value == page_from_html(html_text.encode(), f"{A}/").outcome


def test_d7_what_the_probe_found_is_not_overruled_when_the_page_is_read():
    """However much the page looks like a service."""
    body = "<h1>Справка</h1><p>Перечень документов: паспорт. Срок: 3 дня.</p>".encode()
    capture = replace(loose_capture(body, f"{A}/x"), outcome=Outcome.SOFT_404)

    assert Outcome.SOFT_404.value == clean(capture, body).outcome


def test_a11_a_casino_where_a_ministry_stood_has_lapsed():
    """By its words, which only the reading of pages judges."""
    body = (
        "<title>Казино онлайн</title><p>Фриспины, приветственный бонус, игровые автоматы, зеркало казино</p>"
    )

    assert Outcome.LAPSED.value == page_from_html(body.encode(), f"{A}/").outcome


@pytest.mark.parametrize(
    "location",
    [
        "https://www.hugedomains.com/domain_profile.cfm?d=a.kg",
        "http://sedoparking.com/a.kg",
        "http://ww1.parkingcrew.net/",
    ],
)
def test_a11_a_site_that_sends_everybody_to_a_seller_of_domains_has_lapsed(tmp_path: Path, location: str):
    """That is not a ministry that moved; nobody follows."""
    web = Web({"/": (302, {"Location": location}, "")})
    _, captures = visited(tmp_path, web)

    assert [Outcome.LAPSED] == [capture.outcome for capture in captures]
    assert ["/robots.txt", "/"] == web.asked


def test_a11_another_foreign_domain_is_only_moved(tmp_path: Path):
    """Not every drift is a sale."""
    web = Web({"/": (302, {"Location": "http://notsedoparking.com/"}, "")})
    _, captures = visited(tmp_path, web)

    assert [Outcome.MOVED_OFFSITE] == [capture.outcome for capture in captures]
