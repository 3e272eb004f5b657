"""A site's own lists of its pages: read so far as they can be, and no further (case C6)."""

import gzip
import time
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tabled_web import Web, html, visited

from crawlers.captures import Capture
from crawlers.outcomes import Outcome
from crawlers.politeness.decisions import Refusal, Rule
from crawlers.reports import Finish
from crawlers.storing.journal import read_journal
from crawlers.visiting.missing_pages import address_of_nothing
from crawlers.visiting.sitemaps import read_sitemap, sitemap_rules
from pipelines.clean import clean, loose_capture, page_from_html

A = "http://a.kg"
HERE = f"{A}/sitemap.xml"
NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
XML = {"Content-Type": "application/xml"}


def urlset(*locations: str, namespace: str = NAMESPACE) -> str:
    """Return a sitemap of pages."""
    rows = "".join(f"<url><loc>{location}</loc></url>" for location in locations)
    return f'<?xml version="1.0" encoding="UTF-8"?><urlset xmlns="{namespace}">{rows}</urlset>'


def index(*locations: str) -> str:
    """Return a sitemap of sitemaps."""
    rows = "".join(f"<sitemap><loc>{location}</loc></sitemap>" for location in locations)
    return f'<sitemapindex xmlns="{NAMESPACE}">{rows}</sitemapindex>'


def explored(folder: Path, web: Web, **task: object) -> tuple[list[str], Finish]:
    """Visit with a look around; return the paths that were asked for, and how the visit ended."""
    finish, _ = visited(folder, web, looks_around=True, **task)
    return web.asked, finish


def test_pages_and_sitemaps_are_told_apart():
    """By the element that they stand in."""
    pages, further = (read_sitemap(text.encode(), HERE) for text in (urlset(f"{A}/1"), index(f"{A}/s.xml")))

    assert ([f"{A}/1"], []) == (pages.pages, pages.sitemaps)
    assert ([], [f"{A}/s.xml"]) == (further.pages, further.sitemaps)


def test_an_address_may_be_written_over_several_lines_and_with_references():
    """As machines write them."""
    text = urlset("\n  http://a.kg/?a=1&amp;b=2\n ", "<![CDATA[http://a.kg/x]]>")

    assert [f"{A}/?a=1&b=2", f"{A}/x"] == read_sitemap(text.encode(), HERE).pages


@pytest.mark.parametrize("namespace", ["", "http://www.google.com/schemas/sitemap/0.84", "wrong"])
def test_c6_a_wrong_namespace_or_none_is_forgiven(namespace: str):
    """The names of the elements are enough."""
    assert [f"{A}/1"] == read_sitemap(urlset(f"{A}/1", namespace=namespace).encode(), HERE).pages


def test_c6_a_relative_location_is_taken_from_the_sitemaps_place():
    """The protocol wants whole addresses; sites do not always know."""
    assert [f"{A}/ru/x", f"{A}/ru/y"] == read_sitemap(urlset("/ru/x", "ru/y").encode(), HERE).pages


def test_c6_images_in_a_sitemap_are_no_pages():
    """Their locations stand in an element of their own."""
    image = (
        '<image:image xmlns:image="http://www.google.com/schemas/sitemap-image/1.1"><image:loc>{}</image:loc>'
    )
    text = urlset("X").replace("<loc>X</loc>", f"<loc>{A}/1</loc>{image.format('/i.png')}</image:image>")

    assert [f"{A}/1"] == read_sitemap(text.encode(), HERE).pages


@pytest.mark.parametrize(
    "text",
    [
        f"<rss version='2.0'><channel><link>{A}/</link><item><link>{A}/1</link></item></channel></rss>",
        f"<a:feed xmlns:a='http://www.w3.org/2005/Atom'><a:entry><a:link href='{A}/1'/></a:entry></a:feed>",
        f"\ufeff{A}/1\r\nno address\r\n\r\n",
        f"<?xml version='1.0'?>\n<!-- made by hand -->\n<urlset><url><loc>{A}/1</loc></url></urlset>",
    ],
    ids=["rss", "atom", "text", "no namespace"],
)
def test_c6_feeds_and_plain_text_are_sitemaps_too(text: str):
    """The protocol allows them."""
    assert [f"{A}/1"] == read_sitemap(text.encode(), HERE).pages


def test_c6_a_sitemap_in_windows_1251_is_read():
    """Its declaration says so."""
    text = "<?xml version='1.0' encoding='windows-1251'?><urlset><url><loc>/услуги</loc></url></urlset>"

    assert [f"{A}/%D1%83%D1%81%D0%BB%D1%83%D0%B3%D0%B8"] == read_sitemap(text.encode("cp1251"), HERE).pages


