"""Where redirects and odd links lead, and by which ways we go: HOSTILE_CASES A7, A9, A11 and A12."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from certificates import signed
from faults import FaultServer, answer, links_to, not_found, redirects_to, sends
from odd_child import Odd, start_odd_children
from odd_rounds import OddRound, server
from small_sites import ROUND, registry_of
from test_a3_tls import _context

from crawlers.captures_io import read_captures
from crawlers.crawling.spider import scrapy_settings
from crawlers.harvest import crawl
from crawlers.outcomes import Outcome
from crawlers.policy import policy
from crawlers.storing.shelf import site_folder

NO_ADDRESSES = {
    "file": "file:///etc/hostname",
    "ftp": "ftp://ftp.example/x",
    "data": "data:text/html,<p>x",
    "javascript": "javascript:location='/x'",
    "gopher": "gopher://gopher.example/",
    "s3": "s3://bucket/x",
    "view-source": "view-source:http://a.example/",
    "blob": "blob:http://a.example/1",
    "mailto": "mailto:a@example.org",
}
CYRILLIC = "/кызмат/төлөм"


@pytest.fixture(scope="module")
def seen(tmp_path_factory: pytest.TempPathFactory) -> Iterator[OddRound]:
    """One crawl of sites with every kind of redirect."""
    data = tmp_path_factory.mktemp("ways")
    foreign = server(links_to())
    own = signed("127.0.0.1")
    secure = FaultServer({"/secure": redirects_to("/end"), "/end": links_to()}, tls=_context(data, [own]))
    servers = {
        "tt-chain": server(
            links_to("/c0"), {f"/c{n}": redirects_to(f"/c{n + 1}") for n in range(30)} | {"/c30": links_to()}
        ),
        "tt-loop": server(
            links_to("/a"),
            {"/a": redirects_to("/b"), "/b": redirects_to("/a"), "/self": redirects_to("/self")},
        ),
        "tt-kinds": server(
            links_to("/relative/x", "/up/x", "/bare", "/utf8", "/secured", "/refresh", "/field", "/none"),
            {
                "/relative/x": redirects_to("y", status=301),
                "/relative/y": links_to(),
                "/up/x": redirects_to("../top?a=1#part", status=307),
                "/top": links_to(),
                "/bare": redirects_to("?page=2", status=308),
                "/utf8": redirects_to(CYRILLIC, status=303),
                "/secured": redirects_to(f"https://{secure.host}/secure"),
                "/refresh": sends(answer('<meta http-equiv="Refresh" content="5;URL=/refreshed">')),
                "/refreshed": links_to(),
                "/field": sends(answer("<!doctype html><p>x", "Refresh: 0; url=/by-field")),
                "/by-field": links_to(),
                "/none": sends(b"HTTP/1.1 302 Found\r\nContent-Length: 0\r\n\r\n"),
            },
        ),
        "tt-schemes": server(
            links_to(*NO_ADDRESSES.values(), *(f"/{name}" for name in NO_ADDRESSES)),
            {f"/{name}": redirects_to(target) for name, target in NO_ADDRESSES.items()},
        ),
        "tt-away": server(
            links_to("/away", f"http://{foreign.host}/linked"),
            {"/away": redirects_to(f"http://{foreign.host}/")},
        ),
        "tt-whole-away": server(redirects_to(f"http://{foreign.host}/")),
        "foreign": foreign,
        "secure": secure,
    }
    hosts = {name: one.host for name, one in servers.items() if name.startswith("tt-")}
    registry = registry_of(hosts, allow=tuple(one.host for one in servers.values()))
    sites = [
        site.model_copy(update={"stay_under": (*site.stay_under, secure.host)})
        if site.id == "tt-kinds"
        else site
        for site in registry.sites
    ]
    reports = crawl(registry.model_copy(update={"sites": tuple(sites)}), round_id=ROUND, data=data)
    yield OddRound(data, servers, {report.site_id: report for report in reports})
    for one in servers.values():
        one.close()


def test_a7_a_long_chain_ends_at_the_limit_and_is_stored_hop_by_hop(seen: OddRound):
    """Each hop has a row that names the next, and the row after it that names it."""
    hops = [row for row in seen.captures("tt-chain") if "/c" in row.url]
    limit = policy().max_redirects

    assert [Outcome.REDIRECTED] * limit + [Outcome.POLICY_REFUSED] == [row.outcome for row in hops]
    assert [row.redirect_url for row in hops[:-1]] == [row.url for row in hops[1:]]
    assert [row.url for row in hops[:-1]] == [row.referrer_url for row in hops[1:]]
    assert f"more than {limit} redirects" in str(hops[-1].outcome_detail)


def test_a7_a_loop_is_walked_once(seen: OddRound):
    """And the visit ends."""
    assert ["/a", "/b"] == [path for path in seen.servers["tt-loop"].paths if path in {"/a", "/b"}]


@pytest.mark.parametrize(
    ("path", "target"),
    [("/relative/x", "/relative/y"), ("/up/x", "/top?a=1"), ("/bare", "/bare?page=2")],
)
def test_a7_relative_redirects_are_read_as_browsers_read_them(seen: OddRound, path: str, target: str):
    """Against the address asked for; a fragment is not asked for."""
    host = seen.servers["tt-kinds"].host

    assert Outcome.REDIRECTED == seen.capture("tt-kinds", path).outcome
    assert f"http://{host}{target}" == str(seen.capture("tt-kinds", path).redirect_url).partition("#")[0]
    assert target in seen.servers["tt-kinds"].paths


def test_a7_a_redirect_in_bare_cyrillic_is_followed(seen: OddRound):
    """Servers put the letters there unescaped, in UTF-8; browsers know."""
    assert (
        "/%D0%BA%D1%8B%D0%B7%D0%BC%D0%B0%D1%82/%D1%82%D3%A9%D0%BB%D3%A9%D0%BC"
        in seen.servers["tt-kinds"].paths
    )


def test_a7_a_redirect_crosses_schemes_within_the_site(seen: OddRound):
    """From http to https, and on from there."""
    assert [Outcome.REDIRECTED] == [seen.capture("tt-kinds", "/secured").outcome]
    assert {"/secure", "/end"} <= set(seen.servers["secure"].paths)


@pytest.mark.parametrize(("path", "target"), [("/refresh", "/refreshed"), ("/field", "/by-field")])
def test_a7_a_refresh_is_a_link_of_a_page_that_was_seen(seen: OddRound, path: str, target: str):
    """In the page or in the answer's header; the page itself stays what it is."""
    assert Outcome.OK == seen.capture("tt-kinds", path).outcome
    assert seen.capture("tt-kinds", path).url == seen.capture("tt-kinds", target).referrer_url


