"""Understand: pages per CPU-second from a WARC record to findings, beside the floor and two usual ways.

Ours is all that a harvest does with a page: decode, one parse, regions, links, forms, language, lexicons of
all languages, kind and findings. The others only prepare to (`understanding/stacks.py`). All of them read the
same WARC file of the corpus's pages, by turns, and the best of three counts for each.
"""

import io
import os
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

from fastwarc.warc import ArchiveIterator, WarcRecordType
from understanding.stacks import Stack, floor, naive, usual
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from pipelines.clean import page_from_html
from pipelines.find import understand
from pipelines.knowledge import load_knowledge

CORPUS = Path(__file__).parents[2] / "shared" / "corpus" / "pages"
_TURNS = 3
_TERMS = 2000  # of the floor's lexicon
_NAIVE_PAGES = 40  # it is slow
_ASKED_OF_FLOOR, _ASKED_OF_USUAL, _ASKED_OF_TWO = 0.5, 8.0, 1.8


def main() -> int:
    """Print the rows; return 1 where a number that is asked for is missed."""
    pages = sorted(CORPUS.glob("*.html"))
    if not pages:
        print("understand | skipped: the corpus of real pages is not here")
        return 0
    with tempfile.TemporaryDirectory() as folder:
        whole, few = (written(Path(folder) / name, pages[:most]) for name, most in _SETS.items())
        stacks = {"ours": ours, "floor": floor(words()), "usual": usual}
        speeds = {name: len(pages) / best(stack, whole) for name, stack in stacks.items()}
        speeds["naive"] = min(_NAIVE_PAGES, len(pages)) / best(naive(words()), few)
        two = in_processes(2, whole) / in_processes(1, whole)
    of_floor, of_usual = (speeds["ours"] / speeds[name] for name in ("floor", "usual"))
    print(f"understand | {len(pages)} pages | " + " | ".join(f"{n} {s:.0f}/CPU-s" for n, s in speeds.items()))
    print(
        f"understand | {of_floor:.3f} of the floor (asked: {_ASKED_OF_FLOOR}) |"
        f" {of_usual:.1f} x the usual (asked: {_ASKED_OF_USUAL:.0f}) |"
        f" two processes {two:.2f} x one (asked: {_ASKED_OF_TWO})"
    )
    return int(of_floor < _ASKED_OF_FLOOR or of_usual < _ASKED_OF_USUAL or two < _ASKED_OF_TWO)


_SETS = {"whole.warc.gz": None, "few.warc.gz": _NAIVE_PAGES}


def ours(body: bytes) -> None:
    """Do all that a harvest does with a page."""
    understand(page_from_html(body, None), load_knowledge())


def written(path: Path, pages: list[Path]) -> Path:
    """Write a WARC file of `pages`, a response each; return its path."""
    with path.open("wb") as file:
        writer = WARCWriter(file, gzip=True)
        for page in pages:
            headers = StatusAndHeaders("200 OK", [("Content-Type", "text/html")], protocol="HTTP/1.1")
            body = io.BytesIO(page.read_bytes())
            writer.write_record(
                writer.create_warc_record(
                    f"https://{page.stem}.example/", "response", body, http_headers=headers
                )
            )
    return path


def bodies(path: Path) -> Iterator[bytes]:
    """Yield the body of each response in a WARC file."""
    with path.open("rb") as file:
        for record in ArchiveIterator(file, record_types=WarcRecordType.response):
            yield record.reader.read()


def best(stack: Stack, path: Path) -> float:
    """Return the fewest CPU seconds that `stack` needed for all pages of a WARC file."""
    return min(cpu_seconds(stack, path) for _ in range(_TURNS))


def cpu_seconds(stack: Stack, path: Path) -> float:
    """Return the CPU seconds that `stack` needs for all pages of a WARC file."""
    start = time.process_time()
    for body in bodies(path):
        stack(body)
    return time.process_time() - start


def in_processes(count: int, path: Path) -> float:
    """Return how often a second the whole file is read by `count` processes that are already at work."""
    with ProcessPoolExecutor(count, mp_context=get_context("spawn")) as pool:
        list(pool.map(_read, [path] * count))  # each has loaded what it knows
        start = time.perf_counter()
        list(pool.map(_read, [path] * (2 * count)))
        return 2 * count / (time.perf_counter() - start)


def _read(path: Path) -> int:
    for body in bodies(path):
        ours(body)
    return os.getpid()


def words() -> list[str]:
    """The first words of our own lexicons: of the floor's size."""
    terms = (
        term
        for concepts in load_knowledge().lexicon.terms.values()
        for of in concepts.values()
        for term in of
    )
    return [word for term in terms if len(word := term.rstrip("*~ ").lower()) > 1][:_TERMS]


if __name__ == "__main__":
    sys.exit(main())
