"""However an address is spelled, and wherever it is met, no private machine is contacted (HOSTILE_CASES A8).

Seven crawls meet every spelling, each at another entry point. Canaries listen on loopback, at the very
port that the spellings name; they must count nothing. Beside each spelling stands the
address of a machine that the registry allows: it must be reached from every entry point,
else the silence would prove nothing.
"""

import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from html import escape
from ipaddress import ip_address
from pathlib import Path

import ada_url
import pytest
from faults import Behaviour, FaultServer, answer, links_to, not_found, redirects_to, sends
from odd_child import Odd, start_odd_children
from small_sites import ROUND, registry_of
from spellings import NAMES, spellings
from twisted.internet.address import IPv4Address

from crawlers.captures import Capture
from crawlers.captures_io import read_captures
from crawlers.harvest import crawl
from crawlers.network.addresses import is_ip, parse_address
from crawlers.network.door import _GuardedFactory
from crawlers.network.guard import Guard, is_public
from crawlers.outcomes import Outcome
from crawlers.storing.shelf import site_folder

FEW = 150  # spellings, that the issue asks for
PORT = 22001  # only to be written in addresses
PAGE = sends(answer("<!doctype html><p>canary</p>"))
ROBOTS = "/robots.txt"
Build = Callable[[list[str]], Mapping[str, Behaviour]]


def _linked(targets: list[str]) -> Mapping[str, Behaviour]:
    return {"/": links_to(*map(escape, targets))}


def _document(targets: list[str]) -> Mapping[str, Behaviour]:
    documents = [f"{target.partition('#')[0].rstrip('/')}/form.pdf" for target in targets]
    return {"/": links_to(*map(escape, documents))}


def _pages(pages: list[Behaviour]) -> Mapping[str, Behaviour]:
    """A home page with links to pages of the site's own."""
    return {"/": links_to(*(f"/{n}" for n in range(len(pages))))} | {f"/{n}": p for n, p in enumerate(pages)}


def _redirect(targets: list[str]) -> Mapping[str, Behaviour]:
    return _pages([redirects_to(" ".join(target.split())) for target in targets])


def _canonical(targets: list[str]) -> Mapping[str, Behaviour]:
    head = '<!doctype html><link rel="canonical" href="{0}"><link rel="alternate" hreflang="ru" href="{0}">'
    return _pages([sends(answer(head.format(escape(target)))) for target in targets])


def _refresh(targets: list[str]) -> Mapping[str, Behaviour]:
    head = '<!doctype html><meta http-equiv="refresh" content="0; url={0}">'
    return _pages([sends(answer(head.format(escape(target)))) for target in targets])


def _sitemap(targets: list[str]) -> Mapping[str, Behaviour]:
    lines = "".join(f"Sitemap: {' '.join(target.split())}sitemap.xml\n" for target in targets)
    places = "".join(f"<url><loc>{escape(target)}</loc></url>" for target in targets)
    urls = f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{places}</urlset>'
    robots = f"User-agent: *\nAllow: /\nSitemap: /sitemap.xml\n{lines}"
    return {
        ROBOTS: sends(answer(robots, media_type="text/plain")),
        "/sitemap.xml": sends(answer(urls, media_type="application/xml")),
        "/": links_to(),
    }


BUILDERS: Mapping[str, Build] = {
    "link": _linked,
    "document": _document,
    "redirect": _redirect,
    "canonical": _canonical,
    "refresh": _refresh,
    "sitemap": _sitemap,
}
ENTRY_POINTS = (*BUILDERS, "robots")


@dataclass(frozen=True)
class Met:
    """What came of the crawls."""

    data: Path
    canaries: list[FaultServer]
    open: FaultServer  # the machine that the registry allows
    sites: Mapping[str, FaultServer]

    def captures(self, entry: str) -> list[Capture]:
        """All captures of the site that leads in by one entry point."""
        return list(read_captures(site_folder(self.data / entry, ROUND, "tt-a")))


@pytest.fixture(scope="module")
def met(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Met]:
    """The crawls: a site for each entry point, each with all spellings."""
    canaries = [FaultServer({"/": PAGE})]
    canaries.append(FaultServer({"/": PAGE}, ip="::1", port=canaries[0].port))
    opened = FaultServer({ROBOTS: not_found, **{f"/{entry}/": PAGE for entry in ENTRY_POINTS}})
    spelled = spellings(canaries[0].port)
    sites = {
        entry: FaultServer({ROBOTS: not_found} | build([*spelled, f"http://{opened.host}/{entry}/"]))
        for entry, build in BUILDERS.items()
    }
    sites["robots"] = _redirects_robots([*spelled, f"http://{opened.host}/robots/"])
    with pytest.MonkeyPatch.context() as patch:
        patience = {"give_up_after": 10_000, "timeout_seconds": 20}
        names = NAMES | {f"h{n}.sites.example": ["127.0.0.1"] for n in range(len(spelled) + 1)}
        start_odd_children(patch, Odd(policy=patience, names=names | {"sites.example": ["127.0.0.1"]}))
        data = tmp_path_factory.mktemp("a8")
        with ThreadPoolExecutor(3) as pool:
            done = [pool.submit(_crawl, data, entry, one, opened, spelled) for entry, one in sites.items()]
        for crawled in done:
            crawled.result()
    yield Met(data, canaries, opened, sites)
    for one in (*canaries, opened, *sites.values()):
        one.close()


def _redirects_robots(targets: list[str]) -> FaultServer:
    """A site of many hosts, whose robots.txt each lead to another spelling."""
    by_host = {f"h{n}": redirects_to(" ".join(target.split())) for n, target in enumerate(targets)}
    server = FaultServer({ROBOTS: not_found}, by_host=by_host)
    hosts = (f"http://h{n}.sites.example:{server.port}/" for n in range(len(targets)))
    server.behaviours = {ROBOTS: not_found, "/": links_to(*hosts)}
    return server


