"""What concluding a round costs when many rounds came before it: CPU time and memory.

`python benchmarks/known.py [2000] [1,10,30]`: services, and the rounds to be told. A country is imagined
of which, from round to round, a hundredth of the services is moved, a hundredth renamed and moved, and a
hundredth given up for others. Each round is concluded in a process of its own. Issue 6 asks for memory and
time that do not grow with the rounds: only with the services that are known, those too that are gone.
"""

import logging
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))
import pyarrow as pa
import pyarrow.parquet as pq
import structlog

from pipelines.archive_scopes import registry_for_archive
from pipelines.knowledge import load_knowledge
from pipelines.records import PageFact, PageSummary
from pipelines.records_io import write_rows
from pipelines.rounds.core_files import captures_folder, core_file
from pipelines.rounds.known_state import STATE
from pipelines.rounds.round_reading import conclude_round

SITES, ONE_IN = 50, 100
MOST_GROWTH = 1.25  # of the last round beside the second (the first knows nothing), by that of what is known
STEMS = ("бал", "кар", "дор", "мин", "тел", "зор", "вен", "пир", "сук", "лом", "фан", "чер", "гит", "нал")
FACTS = {
    "documents_required": "справка {}",
    "fee": "{} KGS",
    "processing_time": "{} дней",
    "legal_basis": "Закон № {}",
}


def main() -> int:
    """Print a row for each round that is to be told; return 1 where one costs more than those before it."""
    services = int(sys.argv[1]) if len(sys.argv) > 1 else 2_000
    told = [int(one) for one in (sys.argv[2] if len(sys.argv) > 2 else "1,10,30").split(",")]  # noqa: PLR2004 - arguments
    costs: dict[int, tuple[float, float]] = {}
    with tempfile.TemporaryDirectory() as folder:
        for number in range(1, told[-1] + 1):
            _child("lay", folder, number, services)
            costs[number] = _child("conclude", folder, number, services)
            if number in told:
                spent, peak = costs[number]
                print(f"round {number} | {services} services | {spent:.1f} CPU-s | {peak:.0f} MB", flush=True)
        known = _known(Path(folder), told[-1]) / _known(Path(folder), 2)
    growth = [late / early for late, early in zip(costs[told[-1]], costs[2], strict=True)]
    print(
        f"round {told[-1]} beside round 2 | {growth[0]:.2f} of the CPU | {growth[1]:.2f} of the memory |"
        f" {known:.2f} of the services known before (asked: at most {MOST_GROWTH} times that)"
    )
    return int(max(growth) > MOST_GROWTH * known)


def _known(data: Path, number: int) -> int:
    """How many services were known before a round, also such as are gone."""
    return int(pq.read_metadata(core_file(data, STATE, _round(number - 1), "xx")).num_rows)


def _child(work: str, folder: str, number: int, services: int) -> tuple[float, float]:
    """Work on a round in a process of its own; return its CPU seconds and peak memory in MB."""
    command = [sys.executable, __file__, work, folder, str(number), str(services)]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)  # noqa: S603 - ourselves
    seconds, megabytes = map(float, done.stdout.split())
    return seconds, megabytes


def child(work: str, data: Path, number: int, services: int) -> None:
    """Lay the pages of a round, or conclude it; print CPU seconds and peak memory in MB."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING))
    begun = time.process_time()
    if work == "lay":
        lay(data, number, services)
    else:
        conclude_round(data, _round(number), registry_for_archive("xx"), load_knowledge())
    spent = time.process_time() - begun
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(spent, peak / (2**20 if sys.platform == "darwin" else 2**10))


def lay(data: Path, number: int, services: int) -> None:
    """Write the summaries of a round, and what stands for its captures."""
    for site in range(SITES):
        site_id = f"xx-office{site}.example.org"
        captures = captures_folder(data, _round(number), site_id)
        captures.mkdir(parents=True)
        pq.write_table(pa.table({"source": ["web"]}), captures / "captures.parquet")
        rows = list(_pages(site, site_id, number, services))
        write_rows(core_file(data, "summaries", _round(number), site_id), rows, PageSummary)


def _pages(site: int, site_id: str, number: int, services: int) -> Iterator[PageSummary]:
    for place in range(site, services, SITES):
        service = place + services * _times(place, number, 0)  # given up so many times for another
        address = f"/ru/{service}/{_times(place, number, 33) + _times(place, number, 66)}"
        name = _name(service) + (" вторичная" if _times(place, number, 66) % 2 else "")
        yield _page(f"https://{site_id[3:]}{address}", name, service, site_id, number)


def _times(place: int, number: int, turn: int) -> int:
    """How often it was the turn of the service at `place` by round `number`."""
    spread = place // SITES * 13 + place % SITES * 7  # over all sites, alike
    return sum((spread + one) % ONE_IN == turn for one in range(2, number + 1))


def _name(number: int) -> str:
    """A name of three words that no other number has."""
    words = []
    for _ in range(3):
        number, first = divmod(number, len(STEMS))
        number, second = divmod(number, len(STEMS))
        words.append(f"{STEMS[first]}{STEMS[second]}овка")
    return "Регистрация " + " ".join(words)


def _page(url: str, name: str, service: int, site_id: str, number: int) -> PageSummary:
    stated = [(fact, text.format(service * 7 + turn)) for fact, text in FACTS.items() for turn in range(2)]
    return PageSummary(
        page_id=url, capture_id=f"{url} {number}", country_id="xx", round_id=_round(number), site_id=site_id,
        institution_id=site_id.partition(".")[0], provider_id=None, is_joint_portal=False,
        url=url, canonical_url=url, moved_to=None, outcome="ok", language="ru", kind="service",
        kind_confidence=0.9, title=name, h1=name, is_document=False, text_sha256=f"{service}", word_count=200,
        links=(), alternates=(), entries=(), has_form=False,
        facts=tuple(PageFact(fact=fact, value=text, quote=text, offset=0) for fact, text in stated),
    )  # fmt: skip


def _round(number: int) -> str:
    return f"{2020 + (number - 1) // 12}-{1 + (number - 1) % 12:02}"


if __name__ == "__main__":
    if len(sys.argv) == 5:  # noqa: PLR2004 - this is a child
        child(sys.argv[1], Path(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4]))
    else:
        os.environ.setdefault("PYTHONHASHSEED", "0")
        sys.exit(main())
