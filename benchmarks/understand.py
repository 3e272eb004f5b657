"""Understand: pages a second from bytes to findings, beside the usual stack in the same run.

Ours is all that a harvest does with a page: decode, one parse, regions, links, forms, language, lexicons
of all languages, kind and findings. The usual stack is lxml for links, trafilatura's fast mode for the main
text, and the same language detector: it finds nothing, it only prepares to.
"""

import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import pycld2
import trafilatura
from lxml import html

from pipelines.clean import page_from_html
from pipelines.find import understand
from pipelines.knowledge import load_knowledge

CORPUS = Path(__file__).parents[2] / "shared" / "corpus" / "pages"


def main() -> None:
    """Print one row of the table: pages, both speeds, their ratio."""
    pages = [path.read_bytes() for path in sorted(CORPUS.glob("*.html"))]
    if not pages:
        print("understand | skipped: the corpus of real pages is not here")
        return
    knowledge = load_knowledge()
    ours = pages_per_second(lambda body: understand(page_from_html(body, None), knowledge), pages)
    usual = pages_per_second(usual_stack, pages)
    print(
        f"understand | {len(pages)} pages | {ours:.0f} pages/CPU-s | usual {usual:.0f} | {ours / usual:.1f} x"
    )


def usual_stack(body: bytes) -> None:
    """Do with one page what is usually done: links by lxml, main text by trafilatura, language by cld2."""
    try:
        tree = html.fromstring(body)
    except (ValueError, html.etree.ParserError):
        return  # lxml refuses some real pages whole
    tree.xpath("//a/@href")
    text = trafilatura.extract(body, fast=True, include_comments=False) or ""
    pycld2.detect(text.encode(), bestEffort=True)


def pages_per_second(verb: Callable[[bytes], object], pages: Sequence[bytes]) -> float:
    """Return how many of `pages` `verb` does in one second of CPU time, best of three."""
    return len(pages) / min(cpu_seconds(verb, pages) for _ in range(3))


def cpu_seconds(verb: Callable[[bytes], object], pages: Sequence[bytes]) -> float:
    """Return the CPU seconds that `verb` needs for all `pages`."""
    start = time.process_time()
    for page in pages:
        verb(page)
    return time.process_time() - start


if __name__ == "__main__":
    sys.exit(main())
