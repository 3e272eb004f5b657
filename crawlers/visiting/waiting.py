"""What waits, in one line for each form of address: what is learned of a form moves its whole line."""

import heapq
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Generic, TypeVar

_Item = TypeVar("_Item")
_SPARE_PLACES = 1000  # out of date, in the order of lines, before it is made anew


@dataclass(slots=True)
class _Line(Generic[_Item]):
    """What waits in one line, best first: points (less is sooner), order of coming, the item itself."""

    waiting: list[tuple[float, int, _Item]] = field(default_factory=list)
    turn: int = 0  # which of its places in the order of lines is the true one


class WaitingLines(Generic[_Item]):
    """Items in lines; the next is that whose own points and whose line's bonus are most together."""

    def __init__(self, bonus: Callable[[str], float]) -> None:
        """Ask `bonus` for what a line's name is worth, whenever that line moves."""
        self._bonus = bonus
        self._lines: dict[str, _Line[_Item]] = {}
        self._order: list[tuple[float, int, int, str]] = []
        self._count = 0
        self._length = 0

    def __len__(self) -> int:
        """How many items wait."""
        return self._length

    def push(self, name: str, points: float, item: _Item) -> None:
        """Let `item` wait in the line of that name."""
        self._count += 1
        self._length += 1
        line = self._lines.get(name)
        if line is None:
            line = self._lines[name] = _Line()
        heapq.heappush(line.waiting, (-points, self._count, item))
        if line.waiting[0][1] == self._count:
            self._line_up(name, line)

    def pop(self) -> _Item | None:
        """Return the best item and forget it; None when nothing waits."""
        while self._order:
            _, _, turn, name = heapq.heappop(self._order)
            line = self._lines.get(name)
            if line is not None and turn == line.turn:
                item = heapq.heappop(line.waiting)[2]
                self._length -= 1
                self._line_up(name, line)
                return item
        return None

    def move(self, name: str) -> None:
        """Give a line its place again, as its bonus has changed."""
        line = self._lines.get(name)
        if line is not None:
            self._line_up(name, line)

    def drop_worst(self, kept: int) -> list[_Item]:
        """Keep the best `kept` items; return the others, worst last."""
        everything = [
            (points - self._bonus(name), count, name, points, item)
            for name, line in self._lines.items()
            for points, count, item in line.waiting
        ]
        everything.sort(key=lambda entry: entry[:2])
        self._lines.clear()
        for _, count, name, points, item in everything[:kept]:  # in order, so each line stays a heap
            self._lines.setdefault(name, _Line()).waiting.append((points, count, item))
        self._length = min(kept, len(everything))
        self._order_anew()
        return [item for _, _, _, _, item in everything[kept:]]

    def _line_up(self, name: str, line: _Line[_Item]) -> None:
        """Give a line its place among all lines, by its best item."""
        if not line.waiting:
            del self._lines[name]
            return
        self._count += 1
        line.turn = self._count
        points, count, _ = line.waiting[0]
        heapq.heappush(self._order, (points - self._bonus(name), count, line.turn, name))
        if len(self._order) > 2 * len(self._lines) + _SPARE_PLACES:
            self._order_anew()

    def _order_anew(self) -> None:
        self._order = []
        for name, line in self._lines.items():
            self._count += 1
            line.turn = self._count
            points, count, _ = line.waiting[0]
            self._order.append((points - self._bonus(name), count, line.turn, name))
        heapq.heapify(self._order)