def test_c6_what_was_read_before_a_fault_counts():
    """A server that died while writing has listed its first pages."""
    found = read_sitemap(urlset(f"{A}/1", f"{A}/2", f"{A}/3")[:-25].encode(), HERE)

    assert [f"{A}/1", f"{A}/2"] == found.pages
    assert found.fault


def test_c6_billion_laughs_are_not_laughed():
    """No document type is let in, so there are no entities at all."""
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    text = f'<!DOCTYPE x [<!ENTITY l0 "ha">{laughs}]><urlset><url><loc>{A}/&l9;</loc></url></urlset>'
    begun = time.process_time()
    found = read_sitemap(text.encode(), HERE)

    assert [] == found.pages
    assert "document type" in str(found.fault)
    assert time.process_time() - begun < 1


def test_c6_an_outer_entity_reads_no_file():
    """Nor does a parameter entity."""
    text = f'<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/hostname">]><urlset><url><loc>{A}/&f;</loc></url></urlset>'

    assert [] == read_sitemap(text.encode(), HERE).pages


def test_c6_a_gzip_bomb_is_not_unpacked():
    """A hundred megabytes of one sitemap are more than the protocol's fifty."""
    bomb = gzip.compress(b"<urlset>" + b" " * 100_000_000)
    found = read_sitemap(bomb, f"{HERE}.gz")

    assert [] == found.pages
    assert "more than" in str(found.fault)


def test_c6_a_packed_sitemap_is_unpacked():
    """Whatever the server calls it."""
    assert [f"{A}/1"] == read_sitemap(gzip.compress(urlset(f"{A}/1").encode()), HERE).pages


def test_c6_fifty_thousand_entries_are_enough():
    """More is against the protocol; the first count."""
    found = read_sitemap(urlset(*(f"{A}/{n}" for n in range(50_010))).encode(), HERE)

    assert sitemap_rules().max_entries == len(found.pages)
    assert found.fault


def test_c6_elements_deep_in_one_another_end_the_reading():
    """No sitemap has more than a few."""
    found = read_sitemap(b"<a>" * 100_000, HERE)

    assert "deep" in str(found.fault)


def test_c6_a_page_instead_of_a_sitemap_lists_nothing():
    """A soft 404, mostly."""
    assert [] == read_sitemap(b"<!DOCTYPE html><html><a href='/x'>x</a></html>", HERE).pages


@given(st.binary(max_size=300))
def test_c6_no_bytes_raise_anything(body: bytes):
    """Whatever comes is a sitemap, or has a fault."""
    read_sitemap(body, HERE)


@given(st.text(max_size=200))
def test_c6_no_text_raises_anything(text: str):
    """Nor does any text within a sitemap."""
    read_sitemap(urlset(text).encode("utf-8", "surrogatepass"), HERE)


def test_the_sitemap_that_robots_txt_names_is_read(tmp_path: Path):
    """And its pages are asked for, though nothing links to them."""
    web = Web(
        {
            "/robots.txt": (200, {}, f"Sitemap: {A}/map.xml"),
            "/map.xml": (200, XML, urlset(f"{A}/uslugi/1")),
            "/": html(),
            "/uslugi/1": html(),
        }
    )
    asked, _ = explored(tmp_path, web)

    assert {"/map.xml", "/uslugi/1"} <= set(asked)
    assert "/sitemap.xml" not in asked


def test_a_sitemap_that_robots_txt_names_without_its_host_is_the_hosts_own(tmp_path: Path):
    """The protocol wants whole addresses; many sites write a path."""
    web = Web(
        {
            "/robots.txt": (200, {}, "Sitemap: /map.xml"),
            "/map.xml": (200, XML, urlset(f"{A}/1")),
            "/": html(),
            "/1": html(),
        }
    )
    asked, _ = explored(tmp_path, web)

    assert {"/map.xml", "/1"} <= set(asked)


def test_where_robots_txt_names_none_the_usual_place_is_asked(tmp_path: Path):
    """Once for a host."""
    web = Web({"/": html(), "/sitemap.xml": (200, XML, urlset(f"{A}/1")), "/1": html()})
    asked, _ = explored(tmp_path, web)

    assert 1 == asked.count("/sitemap.xml")
    assert "/1" in asked


def test_c6_an_index_that_loops_is_read_once(tmp_path: Path):
    """Itself and its own index alike."""
    web = Web(
        {
            "/": html(),
            "/sitemap.xml": (200, XML, index(HERE, f"{A}/2.xml")),
            "/2.xml": (200, XML, index(HERE, f"{A}/2.xml", f"{A}/3.xml")),
            "/3.xml": (200, XML, urlset(f"{A}/page")),
            "/page": html(),
        }
    )
    asked, finish = explored(tmp_path, web)

    assert [1, 1, 1, 1] == [asked.count(path) for path in ("/sitemap.xml", "/2.xml", "/3.xml", "/page")]
    assert Finish.FINISHED == finish


