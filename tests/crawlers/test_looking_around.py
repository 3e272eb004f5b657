"""A visit that looks around: the sitemaps that it asks for, within its budget and its site."""

from pathlib import Path

from sitemap_texts import HERE, XML, A, explored, index, urlset
from tabled_web import Web, html, visited

from crawlers.outcomes import Outcome
from crawlers.politeness.decisions import Refusal, Rule
from crawlers.reports import Finish
from crawlers.storing.journal import read_journal
from crawlers.visiting.sitemaps import sitemap_rules


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
