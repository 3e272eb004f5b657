"""What a crawl remembers, it forgets when it is not needed any more: at once, not when Python comes by."""

import asyncio
import gc
import subprocess
import sys
import weakref
from pathlib import Path

import pytest
from small_sites import ROUND, registry_of
from tabled_web import Web, is_own

from crawlers.crawling.child_process import ChildProcess
from crawlers.crawling.jobs import Job
from crawlers.politeness.host_book import HostBook
from crawlers.reports import Finish
from crawlers.storing.lock import only_one
from crawlers.storing.recorder import Recorder, Whose
from crawlers.visiting.frontier import Frontier
from crawlers.visiting.task import Task, Tools
from crawlers.visiting.visit import Visit

# Cancels a thousand time-outs of a minute, and prints how many are still held a moment later.
CANCELS = """
import gc
from crawlers.network.cancelled import forget_cancelled_calls
from scrapy.utils.reactor import install_reactor
install_reactor("twisted.internet.asyncioreactor.AsyncioSelectorReactor")
from twisted.internet import reactor
from twisted.internet.base import DelayedCall

def end():
    print(sum(isinstance(item, DelayedCall) for item in gc.get_objects()))
    reactor.stop()

for _ in range(1000):
    reactor.callLater(60, print).cancel()
forget_cancelled_calls(0.01)
reactor.callLater(0.5, end)
reactor.run()
"""
# Ends, complaining of the name of Arrow's allocator.
POOL = "import sys, pyarrow; sys.exit(pyarrow.default_memory_pool().backend_name)"


async def visited(folder: Path, frontier: Frontier) -> Finish:
    """Visit an imagined site whose two pages link to one another."""
    pages = {"/": (200, {}, "<p>one<a href=/b>b</a>"), "/b": (200, {}, "<p>two<a href=/>a</a>")}
    web, stop = Web(pages), asyncio.Event()
    whose = Whose(country_id="tt", round_id=ROUND, site_id="tt-a")
    task = Task(seeds=("http://a.kg/",), owns=is_own, max_pages=100, looks_around=True)
    with Recorder(folder, whose, "") as recorder:
        tools = Tools(fetch=web.fetch, hosts=HostBook(web.fetch, 0, stop), recorder=recorder, stop=stop)
        return await Visit(task, tools, frontier).run()


def test_what_a_visit_remembers_is_free_as_it_ends(tmp_path: Path):
    """Its captures are put away next: no collector of cycles can be relied on to come by before that."""
    gc.collect()
    gc.disable()
    try:
        frontier = Frontier()
        remembered = weakref.ref(frontier)
        visit = visited(tmp_path, frontier)
        del frontier
        finish = asyncio.run(visit)
        del visit

        assert (Finish.FINISHED, None) == (finish, remembered())
    finally:
        gc.enable()


def test_time_outs_that_did_not_come_about_are_let_go():
    """Not after the time-out, by when a quick site has left thousands of them."""
    command = [sys.executable, "-c", CANCELS]
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout

    assert int(said) < 100


def test_what_arrow_frees_in_the_crawling_process_goes_back_to_the_system(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    """Its own allocator would keep what putting away a site took."""
    monkeypatch.setattr("crawlers.crawling.child_process._COMMAND", (sys.executable, "-c", POOL))
    registry = registry_of({"tt-a": "127.0.0.1:9"}, allow=())
    child = ChildProcess(
        Job(registry=registry, round_id=ROUND, data=tmp_path, site_ids=("tt-a",), max_pages=None)
    )
    with only_one(tmp_path):
        child.run(lambda _: None)

    assert child.last_words.endswith("; system")