def test_c6_an_index_of_fifty_thousand_is_read_in_part_what_promises_most_first(tmp_path: Path):
    """So many requests as the budget has room for."""
    many = index(*(f"{A}/news-{n}.xml" for n in range(49_990)), f"{A}/uslugi.xml")
    maps = {f"/news-{n}.xml": (200, XML, urlset(f"{A}/n{n}")) for n in range(30)}
    web = Web({"/": html(), "/sitemap.xml": (200, XML, many), "/uslugi.xml": (200, XML, urlset()), **maps})
    asked, _ = explored(tmp_path, web, max_pages=1000)
    read = [path for path in asked if path.endswith(".xml")]

    assert ["/sitemap.xml", "/uslugi.xml"] == read[:2]
    assert sitemap_rules().max_sitemaps == len(read)


def test_sitemaps_take_a_twentieth_of_a_budget_at_most(tmp_path: Path):
    """The pages are what we came for."""
    many = index(*(f"{A}/{n}.xml" for n in range(100)))
    asked, _ = explored(tmp_path, Web({"/": html(), "/sitemap.xml": (200, XML, many)}), max_pages=60)

    assert 3 == len([path for path in asked if path.endswith(".xml")])


def test_a_sitemap_that_robots_txt_forbids_is_not_asked_for(tmp_path: Path):
    """It goes through the same door as pages; the refusal has its capture."""
    web = Web({"/robots.txt": (200, {}, "User-agent: *\nDisallow: /sitemap"), "/": html()})
    asked, _ = explored(tmp_path, web)
    refused = [row for row in read_journal(tmp_path) if row.outcome is Outcome.ROBOTS_DISALLOWED]

    assert "/sitemap.xml" not in asked
    assert [HERE] == [capture.url for capture in refused]


def test_sitemaps_and_probes_are_recorded_as_no_pages(tmp_path: Path):
    """Their depth is that of robots.txt; they count against the budget all the same."""
    links = [f"/{number}" for number in range(40)]
    web = Web({"/": html(*links), "/sitemap.xml": (200, XML, urlset())})
    finish, captures = visited(tmp_path, web, looks_around=True, max_pages=20)
    no_pages = [row.url.removeprefix(A) for row in read_journal(tmp_path) if row.depth < 0]
    beside = {path.partition("page-")[0] for path in no_pages}

    assert {"/robots.txt", "/sitemap.xml", "/no-such-"} == beside
    assert (Finish.PAGE_LIMIT, 18) == (finish, len(captures))


def test_a_small_budget_is_for_pages_alone(tmp_path: Path):
    """Who looks at one page asks for that page and robots.txt."""
    asked, _ = explored(tmp_path, Web({"/": html("/1")}), max_pages=1)

    assert ["/robots.txt", "/"] == asked


def test_a8_a_sitemap_leads_to_no_other_site(tmp_path: Path):
    """Neither its pages, nor further sitemaps, nor its redirect."""
    refusals: list[Refusal] = []
    web = Web(
        {
            "/": html(),
            "/robots.txt": (
                200,
                {},
                f"Sitemap: http://10.0.0.1/s.xml\nSitemap: {A}/m.xml\nSitemap: {A}/r.xml",
            ),
            "/m.xml": (200, XML, urlset("http://127.0.0.1/x", "file:///etc/hostname")),
            "/r.xml": (302, {"Location": "http://169.254.169.254/latest"}, ""),
        }
    )
    visited(tmp_path, web, looks_around=True, on_refusal=refusals.append)

    assert not [path for path in web.asked if path.startswith(("http", "file"))]
    assert {Rule.OFF_SITE, Rule.SCHEME} == {refusal.rule for refusal in refusals}


def test_a_sitemap_has_no_say_over_traps(tmp_path: Path):
    """Its addresses meet the same rules as links."""
    refusals: list[Refusal] = []
    web = Web({"/": html(), "/sitemap.xml": (200, XML, urlset(f"{A}/a/about/about/about/", f"{A}/x.jpg"))})
    visited(tmp_path, web, looks_around=True, on_refusal=refusals.append)

    assert {Rule.PATH_REPEATS, Rule.FILE_TYPE} == {refusal.rule for refusal in refusals}


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


def test_an_address_of_empty_lines_holds_up_no_visit():
    """Each line comes as a piece of its own: what is there already is not counted again for each."""
    begun = time.process_time()
    sitemap = read_sitemap(b"<urlset><url><loc>" + b"\n" * 500_000 + b"</loc></url></urlset>", "http://a.kg/")

    assert [] == sitemap.pages
    assert time.process_time() - begun < 4
