"""E1 at scale: fifty kills at random moments of crawls of two thousand pages, and nothing is lost.

python -m pytest -m soak tests/soak/test_crawl_kills.py -s        prints the figures; about four minutes
"""

import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from crawl_invariants import (
    archives_are_whole,
    manifest_holds,
    none_lost,
    none_twice,
    offsets_lead_to_records,
    others_are_content,
    records_agree,
    urls,
)
from interrupted_crawls import until_unlocked

from crawlers.captures import Capture
from crawlers.captures_io import read_captures
from crawlers.reports import read_report
from crawlers.sample import generate
from crawlers.sample.registry_file import registry_text
from crawlers.sample.server import _Handler
from crawlers.sample.serving import serving
from crawlers.sites import load_registry
from crawlers.storing.journal import JOURNAL_FILE, read_journal
from crawlers.storing.repair import repair
from crawlers.storing.shelf import mend, part_of, site_folder

pytestmark = pytest.mark.soak

KILLS = int(os.environ.get("BASKYCH_SOAK_KILLS", "50"))
SITES = (
    *("sample-agriculture", "sample-education", "sample-health"),
    *("sample-justice", "sample-social", "sample-tax"),
)
PAGES_EACH = 500  # of which news beyond a measure are left alone
PAGES = 2000  # of all sites
ROUND = "2026-11"
SEED = 2026
FIRST_PORT = 23501
PATIENCE_SECONDS = 120
CRAWL = """
import sys
from pathlib import Path
from crawlers.harvest import crawl
from crawlers.sites import Registry
registry = Registry.model_validate_json(Path(sys.argv[1]).read_bytes())
data, max_pages = Path(sys.argv[3]), int(sys.argv[4])
crawl(registry, round_id=sys.argv[2], data=data, site_ids=sys.argv[5:], max_pages=max_pages)
"""


@dataclass
class Republic:
    """The served republic, and every request that it answered."""

    registry: Path
    answered: Counter[str] = field(default_factory=Counter)

    def crawl(self, data: Path) -> subprocess.Popen[bytes]:
        """Start a crawl in another process."""
        asked = (self.registry, ROUND, data, PAGES_EACH, *SITES)
        command = [sys.executable, "-c", CRAWL, *map(str, asked)]
        return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


@pytest.fixture(scope="module")
def republic(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Republic]:
    """Four ministries with five hundred pages each."""
    folder = tmp_path_factory.mktemp("republic")
    world = generate(None, PAGES_EACH, port=FIRST_PORT)
    (folder / "sample.yml").write_text(registry_text(world), encoding="utf-8")
    # Not served by the crawl itself: the server must outlive it, and remember.
    registry = load_registry(folder / "sample.yml").model_copy(update={"sample": None})
    made = Republic(folder / "registry.json")
    made.registry.write_text(registry.model_dump_json(), encoding="utf-8")
    answer = _Handler._answer

    def answer_and_note(self: _Handler, method: str, target: str, *rest: object) -> bytes:
        reply = answer(self, method, target, *rest)  # type: ignore[arg-type]  # as it was called
        made.answered[f"http://127.0.0.1:{self._answers.site.port}{target}"] += 1
        return reply

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(_Handler, "_answer", answer_and_note)
        with serving(world, lasts=True):
            made.answered.clear()
            yield made


def kill(crawling: subprocess.Popen[bytes], who: str, chance: random.Random) -> None:
    """Kill the child, the parent, both, or the parent while it puts away what the child left."""
    children = Path(f"/proc/{crawling.pid}/task/{crawling.pid}/children")
    child = (
        [int(number) for number in children.read_text(encoding="ascii").split()] if children.exists() else []
    )
    if who != "parent":
        for number in child:
            os.kill(number, signal.SIGKILL)
    if who == "child":
        crawling.wait(PATIENCE_SECONDS)
    if who == "child, then parent":
        time.sleep(chance.uniform(0, 0.3))
    crawling.kill()
    crawling.wait()


def state_of(data: Path, site_id: str) -> tuple[Path, list[Capture]]:
    """The folder in which a site's visit stands, repaired as the next crawl would, and its captures."""
    folder = site_folder(data, ROUND, site_id)
    mend(folder)
    part = part_of(folder)
    if (part / JOURNAL_FILE).exists():
        repair(part)
        return part, list(read_journal(part))
    if not (folder / "captures.parquet").exists():
        return part, []
    kept = folder / JOURNAL_FILE  # without the row that says that our crawler failed
    return folder, list(read_journal(folder) if kept.exists() else read_captures(folder))


