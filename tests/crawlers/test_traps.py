"""Where a site's addresses lead on for ever, and where we stop: cases C1 to C4, C7, D11."""

import time
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tabled_web import Web, html, visited

from crawlers.network.addresses import Address
from crawlers.politeness.decisions import Refusal, Rule
from crawlers.visiting.canonical import canonical_url
from crawlers.visiting.near_duplicates import SaidBefore
from crawlers.visiting.same_hosts import SameHosts
from crawlers.visiting.trap_rules import trap_rules
from crawlers.visiting.traps import Traps, path_trap

A = "http://a.kg"
FRAME = ["Министерство", "Кызматтар · Жаңылыктар · Байланыш", "Телефон: 0312 00-00-00"]


def rule_at(url: str) -> Rule | None:
    """Return the rule that a single address meets."""
    canonical = canonical_url(url)
    assert canonical
    trap = Traps().trap_at(canonical)
    return trap.rule if trap else None


class Endless(Web):
    """A site of which every page is made by a rule, without end."""

    def __init__(self, make: Callable[[str], tuple[int, dict[str, str], str]]) -> None:
        """Make pages with `make`."""
        super().__init__(answers=self)
        self.make = make

    def get(self, path: str, _: object) -> tuple[int, dict[str, str], str]:
        """Return the page at `path`."""
        return (404, {}, "") if path == "/robots.txt" else self.make(path)


def crawled(folder: Path, web: Web, max_pages: int = 400) -> tuple[list[str], list[Refusal]]:
    """Return the paths that were asked for of a site, robots.txt aside, and what was refused."""
    refusals: list[Refusal] = []
    visited(folder, web, max_pages=max_pages, on_refusal=refusals.append)
    return web.asked[1:], refusals


def rules_of(refusals: list[Refusal]) -> set[Rule]:
    """Return the rules that refused."""
    return {refusal.rule for refusal in refusals}


def test_c1_an_infinite_calendar_ends_after_three_years(tmp_path: Path):
    """Months are known by the name of their parameter; what would follow is refused as `calendar`."""

    def month(path: str) -> tuple[int, dict[str, str], str]:
        number = int(path.partition("month=")[2] or 0)
        status, headers, links = html(*(f"/events?month={number + step}" for step in range(-8, 9)), "/uslugi")
        words = (
            f"<p>Of the {number}th month's meetings there are {number + 7}, in room number {number * 3}</p>"
        )
        return status, headers, words + links

    asked, refusals = crawled(tmp_path, Endless(month))

    assert len(asked) <= trap_rules().calendar_pages + 2
    assert Rule.CALENDAR in rules_of(refusals)
    assert "/uslugi" in asked


@pytest.mark.parametrize(
    "pattern",
    ["/calendar/{year}/{month:02}", "/kalendar/{year}-{month:02}-05", "/events/day/{year}/{month}/5"],
)
def test_c1_calendars_in_paths_end_too(pattern: str):
    """Whatever their place."""
    traps = Traps()
    urls = [A + pattern.format(year=year, month=month) for year in range(1990, 2060) for month in (3, 9)]
    found = [trap.rule for url in urls if (trap := traps.trap_at(url))]

    assert len(urls) - trap_rules().calendar_pages == found.count(Rule.CALENDAR)


def test_c1_a_calendar_that_no_name_gives_away_ends_as_it_says_nothing_new(tmp_path: Path):
    """The same template with another date: links of such pages are followed three times, then no more."""

    def day(path: str) -> tuple[int, dict[str, str], str]:
        number = int(path.rpartition("/")[2] or 0)
        words = (
            f"<p>План мероприятий министерства</p><p>На {number % 28 + 1}.11.{2026 + number} ничего нет</p>"
        )
        status, headers, links = html(f"/x/{number + 1}", f"/y/{number + 1}")
        return status, headers, words + links

    asked, refusals = crawled(tmp_path, Endless(day))

    assert len(asked) <= 20
    assert Rule.NEAR_DUPLICATE in rules_of(refusals)


def test_c1_news_with_a_date_in_their_address_are_no_calendar():
    """Most software puts it there."""
    traps = Traps()

    assert not [n for n in range(500) if traps.trap_at(f"{A}/news/2026/11/{n}-title")]


