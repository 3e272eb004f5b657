"""In which order a site's addresses are asked for, and what bounds the memory of it."""

import tracemalloc

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawlers.network.addresses import parse_address
from crawlers.politeness.decisions import Rule
from crawlers.visiting.address_forms import family_of, form_of
from crawlers.visiting.frontier import Frontier, Wanted
from crawlers.visiting.parsed import ParsedPage
from crawlers.visiting.scoring import Region, scoring

A = "http://a.kg"


def wanted(path: str, text: str | None = None, **more: object) -> Wanted:
    """Return an address of a.kg, linked to from its home page."""
    return Wanted(**{"url": A + path, "depth": 1, "link_text": text, "referrer_url": f"{A}/"} | more)


def order(*links: Wanted, frontier: Frontier | None = None) -> list[str]:
    """Return the paths of links in the order in which they are asked for."""
    frontier = Frontier() if frontier is None else frontier
    for link in links:
        frontier.add(link)
    taken = []
    while link := frontier.take():
        taken.append(link.url.removeprefix(A))
    return taken


@pytest.mark.parametrize(
    ("better", "worse"),
    [
        (wanted("/1", "Кызматтар"), wanted("/2", "Биз жөнүндө")),
        (wanted("/1", "Подать заявление"), wanted("/2", "О нас")),
        (wanted("/1", "Apply"), wanted("/2", "About")),
        (wanted("/1", "Мемлекеттік қызметтер"), wanted("/2", "Біз туралы")),
        (wanted("/1", "Davlat xizmatlari"), wanted("/2", "Biz haqimizda")),
        (wanted("/1", "Хадамоти давлатӣ"), wanted("/2", "Дар бораи мо")),
        (wanted("/uslugi/1"), wanted("/about/1")),
        (wanted("/%D1%83%D1%81%D0%BB%D1%83%D0%B3%D0%B8"), wanted("/%D0%BE-%D0%BD%D0%B0%D1%81")),
        (wanted("/1", "О нас"), wanted("/2", "Новости")),
        (wanted("/1", "О нас"), wanted("/news/2")),
        (wanted("/1", "Услуги"), wanted("/2", "Новости об услугах")),
        (wanted("/1", "О нас"), wanted("/2.pdf", "О нас")),
        (wanted("/1", "О нас"), wanted("/2", "О нас", depth=5)),
        (wanted("/1", "О нас"), wanted("/2", "О нас", region=Region.FOOTER)),
        (wanted("/1", "О нас"), wanted("/2", "О нас", region=Region.PAGER)),
        (wanted("/1", "О нас"), wanted("/2", "Услуги", region=Region.VERSION)),
        (wanted("/1", "Справка", page_promise=0.9), wanted("/2", "Справка")),
        (wanted("/1", "Новости", is_seed=True), wanted("/2", "Услуги")),
        (wanted("/1", "Новости"), wanted("/2", "Услуги", attempts=1)),
    ],
)
def test_what_promises_more_comes_first(better: Wanted, worse: Wanted):
    """By words in three languages and their neighbours', region, depth, the linking page, kind of file."""
    assert [better.url, worse.url] == [A + path for path in order(worse, better)]


def test_words_of_service_come_in_kazakh_uzbek_and_tajik_too():
    """A country is added with data alone; its languages are not."""
    for text in ("Өтініш беру", "Ariza berish", "Хизматлар"):
        assert ["/1", "/2"] == order(wanted("/2", "X"), wanted("/1", text))


def test_what_carried_services_in_earlier_rounds_comes_first():
    """Whatever its words are."""
    frontier = Frontier(earlier={f"{A}/x17": 1.0})

    assert ["/x17", "/1"] == order(wanted("/1", "О нас"), wanted("/x17", "О нас"), frontier=frontier)


def test_pages_like_those_that_gave_services_come_first():
    """The form of an address is judged by what its pages gave on this site."""
    frontier = Frontier()
    for number in range(5):
        frontier.learn(wanted(f"/p/{number}"), promise=0.0)
        frontier.learn(wanted(f"/q/{number}"), promise=0.9)

    assert ["/q/9", "/p/9"] == order(wanted("/p/9"), wanted("/q/9"), frontier=frontier)


