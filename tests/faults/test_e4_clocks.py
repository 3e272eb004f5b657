"""E4: the machine's clock jumps while a site is visited, and servers lie about the time."""

import http.server
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from faulty_disk import FaultyDisk
from tiny_site import REGISTRY, _Office

from crawlers.captures import Capture
from crawlers.captures_io import read_captures
from pipelines.operating.exits import Exit

pytestmark = pytest.mark.soak

DAY, TEN_YEARS = 86_400, 10 * 365 * 86_400
A_VISIT = timedelta(minutes=5)
SITE = """
  - id: xy-{number}
    institution: registry-office
    seeds: ["http://{host}/"]
    stay_under: ["{host}"]
    source: invented
"""


@contextmanager
def office_where_the_clock_jumps(folder: Path, disk: FaultyDisk, seconds: int) -> Iterator[Path]:
    """Serve the small office; at its second page our clock jumps, and its own says it is 1970."""

    class Office(_Office):
        def do_GET(self) -> None:  # noqa: N802 - the library's name
            if self.path == "/birth":
                disk.put_clock(seconds)
            super().do_GET()

        def date_time_string(self, timestamp: float | None = None) -> str:  # noqa: ARG002 - the library's
            return super().date_time_string(0)

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Office)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    registry = folder / "xy.yml"
    registry.write_text(REGISTRY.format(port=server.server_port), encoding="utf-8")
    try:
        yield registry
    finally:
        disk.put_clock(0)
        server.shutdown()
        server.server_close()


@contextmanager
def three_machines(folder: Path) -> Iterator[Path]:
    """Serve the small office on three machines, whose clocks are right; yield the registry."""
    servers = [http.server.ThreadingHTTPServer((f"127.0.0.{number}", 0), _Office) for number in (2, 3, 4)]
    hosts = [f"127.0.0.{number}:{server.server_port}" for number, server in enumerate(servers, 2)]
    head, _, _ = REGISTRY.format(port=0).partition("sites:")
    sites = "".join(SITE.format(number=number, host=host) for number, host in enumerate(hosts))
    allowed = head.replace('"127.0.0.1:0"', ", ".join(f'"{host}"' for host in hosts))
    registry = folder / "xy.yml"
    registry.write_text(f"{allowed}sites:\n{sites}", encoding="utf-8")
    for server in servers:
        threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield registry
    finally:
        for server in servers:
            server.shutdown()
            server.server_close()


def captures(data: Path) -> list[Capture]:
    """Return the captures of the only site, in the order in which it was asked."""
    (file,) = data.glob("captures/*/*/captures.parquet")
    return sorted(read_captures(file.parent), key=lambda one: one.seq)


@pytest.mark.parametrize("seconds", [-DAY, TEN_YEARS], ids=["a day back", "ten years ahead"])
def test_e4_a_clock_that_jumps_during_a_visit_changes_nothing_but_times(
    disk: FaultyDisk, tmp_path: Path, seconds: int
):
    """All pages are there, no duration is below zero or longer than the visit, all times are UTC and ours."""
    data = tmp_path / "data"
    began = datetime.now(UTC)
    with office_where_the_clock_jumps(tmp_path, disk, seconds) as registry:
        ended = disk.run("crawl", "--registry", registry, "--data", data, "--round", "2026-11", under=data)
    found = captures(data)
    pages = [one for one in found if one.depth >= 0]
    jumped = timedelta(seconds=seconds)

    assert Exit.OK == ended.code, ended
    assert ["/", "/birth", "/form.pdf"] == ["/" + one.url.split("/", 3)[3] for one in pages]
    assert list(range(len(found))) == [one.seq for one in found]
    assert all(0 <= one.elapsed_seconds < A_VISIT.total_seconds() for one in found)
    assert began <= pages[0].captured_at <= began + A_VISIT
    assert began + jumped <= pages[-1].captured_at <= began + jumped + A_VISIT
    assert {timedelta(0)} == {one.captured_at.utcoffset() for one in found}


def test_e4_a_clock_ten_years_ahead_files_no_round_that_would_hide_all_others(
    disk: FaultyDisk, tmp_path: Path
):
    """The servers know better: the crawl stops, with a number and what to do; later it goes on as always."""
    data = tmp_path / "data"
    with three_machines(tmp_path) as registry:
        disk.put_clock(TEN_YEARS)
        try:
            refused = disk.run("crawl", "--registry", registry, "--data", data, under=data)
        finally:
            disk.put_clock(0)
        filed = list(data.glob("captures/*/*"))
        ended = disk.run("crawl", "--registry", registry, "--data", data, under=data)

    assert Exit.CRAWLER_FAILED == refused.code, refused
    assert "set it (NTP)" in " ".join(refused.said.split())
    assert [] == filed
    assert Exit.OK == ended.code, ended
    assert [datetime.now(UTC).strftime("%Y-%m")] == [path.name for path in (data / "captures").iterdir()]