def _crawl(data: Path, entry: str, site: FaultServer, opened: FaultServer, spelled: list[str]) -> None:
    """Crawl one site, by a registry that calls every spelling its own, and allows what must be reached."""
    own = dict.fromkeys(address.host_port for address in map(parse_address, spelled) if address)
    names = (f"h{n}.sites.example:{site.port}" for n in range(len(spelled) + 1))
    allow = (opened.host, site.host, *(names if entry == "robots" else ()))
    registry = registry_of({"tt-a": site.host}, allow=allow, looks_around=True)
    under = (site.host, opened.host, f"sites.example:{site.port}", *own)
    wide = registry.sites[0].model_copy(update={"stay_under": under})
    registry = registry.model_copy(update={"sites": (wide,)})
    crawl(registry, round_id=ROUND, data=data / entry, max_pages=5000)


def test_a8_there_are_enough_spellings():
    """At least as many as the issue asks for, none of them twice; and none is of a public machine."""
    made = spellings(PORT)
    numbers = [
        address.host.strip("[]") for url in made if (address := parse_address(url)) and is_ip(address.host)
    ]

    assert len(made) >= FEW
    assert not any(is_public(ip_address(number)) for number in numbers)


@pytest.mark.parametrize("url", spellings(PORT))
def test_a8_no_spelling_passes_the_guard(url: str):
    """It is no address of ours, or is refused in numbers, or is a name that the resolver is asked for."""
    try:
        address = parse_address(ada_url.join_url("http://site.example/", url.strip()))
    except ValueError:
        address = None
    is_name = address is not None and not is_ip(address.host)

    assert (
        address is None
        or (is_name and address.host in {*NAMES, "site.example", "a.example"})
        or Guard(()).refusal(address.host, address.port) is not None
    )


def test_a8_private_addresses_are_never_contacted(met: Met):
    """More than 150 spellings, seven entry points, names that resolve to private addresses: not one call."""
    assert [0, 0] == [canary.connections for canary in met.canaries]


@pytest.mark.parametrize("entry", ENTRY_POINTS)
def test_a8_every_entry_point_leads_to_what_is_allowed(met: Met, entry: str):
    """The control: by the same way, beside the same spellings, an allowed machine is reached."""
    assert any(path.startswith(f"/{entry}/") for path in met.open.paths)


@pytest.mark.parametrize("entry", ENTRY_POINTS)
def test_a8_what_was_refused_is_told(met: Met, entry: str):
    """Rows say that we did not ask, by our own rules, and of which address."""
    refused = [row for row in met.captures(entry) if row.outcome is Outcome.POLICY_REFUSED]

    assert any("is not a public address" in str(row.outcome_detail) for row in refused)
    assert len({row.url for row in refused}) >= 30


def test_a8_the_canary_can_be_reached(tmp_path: Path):
    """The control of the controls: the same canary counts, once a registry allows it."""
    canary = FaultServer({ROBOTS: not_found, "/": PAGE})
    crawl(registry_of({"tt-a": canary.host}, allow=(canary.host,)), round_id=ROUND, data=tmp_path)
    canary.close()

    assert canary.connections >= 1


@pytest.mark.parametrize("answers", [["127.0.0.1", "127.0.0.2"], ["127.0.0.1", "::1"]])
def test_a8_dns_rebinding_leads_nowhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, answers: list[str]):
    """A name answers with an allowed address first, and with another the next time it is asked for."""
    site = FaultServer({ROBOTS: not_found, "/": links_to("/a", "/b")})
    canary = FaultServer({"/": PAGE}, ip=answers[1], port=site.port)
    start_odd_children(monkeypatch, Odd(names={"rebinding.example": answers}))
    registry = registry_of({"tt-a": f"rebinding.example:{site.port}"}, allow=(site.host,))
    crawl(registry, round_id=ROUND, data=tmp_path)
    rows = read_captures(site_folder(tmp_path, ROUND, "tt-a"))
    site.close()
    canary.close()

    assert [ROBOTS] == site.paths
    assert Outcome.POLICY_REFUSED == rows[-1].outcome
    assert 0 == canary.connections


def test_a8_the_peer_is_looked_at_when_the_connection_stands():
    """Before a byte is sent: whatever led there, a private peer gets no protocol to speak to."""
    factory = _GuardedFactory(Guard(["127.0.0.1:8001"]), lambda _: None, "")
    peers = [IPv4Address("TCP", "10.0.0.1", 80), IPv4Address("TCP", "127.0.0.1", 8001)]

    assert [False, True] == [factory.buildProtocol(peer) is not None for peer in peers]


def test_a8_no_socket_of_the_process_goes_round_the_guard(tmp_path: Path):
    """Not even one that Python opens by itself: the system is never asked to connect."""
    canary = FaultServer({"/": PAGE})
    code = (
        "import socket, sys, urllib.request\n"
        "from crawlers.network.guard import Guard, PolicyRefusedError\n"
        "from crawlers.network.sockets import watch_sockets\n"
        "watch_sockets(Guard([]))\n"
        "for ask in (lambda: socket.create_connection(sys.argv[1].split(':')),\n"
        "            lambda: urllib.request.urlopen('http://' + sys.argv[1]),\n"
        "            lambda: socket.socket(type=socket.SOCK_DGRAM).sendto(b'x', ('127.0.0.1', 53))):\n"
        "    try: ask()\n"
        "    except PolicyRefusedError as error: print(error)\n"
    )
    command = [sys.executable, "-c", code, canary.host]
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    canary.close()

    assert 3 == said.count("is not a public address")
    assert 0 == canary.connections