def test_what_already_waits_moves_when_its_form_is_known_better():
    """Learning is not too late for links that were seen before."""
    frontier = Frontier()
    for path in ("/p/8", "/p/9", "/q/8", "/q/9"):
        frontier.add(wanted(path))
    for number in range(3):
        frontier.learn(wanted(f"/q/{number}"), promise=1.0)

    assert ["/q/8", "/q/9", "/p/8", "/p/9"] == order(frontier=frontier)


def test_lists_that_lead_to_services_come_before_lists_that_do_not():
    """A page counts in part for the form of the page that led to it."""
    frontier = Frontier()
    for number in range(5):
        frontier.learn(wanted(f"/list?a={number}"), promise=0.0)
        frontier.learn(wanted(f"/archive?a={number}"), promise=0.0)
        frontier.learn(wanted(f"/x/{number}", referrer_url=f"{A}/list?a={number}"), promise=1.0)

    assert ["/list?a=9", "/archive?a=9"] == order(
        wanted("/archive?a=9"), wanted("/list?a=9"), frontier=frontier
    )


def test_c5_versions_of_a_page_wait_until_each_page_was_seen_in_one():
    """Language mirrors, a last slash, case, `www.` and scheme: the same page, most likely."""
    first = wanted("/ru/uslugi/1", "Услуги")
    other = [wanted(path, "Услуги") for path in ("/ky/uslugi/1", "/ru/uslugi/1/", "/RU/Uslugi/1")]
    elsewhere = [replaced(first, "https://a.kg/ru/uslugi/1"), replaced(first, "http://www.a.kg/ru/uslugi/1")]
    paths = order(first, *other, *elsewhere, wanted("/about"))

    assert ["/ru/uslugi/1", "/about"] == paths[:2]
    assert 7 == len(paths)


def replaced(link: Wanted, url: str) -> Wanted:
    """Return `link` with another address."""
    return Wanted(url=url, depth=link.depth, link_text=link.link_text)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("http://a.kg/ky/x", "http://a.kg/ru/x"),
        ("http://a.kg/x", "http://a.kg/en/x"),
        ("http://a.kg/ky-kg/x", "http://a.kg/ru-ru/x"),
        ("http://a.kg/site/ky/x", "http://a.kg/site/ru/x"),
        ("http://a.kg/x?id=1&lang=ky", "http://a.kg/x?lang=ru&id=1"),
        ("http://a.kg/", "http://a.kg/ky"),
    ],
)
def test_c5_language_mirrors_are_of_one_family(one: str, other: str):
    """As sites write them: in the path or in a parameter, with kg for ky."""
    assert family_of(one) == family_of(other)


def test_c5_what_only_looks_like_a_language_tells_pages_apart():
    """Deep in a path, `en` and `de` are names like others."""
    assert family_of("http://a.kg/a/b/c/de") != family_of("http://a.kg/a/b/c/en")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("http://a.kg/ru/news/17", "http://a.kg/ky/news/2034"),
        ("http://a.kg/ru/news-17.php", "http://a.kg/ru/news-18.php"),
        ("http://a.kg/usluga/spravka", "http://a.kg/usluga/pasport"),
        ("http://a.kg/?act=view&id=3", "http://a.kg/?id=4&act=view"),
        ("http://a.kg/a-long-name-of-a-page/1", "http://a.kg/another-long-name-too/2"),
    ],
)
def test_addresses_of_one_form_are_learned_from_together(one: str, other: str):
    """Numbers and names of single pages are left out of it."""
    assert form_of(one) == form_of(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("http://a.kg/news/17", "http://a.kg/uslugi/17"),
        ("http://a.kg/news-17", "http://a.kg/order-17"),
        ("http://a.kg/?act=view&id=3", "http://a.kg/?act=list&id=3"),
    ],
)
def test_sections_are_forms_of_their_own(one: str, other: str):
    """Or nothing could be learned."""
    assert form_of(one) != form_of(other)