def test_a7_a_redirect_to_nowhere_is_an_outcome(seen: OddRound):
    """302 without an address."""
    assert (Outcome.REDIRECTED, None) == (
        seen.capture("tt-kinds", "/none").outcome,
        seen.capture("tt-kinds", "/none").redirect_url,
    )


@pytest.mark.parametrize("name", NO_ADDRESSES)
def test_a9_a_redirect_to_what_is_no_web_address_is_refused_and_told(seen: OddRound, name: str):
    """The row says where it led."""
    capture = seen.capture("tt-schemes", f"/{name}")

    assert Outcome.POLICY_REFUSED == capture.outcome
    assert name in str(capture.outcome_detail)


def test_a9_a_link_to_what_is_no_web_address_is_never_asked_for(seen: OddRound):
    """It gets no row among the captures, as nothing was ever asked."""
    urls = {capture.url for capture in seen.captures("tt-schemes")}

    assert {f"http://{seen.servers['tt-schemes'].host}"} == {"/".join(url.split("/")[:3]) for url in urls}


def test_a9_scrapy_has_no_handler_but_ours():
    """Neither for files nor for anything else: `DOWNLOAD_HANDLERS_BASE` is replaced, not added to."""
    handlers = scrapy_settings()["DOWNLOAD_HANDLERS_BASE"]

    assert {"http", "https"} == set(handlers)
    assert {"crawlers.network.door.GuardedHandler"} == set(handlers.values())


@pytest.mark.parametrize(("site_id", "path"), [("tt-away", "/away"), ("tt-whole-away", "/")])
def test_a11_a_redirect_to_a_foreign_site_is_told_and_not_followed(seen: OddRound, site_id: str, path: str):
    """The other site's page is not this ministry's, even where the whole site has gone there."""
    assert Outcome.MOVED_OFFSITE == seen.capture(site_id, path).outcome
    assert 0 == seen.servers["foreign"].connections


@pytest.mark.parametrize("name", ["http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"])
def test_a12_proxy_variables_are_not_obeyed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str):
    """A proxy would connect for us, where our guard cannot look: there is none, and no variable makes one."""
    proxy = FaultServer({"/": links_to()})
    site = server(links_to())
    monkeypatch.setenv(name, f"http://{proxy.host}")
    (report,) = crawl(registry_of({"tt-a": site.host}, allow=(site.host,)), round_id=ROUND, data=tmp_path)
    site.close()
    proxy.close()

    assert (1, 0) == (report.seen_count, proxy.connections)


@pytest.mark.parametrize("host", ["[::1]", "six.example"])
def test_a12_a_host_with_ipv6_only_is_seen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, host: str):
    """By its number and by its name; the row says by which address."""
    site = FaultServer({"/robots.txt": not_found, "/": links_to()}, ip="::1")
    start_odd_children(monkeypatch, Odd(names={"six.example": ["::1"]}))
    registry = registry_of({"tt-a": f"{host}:{site.port}"}, allow=(site.host,))
    crawl(registry, round_id=ROUND, data=tmp_path)
    (row,) = (row for row in read_captures(site_folder(tmp_path, ROUND, "tt-a")) if row.depth >= 0)
    site.close()

    assert (Outcome.OK, "::1") == (row.outcome, row.ip_address)
