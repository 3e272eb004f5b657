"""Several presses at once: pages of many alike are printed by processes of their own, a batch at a time.

Which process prints a page changes nothing in it. Few are printed by the process that asks: to
start others takes longer than that.
"""

import os
from collections import deque
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from itertools import islice
from multiprocessing import get_context
from pathlib import Path

from warehouse.portal.errors import PrinterDiedError
from warehouse.portal.knowledge import PortalKnowledge
from warehouse.portal.press import PortalReport, Press
from warehouse.portal.reader import Row
from warehouse.portal.site import Site

ALONE = 3_000  # services, or what takes as long, that one process prints by itself
_BATCH = 50  # rows
_AHEAD = 3  # batches that wait for each process: memory stays flat

Print = Callable[[Press, Row], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Order:
    """What a process needs to make a press of its own."""

    folder: Path
    knowledge: PortalKnowledge
    site: Site


_order: _Order | None = None  # of this process


def print_all(press: Press, rows: Iterable[Row], count: int, how: Print) -> None:
    """Print what `how` prints for each of `rows`, about `count` of them; `how` is a function of a module.

    Raises:
        PortalError: a page cannot be printed. PrinterDiedError: a process that prints has died.
    """
    processes = press.processes or os.cpu_count() or 1
    if count <= ALONE or processes == 1:
        for row in rows:
            how(press, row)
    else:
        order = _Order(folder=press.folder, knowledge=press.knowledge, site=press.site)
        _print_apart(press, rows, how, order, processes)


def _print_apart(press: Press, rows: Iterable[Row], how: Print, order: _Order, processes: int) -> None:
    context = get_context("spawn")  # DuckDB and vl-convert have threads, which a fork would lose
    under_way: deque[Future[PortalReport]] = deque()
    waiting = iter(rows)
    try:
        with ProcessPoolExecutor(processes, context, _take_order, (order,)) as pool:
            while batch := list(islice(waiting, _BATCH)):
                under_way.append(pool.submit(_print_batch, how, batch))
                if len(under_way) >= processes * _AHEAD:
                    press.count(under_way.popleft().result())
            for printed in under_way:
                press.count(printed.result())
    except BrokenProcessPool as problem:
        raise PrinterDiedError(f"a process that prints pages has died: {problem}") from problem


def _take_order(order: _Order) -> None:
    global _order  # noqa: PLW0603 - what a process of a pool knows, it knows so
    _order = order


def _print_batch(how: Print, rows: Sequence[Row]) -> PortalReport:
    if _order is None:
        raise AssertionError("a process of the pool starts with its order")
    press = Press(_order.folder, _order.knowledge, _order.site)
    for row in rows:
        how(press, row)
    return press.report()
