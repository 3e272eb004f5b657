"""E4: a clock that is years ahead, and servers that lie about the time."""

import asyncio
import http.server
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

import pytest
from small_sites import ROUND, registry_of

from crawlers.crawling.server_clocks import ServerClocks, told_by
from crawlers.errors import WrongClockError
from crawlers.harvest import crawl
from crawlers.network.answers import Answer, Asked
from crawlers.reports import Finish

pytestmark = pytest.mark.usefixtures("warm")  # no test here is about how a process begins

NOW = datetime(2036, 11, 25, 12, tzinfo=UTC)
TEN_YEARS = timedelta(days=3653)


def after(*told: datetime | None) -> tuple[ServerClocks, bool]:
    """Return what is thought of our clock, and whether visits stop, after machines told these times."""
    stop = asyncio.Event()
    clocks = ServerClocks(stop)
    for number, time in enumerate(told):
        clocks.hear(f"192.0.2.{number}", time, NOW)
    return clocks, stop.is_set()


def test_e4_a_clock_ten_years_ahead_stops_all_visits():
    """Three machines that agree are believed; the words say what each clock shows."""
    clocks, is_stopped = after(*[NOW - TEN_YEARS] * 3)

    assert is_stopped
    assert clocks.fault is not None
    assert (
        "says 2036-11-25 12:00 UTC, and 3 of the 3 servers that were asked say 2026-11-25 12:00"
        in clocks.fault
    )


@pytest.mark.parametrize(
    "told",
    [
        [NOW - TEN_YEARS, NOW, NOW, NOW],
        [NOW, datetime(1970, 1, 1, tzinfo=UTC), datetime(2099, 1, 1, tzinfo=UTC), NOW, NOW],
        [
            datetime(1970, 1, 1, tzinfo=UTC),
            datetime(2000, 1, 1, tzinfo=UTC),
            datetime(2099, 1, 1, tzinfo=UTC),
        ],
        [NOW - TEN_YEARS] * 2,
        [None] * 5,
        [NOW - timedelta(hours=20)] * 5,
    ],
    ids=["one liar", "two liars", "only liars", "two witnesses", "no dates", "a wrong time zone"],
)
def test_e4_servers_that_lie_or_contradict_each_other_stop_nothing(told: list[datetime | None]):
    """Several must tell, and more than half of them must tell the same day, and not ours."""
    clocks, is_stopped = after(*told)

    assert (None, False) == (clocks.fault, is_stopped)


def test_e4_liars_that_come_first_are_outvoted():
    """Servers that contradict each other let the next ones speak."""
    epoch = datetime(1970, 1, 1, tzinfo=UTC)
    _, is_stopped = after(epoch, datetime(2099, 1, 1, tzinfo=UTC), *[NOW - TEN_YEARS] * 3)

    assert is_stopped


def test_e4_one_machine_is_one_witness():
    """Half a government may live on one server."""
    stop = asyncio.Event()
    clocks = ServerClocks(stop)
    for _ in range(9):
        clocks.hear("192.0.2.1", NOW - TEN_YEARS, NOW)

    assert not stop.is_set()


def test_e4_a_clock_that_jumps_after_it_was_believed_stops_nothing():
    """The round has its name by then; that times jumped is told by a check."""
    clocks, _ = after(NOW, NOW, NOW)
    for number in range(9):
        clocks.hear(f"198.51.100.{number}", NOW - TEN_YEARS, NOW)

    assert clocks.fault is None


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"Date": "Tue, 25 Nov 2036 12:00:00 GMT"}, NOW),
        ({"date": "Tue, 25 Nov 2036 11:00:00 GMT", "age": "3600"}, NOW),
        ({"Date": "Tue, 25 Nov 2036 12:00:00 GMT", "Age": "for ever"}, NOW),
        ({"Date": "yesterday"}, None),
        ({"Date": "Tue, 25 Nov 2036 12:00:00 GMT", "Age": "9" * 30}, None),
        ({}, None),
    ],
)
def test_e4_the_time_that_an_answer_tells_is_its_date_and_its_age_in_a_cache(
    fields: dict[str, str], told: datetime | None
):
    """RFC 9110 and RFC 9111; whatever is no date tells nothing."""
    answer = Answer(
        asked=Asked(url="http://xy.example/", asked_at=NOW, header=b""),
        elapsed_seconds=0.1,
        status=200,
        headers=tuple(fields.items()),
        body=b"",
        ip_address="192.0.2.1",
        tls_fault=None,
        is_cut=False,
    )

    assert told == told_by(answer)


@contextmanager
def servers(days_back: int) -> Iterator[list[str]]:
    """Serve three machines whose clocks are `days_back` behind ours; yield their hosts with ports."""

    class Server(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(404 if self.path == "/robots.txt" else 200)
            self.send_header("Content-Type", "text/html")
            self.send_header("Content-Length", "2")
            self.end_headers()
            self.wfile.write(b"ok")

        def date_time_string(self, timestamp: float | None = None) -> str:  # noqa: ARG002 - the library's
            return format_datetime(datetime.now(UTC) - timedelta(days=days_back), usegmt=True)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    with ExitStack() as running:
        hosts = []
        for number in (2, 3, 4):
            try:
                server = http.server.ThreadingHTTPServer((f"127.0.0.{number}", 0), Server)
            except OSError:
                pytest.skip("this system has one loopback address only")
            running.callback(server.server_close)
            running.callback(server.shutdown)
            threading.Thread(target=server.serve_forever, daemon=True).start()
            hosts.append(f"127.0.0.{number}:{server.server_port}")
        yield hosts


def harvest(hosts: list[str], data: Path) -> set[Finish]:
    """Crawl the machines, each a site; return how their visits ended."""
    sites = {f"tt-{number}": host for number, host in enumerate(hosts)}
    registry = registry_of(sites, allow=tuple(hosts), delay_seconds=0, looks_around=False)
    return {report.finish for report in crawl(registry, round_id=ROUND, data=data)}


def test_e4_no_round_is_filed_under_a_clock_that_the_servers_contradict(tmp_path: Path):
    """What was captured is kept apart, with the reason: it hides no true round, and nothing is lost."""
    with servers(days_back=3653) as hosts, pytest.raises(WrongClockError, match=r"set it \(NTP\)"):
        harvest(hosts, tmp_path)
    apart = tmp_path / "quarantine" / ROUND

    assert [] == list(tmp_path.glob("captures/*"))
    assert "servers that were asked say" in (apart / "REASONS.txt").read_text()
    assert list(apart.glob("tt-*/site.json"))


def test_e4_servers_whose_clocks_agree_with_ours_are_visited_to_the_end(tmp_path: Path):
    """A few hours are a time zone, and no other day."""
    with servers(days_back=0) as hosts:
        assert {Finish.FINISHED} == harvest(hosts, tmp_path)