@pytest.mark.parametrize(
    "spelling",
    [
        "/x;jsessionid=0A1B2C",
        "/x;JSESSIONID=0A1B2C.node1",
        "/(S(k2hd1a45))/x",
        "/x?PHPSESSID=9f8a7b",
        "/x?sid=0123456789abcdef0123",
        "/x?ASPSESSIONIDQQ=ABC",
        "/x?CFID=1&CFTOKEN=2",
        "/x?osCsid=9a8b",
        "/x?utm_source=a&utm_medium=b&fbclid=c&yclid=d",
    ],
)
def test_c2_a_session_in_the_address_names_no_other_page(spelling: str):
    """In its path or in its parameters."""
    assert f"{A}/x" == canonical_url(A + spelling)


def test_c2_a_site_that_gives_each_page_a_new_session_is_seen_once(tmp_path: Path):
    """Its pages are as many as they are."""
    counter = iter(range(10**6))
    names = ("/", "/a", "/b", "/c")
    web = Endless(lambda _: html(*(f"{name};jsessionid={next(counter):032X}" for name in names)))
    asked, _ = crawled(tmp_path, web)

    assert sorted(names) == sorted(asked)


@pytest.mark.parametrize(
    ("spelling", "canonical"),
    [
        ("/x?b=2&a=1", "/x?a=1&b=2"),
        ("/x?a=2&a=1", "/x?a=2&a=1"),
        ("/x?id=7&print=Y", "/x?id=7"),
        ("/x?id=7&print=1&tmpl=component", "/x?id=7"),
        ("/x?sort=price&order=asc", "/x"),
        ("/x?orderby=date&dir=desc&id=3", "/x?id=3"),
        ("/x?order=17", "/x?order=17"),
        ("/x?view=list", "/x?view=list"),
        ("/x?replytocom=12", "/x"),
    ],
)
def test_c3_the_order_of_parameters_and_of_lists_makes_no_other_page(spelling: str, canonical: str):
    """Parameters are sorted by name, those that only sort or print are dropped; which is data."""
    assert A + canonical == canonical_url(A + spelling)


def test_c3_faceted_search_is_seen_in_a_few_combinations(tmp_path: Path):
    """Of a catalogue with ten filters in any order, not 10! pages are asked for."""

    def catalogue(path: str) -> tuple[int, dict[str, str], str]:
        chosen = [pair for pair in path.partition("?")[2].split("&") if pair]
        left = [f"f{n}={n}" for n in range(10) if f"f{n}={n}" not in chosen]
        status, headers, links = html(*("/list?" + "&".join([*chosen, more]) for more in left), "/uslugi")
        return status, headers, f"<p>{path} {hash(path)} a page of its own words each time</p>{links}"

    asked, refusals = crawled(tmp_path, Endless(catalogue))

    assert len(asked) <= trap_rules().max_parameter_sets + 2
    assert Rule.PARAMETERS in rules_of(refusals)
    assert "/uslugi" in asked


@pytest.mark.parametrize(
    "path",
    [
        "/about/about/about",
        "/a/b/a/b/a/b",
        "/ru/ru/ru/ru",
        "/uslugi/x/uslugi/y/uslugi/z",
        "/1/2/1/2/1/2",
        "/x/news/old/news/older/news",
    ],
)
def test_c4_a_path_that_repeats_itself_is_refused_at_the_third_time(path: str):
    """A relative link that should have been absolute grows with every page."""
    trap = path_trap(path)

    assert trap
    assert Rule.PATH_REPEATS == trap.rule


@pytest.mark.parametrize(
    "path", ["/", "/ru/about/about", "/2026/11/11", "/a/a", "/11/2026/11/05", "/ru/x/ru/y"]
)
def test_c4_a_path_that_only_resembles_itself_is_followed(path: str):
    """Twice is no trap, and dates repeat numbers."""
    assert path_trap(path) is None