def faults_of(folder: Path, captures: list[Capture], unkilled: Counter[str]) -> list[str]:
    """All that is wrong with a site's folder."""
    shelved = manifest_holds(folder) if folder.suffix != ".part" else []
    return [
        *records_agree(folder, captures),
        *archives_are_whole(folder),
        *others_are_content(folder),
        *offsets_lead_to_records(folder, captures),
        *none_twice(captures, unkilled),
        *shelved,
    ]


@dataclass
class Figures:
    """What is told at the end."""

    kills: Counter[str] = field(default_factory=Counter)
    stood: int = 0
    crawls: int = 0
    captures: int = 0  # checked, over all kills
    lost: list[int] = field(default_factory=list)  # answers that a kill took with it


def whole_crawl(republic: Republic, data: Path) -> dict[str, list[Capture]]:
    """Crawl to the end; return the captures by site."""
    assert republic.crawl(data).wait(PATIENCE_SECONDS) == 0
    return {site_id: list(read_captures(site_folder(data, ROUND, site_id))) for site_id in SITES}


def test_e1_fifty_kills_lose_nothing_but_requests_in_flight(tmp_path: Path, republic: Republic):
    """After every kill all invariants hold; the crawl that is left to end has what one without kills has."""
    chance, figures, begun = random.Random(SEED), Figures(), time.monotonic()
    unkilled = whole_crawl(republic, tmp_path / "unkilled")
    counts = {site_id: urls(captures) for site_id, captures in unkilled.items()}

    assert sum(map(len, unkilled.values())) >= PAGES
    while figures.kills.total() < KILLS:
        figures.crawls += 1
        data = tmp_path / f"crawl-{figures.crawls}"
        republic.answered.clear()
        lost = 0
        while figures.kills.total() < KILLS:
            crawling = republic.crawl(data)
            wait_at_random(crawling, republic, chance)
            if crawling.poll() is not None:
                break
            who = chance.choice(["child", "child", "parent", "both", "both", "child, then parent"])
            kill(crawling, who, chance)
            until_unlocked(data)
            states = {site_id: state_of(data, site_id) for site_id in SITES}
            faults = [fault for site_id in SITES for fault in faults_of(*states[site_id], counts[site_id])]
            captures = [capture for _, rows in states.values() for capture in rows]
            faults += none_lost(captures, republic.answered, lost + len(SITES))

            assert [] == faults, f"after kill {figures.kills.total() + 1} ({who})"
            figures.lost.append((republic.answered - urls(captures)).total() - lost)
            lost += figures.lost[-1]
            figures.kills[who] += 1
            figures.captures += len(captures)
        ended = whole_crawl(republic, data)
        for site_id in SITES:
            folder = site_folder(data, ROUND, site_id)

            assert [] == faults_of(folder, ended[site_id], counts[site_id])
            assert (
                read_report(tmp_path / "unkilled" / folder.relative_to(data)).finish
                == read_report(folder).finish
            )
            assert [row.url for row in unkilled[site_id]] == [row.url for row in ended[site_id]]
    sys.stdout.write(
        f"\n{figures.kills.total()} kills {dict(figures.kills)} in {figures.crawls} crawls of"
        f" {sum(map(len, unkilled.values()))} captures; {figures.captures} captures checked;"
        f" answers lost a kill: {dict(sorted(Counter(figures.lost).items()))};"
        f" {time.monotonic() - begun:.0f} s\n"
    )


def wait_at_random(crawling: subprocess.Popen[bytes], republic: Republic, chance: random.Random) -> None:
    """Wait for some further answers and some milliseconds; at times not even for the crawl to begin."""
    enough = republic.answered.total() + chance.choice([0, *range(1, 240, 7)])
    end = time.monotonic() + PATIENCE_SECONDS
    while republic.answered.total() < enough and crawling.poll() is None:
        assert time.monotonic() < end, "the crawl does not move"
        time.sleep(0.001)
    time.sleep(chance.uniform(0, 0.05))
