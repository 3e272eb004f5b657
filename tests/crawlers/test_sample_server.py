"""The sample republic as a server: every true address answers, and faults are the faults that were meant."""

import http.client
import socket
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from crawlers.sample import SampleError, generate, served
from crawlers.sample.__main__ import write
from crawlers.sample.model import World
from crawlers.sample.server import HOST, MARK
from crawlers.sample.serving import mark_of, serving
from crawlers.sample.truth import truth_of
from crawlers.sites import load_registry

FIRST_PORT = 22601  # of this file alone
OTHER_PORT = 22701


@pytest.fixture(scope="module")
def world() -> Iterator[World]:
    """The default republic, served on ports of this file."""
    with serving(generate(port=FIRST_PORT), lasts=True) as republic:
        yield republic


def status_of(url: str) -> int:
    """The status of a GET, redirects not followed."""
    host, _, target = url.removeprefix("http://").partition("/")
    connection = http.client.HTTPConnection(host, timeout=20)
    try:
        connection.request("GET", f"/{target}")
        return connection.getresponse().status
    finally:
        connection.close()


def test_every_true_address_answers_200(world: World) -> None:
    """What the truth names can be fetched."""
    known = truth_of(world)
    urls = [
        url
        for service in known.services
        for url in (*service.pages.values(), *service.portal.values(), *service.steps, *service.files)
    ]
    urls += [page.url for page in known.others if page.kind is not None]
    with ThreadPoolExecutor(4) as pool:
        statuses = dict(zip(urls, pool.map(status_of, urls), strict=True))

    assert len(urls) > 700
    assert {} == {url: status for url, status in statuses.items() if status != 200}


def test_a_site_that_is_down_refuses_connections(world: World) -> None:
    """Nothing listens on its port."""
    with pytest.raises(ConnectionRefusedError):
        status_of(world.sites["sample-archive"].root)


@pytest.mark.parametrize(
    ("site_id", "target", "status"),
    [
        ("sample-customs", "", 403),
        ("sample-energy", "robots.txt", 503),
        ("sample-justice", "robots.txt", 200),
        ("sample-tax", "robots.txt", 404),
        ("sample-justice", "no-such-page", 404),
        ("sample-transport", "no-such-page", 200),
        ("sample-construction", "about", 301),
        ("sample-procurement", "cabinet", 302),
        ("sample-portal", "sitemap.xml", 200),
    ],
)
def test_faults_are_the_faults_that_were_meant(world: World, site_id: str, target: str, status: int) -> None:
    """Each site fails, or does not, in its own way."""
    assert status == status_of(world.sites[site_id].root + target)


def test_an_unchanged_page_answers_304(world: World) -> None:
    """A second harvest can ask whether anything changed."""
    url = world.sites["sample-tax"].root
    first = urllib.request.urlopen(url)  # noqa: S310 - our own server
    request = urllib.request.Request(url, headers={"If-None-Match": first.headers["ETag"]})  # noqa: S310

    with pytest.raises(urllib.error.HTTPError, match="304"):
        urllib.request.urlopen(request)  # noqa: S310


def test_nothing_can_be_submitted(world: World) -> None:
    """We never submit a form; if we did, the server would say no."""
    request = urllib.request.Request(world.sites["sample-tax"].root, data=b"name=x")  # noqa: S310

    with pytest.raises(urllib.error.HTTPError, match="405"):
        urllib.request.urlopen(request)  # noqa: S310


def test_head_gives_the_headers_of_get_and_no_body(world: World) -> None:
    """As RFC 9110 has it."""
    connection = http.client.HTTPConnection(world.sites["sample-tax"].host, timeout=20)
    connection.request("HEAD", "/")
    answer = connection.getresponse()

    assert int(answer.headers["Content-Length"]) > 1000
    assert b"" == answer.read()
    connection.close()


def test_a_republic_that_is_already_served_is_used(world: World) -> None:
    """Two programs may want the same republic; it is served once, and outlives the second."""
    with serving(generate(port=FIRST_PORT)):
        pass

    assert 200 == status_of(world.sites["sample-tax"].root)


def test_a_harvest_waits_for_the_republic_of_another_harvest_to_end() -> None:
    """A republic that ends with somebody else's harvest would go away in the middle of ours."""
    first, second = generate(port=OTHER_PORT), generate(port=OTHER_PORT)
    served_at: list[float] = []

    def harvest() -> None:
        with serving(second):
            served_at.append(time.monotonic())

    with serving(first):
        waiting = threading.Thread(target=harvest)
        waiting.start()
        waiting.join(1.5)
        ended_at = time.monotonic()
    waiting.join()

    assert ended_at < served_at[0]


@pytest.mark.soak
def test_a_busy_port_is_named_with_what_to_do() -> None:
    """The error says which port, for which site, and how to choose another."""
    expected = rf"port {OTHER_PORT} .*sample-portal.*BASKYCH_SAMPLE_PORT"
    with (
        socket.create_server((HOST, OTHER_PORT)),
        pytest.raises(SampleError, match=expected),
        serving(generate(port=OTHER_PORT)),
    ):
        pass


def test_another_republic_on_the_ports_is_no_substitute(world: World) -> None:
    """Same ports, another seed: not the republic that was asked for."""
    other = generate(seed=7, port=FIRST_PORT)

    assert mark_of(other) != mark_of(world)
    with pytest.raises(SampleError, match=str(FIRST_PORT)), serving(other):
        pass


def test_a_written_registry_is_served_where_it_says(tmp_path: Path) -> None:
    """Tests run side by side: each writes a registry with ports of its own."""
    write(generate(port=OTHER_PORT), tmp_path)
    registry = load_registry(tmp_path / "sample.yml")
    with served(registry) as republic:
        statuses = [status_of(registry.sites[0].seeds[0])]

    assert [200] == statuses
    assert OTHER_PORT == republic.portal.port


def test_a_registry_of_a_real_country_cannot_be_served() -> None:
    """Only the sample republic is ours to imitate."""
    with pytest.raises(SampleError, match="kg has no `sample` part"), served(load_registry("kg")):
        pass


def test_the_server_says_which_republic_it_is(world: World) -> None:
    """A header tells it from any other program on that port."""
    answer = urllib.request.urlopen(world.sites["sample-tax"].root)  # noqa: S310 - our own server

    assert mark_of(world) == answer.headers[MARK]