def test_c4_a_growing_relative_link_ends(tmp_path: Path):
    """Every page of the site links to one below itself."""

    def page(path: str) -> tuple[int, dict[str, str], str]:
        status, headers, links = html(f"{path.rstrip('/')}/about/", "/uslugi")
        return status, headers, f"<p>A page with words of its own, at {path}</p>{links}"

    asked, refusals = crawled(tmp_path, Endless(page))

    assert {"/", "/about/", "/about/about/", "/uslugi"} <= set(asked)
    assert 2 == max(path.count("about") for path in asked)
    assert {Rule.PATH_REPEATS} == rules_of(refusals)


@pytest.mark.parametrize("spelling", ["//x//y", "/./x/y", "/z/../x/y", "/z/%2e%2e/x/y", "///x/y", "/x/y#top"])
def test_c4_slashes_and_dots_are_one_path(spelling: str):
    """Dots as the URL standard reads them, slashes as web servers do (nginx: merge_slashes)."""
    assert f"{A}/x/y" == canonical_url(A + spelling)


def test_c4_twenty_parts_are_deep_enough():
    """A page deeper than that was made by a machine for itself."""
    parts = [f"part-{number}" for number in range(25)]

    assert rule_at(f"{A}/" + "/".join(parts[:20])) is None
    assert rule_at(f"{A}/" + "/".join(parts[:21])) is Rule.TOO_DEEP


@given(st.text(alphabet="ab/1", max_size=2000))
def test_c4_no_path_takes_long(path: str):
    """Not even one that is made to."""
    begun = time.process_time()
    path_trap(f"/{path}")

    assert time.process_time() - begun < 0.5


def test_c7_a_page_with_ten_thousand_links_is_read_so_far_as_its_limit(tmp_path: Path):
    """The rest is told once, with the number; nothing of it is asked for from this page."""
    web = Web({"/": html(*(f"/{number}" for number in range(10_000)))})
    asked, refusals = crawled(tmp_path, web, max_pages=1)
    too_many = [refusal for refusal in refusals if refusal.rule is Rule.TOO_MANY_LINKS]

    assert ["/"] == asked
    assert [f"{A}/{trap_rules().max_links}"] == [refusal.url for refusal in too_many]


def test_c7_an_address_of_3000_characters_is_not_asked_for(tmp_path: Path):
    """2,083 are what browsers took at their least."""
    asked, refusals = crawled(tmp_path, Web({"/": html("/" + "x" * 3000, "/y?" + "x" * 3000)}))

    assert ["/"] == asked
    assert {Rule.TOO_LONG} == rules_of(refusals)


def test_c7_a_hundred_thousand_parameters_cost_nothing(tmp_path: Path):
    """Such a link is refused before it is taken apart."""
    link = "/x?" + "&".join(f"k{number}=1" for number in range(100_000))
    begun = time.process_time()
    asked, refusals = crawled(tmp_path, Web({"/": html(link)}))

    assert ["/"] == asked
    assert {Rule.TOO_LONG} == rules_of(refusals)
    assert time.process_time() - begun < 5


def test_c7_thirteen_parameters_are_one_too_many():
    """In one address."""
    names = [f"k{number}=1" for number in range(13)]

    assert rule_at(f"{A}/x?" + "&".join(names[:12])) is None
    assert rule_at(f"{A}/x?" + "&".join(names)) is Rule.PARAMETERS


def test_a_form_of_addresses_that_gives_no_services_is_left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """An archive of news without end, each of its own words, ends with its form's budget."""
    few = trap_rules().model_copy(update={"form_pages": 20})
    monkeypatch.setattr("crawlers.visiting.learning.trap_rules", lambda: few)

    def news(path: str) -> tuple[int, dict[str, str], str]:
        number = int(path.rpartition("/")[2] or 0)
        words = "".join(f"<p>слово{number}x{place} ещё слово{number * 7 + place}</p>" for place in range(9))
        status, headers, links = html(*(f"/news/{number + step}" for step in range(1, 9)))
        return status, headers, words + links

    asked, refusals = crawled(tmp_path, Endless(news), max_pages=100)

    assert 21 == len(asked)
    assert Rule.FORM_BUDGET in rules_of(refusals)