def test_the_queue_is_bounded_and_says_what_falls_out(monkeypatch: pytest.MonkeyPatch):
    """The worst falls out, as `budget`; the best stays."""
    small = scoring().model_copy(update={"max_waiting": 40})
    monkeypatch.setattr("crawlers.visiting.frontier.scoring", lambda: small)
    frontier, dropped = Frontier(), []
    frontier.on_drop = lambda link, rule: dropped.append((link.url, rule))
    best = [wanted(f"/uslugi/{number}", "Услуга") for number in range(10)]
    taken = order(*(wanted(f"/news/{number}") for number in range(100)), *best, frontier=frontier)

    assert {link.url.removeprefix(A) for link in best} <= set(taken)
    assert {Rule.PAGE_LIMIT} == {rule for _, rule in dropped}
    assert 110 == len(taken) + len(dropped)


def test_more_addresses_than_are_remembered_are_refused(monkeypatch: pytest.MonkeyPatch):
    """A site cannot fill our memory by inventing addresses."""
    small = scoring().model_copy(update={"max_known": 5})
    monkeypatch.setattr("crawlers.visiting.frontier.scoring", lambda: small)
    frontier = Frontier()
    rules = [frontier.add(wanted(f"/{number}")) for number in range(8)]

    assert [None] * 5 + [Rule.PAGE_LIMIT] * 3 == rules


@pytest.mark.soak
def test_the_memory_of_an_address_that_was_asked_for_is_small():
    """400 bytes each at most: what fifty thousand pages leave behind is twenty megabytes."""
    tracemalloc.start()
    frontier = Frontier()
    for number in range(20000):
        url = f"/ru/news/{number}"
        assert frontier.is_new_spelling(A + url)
        frontier.add(wanted(url))
        frontier.take()
    parse_address.cache_clear()  # is bounded, and no memory of the frontier's
    used, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert used < 400 * 20000


@given(st.lists(st.sampled_from(["/news/1", "/uslugi/1", "/x", "/y.pdf", "/ru/x", "/ky/x"]), max_size=20))
def test_each_address_is_handed_out_once(paths: list[str]):
    """However often it comes, and whatever else does."""
    assert sorted(set(paths)) == sorted(order(*map(wanted, paths)))


REGIONS = """<body><header><a href='/h'>h</a></header><nav><a href='/n'>n</a></nav>
<main><a href='/m'>m</a><div class='pagination'><a href='/?p=2'>2</a></div></main>
<ul class='main-Menu'><li><a href='/u'>u</a></li></ul><div id='Footer'><a href='/f'>f</a></div>
<link rel='alternate' hreflang='ky' href='/ky/'></body>"""


def test_regions_are_seen_by_elements_and_by_names():
    """Many sites have no `<nav>`, but a menu by name."""
    regions = ParsedPage(REGIONS.encode(), f"{A}/", "text/html").regions
    expected = {"/h": "navigation", "/n": "navigation", "/u": "navigation", "/f": "footer"}
    expected |= {"/?p=2": "pager", "/ky/": "version"}

    assert expected == {url.removeprefix(A): region.value for url, region in regions.items()}


@pytest.mark.parametrize(
    ("html", "least", "most"),
    [
        ("<h1>Новости</h1><p>Министр провёл встречу.</p>", 0.0, 0.0),
        ("<h1>О нас</h1><p>История ведомства.</p>", 0.0, 0.0),
        (
            "<h1>Выдача справки</h1><p>Перечень документов: паспорт. Срок оказания: 3 рабочих дня.</p>",
            0.7,
            1.0,
        ),
        ("<h1>Кызмат</h1><p>Керектүү документтер. Иш күн: 3. Мамлекеттик алым жок.</p>", 0.9, 1.0),
        ("<h1>Permit</h1><form><input name=a><input name=b><textarea name=c></textarea></form>", 0.5, 0.7),
        ("<h1>Поиск</h1><form><input name=q></form>", 0.0, 0.0),
    ],
)
def test_a_page_promises_a_service_by_its_title_its_form_and_its_facts(html: str, least: float, most: float):
    """Enough to steer by; what a page really is is decided elsewhere."""
    assert least <= ParsedPage(html.encode(), f"{A}/", "text/html; charset=utf-8").promise <= most