def test_d11_a_print_version_repeats_the_page_and_says_which():
    """Its links are followed, as it is the first to repeat that page."""
    said = SaidBefore()
    said.listen("/", [*FRAME, "Добро пожаловать на сайт министерства"])
    said.listen("/1", [*FRAME, "Справка о несудимости", "Выдаётся за три рабочих дня бесплатно"])
    repeat = said.listen("/1?print", ["Справка о несудимости", "Выдаётся за три рабочих дня бесплатно"])

    assert repeat
    assert ("/1", 1, True) == (repeat.original_url, repeat.nth, repeat.is_followed)


def test_d11_the_same_template_with_another_date_is_a_repeat():
    """Dates in figures tell no two pages apart."""
    said = SaidBefore()
    pages = [[*FRAME, "Приём граждан министром", f"{day}.11.2026, 10:{day}"] for day in range(10, 20)]
    repeats = [said.listen(f"/{number}", lines) for number, lines in enumerate(pages)]

    assert repeats[0] is None
    assert ["/0"] * 9 == [repeat.original_url for repeat in repeats[1:] if repeat]


def test_d11_two_services_in_one_template_are_two_pages():
    """However much of the page is the site's frame."""
    said = SaidBefore()
    frame = [f"Строка меню номер {chr(65 + number)} со многими словами" for number in range(60)]
    names = ["Справка о несудимости", "Паспорт гражданина нового образца", "Регистрация брака в загсе"] * 4
    lines = [[*frame, f"{name} — вид {chr(97 + number)}"] for number, name in enumerate(names)]
    repeats = [said.listen(f"/{number}", page) for number, page in enumerate(lines)]

    assert not any(repeats[8:])  # once the frame is known as such


def test_d11_what_repeats_too_often_is_not_followed(tmp_path: Path):
    """And the refusal says which page is repeated."""

    def copy(path: str) -> tuple[int, dict[str, str], str]:
        number = int(path.partition("copy")[2] or 0)
        status, headers, links = html(*(f"/d{step}/copy{number * 3 + step}" for step in (1, 2, 3)))
        return status, headers, "<p>Перечень государственных услуг министерства</p>" + links

    asked, refusals = crawled(tmp_path, Endless(copy))
    told = {refusal.detail for refusal in refusals if refusal.rule is Rule.NEAR_DUPLICATE}

    assert len(asked) < 40
    assert f"the page repeats {A}/" in told


def test_c5_a_site_under_two_schemes_is_asked_under_one(tmp_path: Path):
    """Two redirects from http to https prove it; after that no link is asked for twice, and each is told."""

    def both(path: str) -> tuple[int, dict[str, str], str]:
        if not path.startswith("https://"):
            return 301, {"Location": f"https://a.kg{path}"}, ""
        status, headers, links = html(*(f"http://a.kg/{number}" for number in range(20)))
        return status, headers, f"<p>The page at {path} and its words</p>{links}"

    asked, _ = crawled(tmp_path, Endless(both))
    plain = [path for path in asked if not path.startswith("https://")]

    assert len(plain) <= 3
    assert 21 == len([path for path in asked if path.startswith("https://") and "robots" not in path])


def test_c5_www_and_bare_host_that_answer_alike_are_one(tmp_path: Path):
    """Two pages with the same bytes under both names prove it, too."""
    links = [f"http://{host}/{number}" for number in range(20) for host in ("a.kg", "www.a.kg")]

    def same(path: str) -> tuple[int, dict[str, str], str]:
        return html(*links) if "robots" not in path else (404, {}, "")

    def owns(address: Address) -> bool:
        return address.host in {"a.kg", "www.a.kg"}

    refusals: list[Refusal] = []
    web = Endless(same)
    visited(tmp_path, web, owns=owns, on_refusal=refusals.append)
    www = [path for path in web.asked if "www" in path and "robots" not in path]

    assert len(www) <= 3
    assert Rule.SAME_PAGE in rules_of(refusals)
    assert all("asked for as http://a.kg/" in (r.detail or "") for r in refusals if r.rule is Rule.SAME_PAGE)


def test_c5_another_host_below_is_not_taken_for_the_same():
    """Only `www.` and the scheme may differ."""
    hosts = SameHosts()
    for number in range(5):
        hosts.redirected(f"http://a.kg/{number}", f"http://portal.a.kg/{number}")

    assert "http://a.kg/9" == hosts.preferred("http://a.kg/9")
