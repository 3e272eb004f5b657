"""Stop at addresses that lead on for ever: paths that repeat, calendars, combinations of filters.

Each rule looks at the address alone, or counts addresses of one site; the numbers are in `traps.yml`.
Whether pages say anything new is `near_duplicates`' question.
"""

import re
from collections import Counter
from dataclasses import dataclass

from crawlers.politeness.decisions import Rule
from crawlers.visiting.address_forms import form_of
from crawlers.visiting.trap_rules import trap_rules

_LONG_NUMBER = re.compile(r"\d{3,}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Trap:
    """Why an address is not followed."""

    rule: Rule
    detail: str | None = None  # for a person: what the rule met


class Traps:
    """What was counted of one site's addresses."""

    def __init__(self) -> None:
        """Begin with nothing counted."""
        self._parameter_sets: dict[str, set[int]] = {}
        self._calendars: Counter[str] = Counter()

    def trap_at(self, url: str) -> Trap | None:
        """Return why `url`, which is canonical and new, leads into a trap; None where it does not."""
        address, _, query = url.partition("?")
        path = address.partition("//")[2].partition("/")[2]
        trap = path_trap(f"/{path}") or self._parameters(address, query)
        return trap or self._calendar(address, path, query)

    def _parameters(self, address: str, query: str) -> Trap | None:
        """Too many parameters, or too many sets of them under one path (case C3)."""
        if not query:
            return None
        rules = trap_rules()
        names = sorted({pair.partition("=")[0] for pair in query.split("&")})
        if len(names) > rules.max_parameters:
            return Trap(rule=Rule.PARAMETERS, detail=f"{len(names)} parameters")
        known = (
            address if address in self._parameter_sets or len(self._parameter_sets) < rules.max_paths else ""
        )
        sets = self._parameter_sets.setdefault(known, set())
        digest = hash("&".join(names))
        if digest not in sets and len(sets) >= rules.max_parameter_sets:
            return Trap(rule=Rule.PARAMETERS, detail=f"more than {len(sets)} sets of parameters: {names}")
        sets.add(digest)
        return None

    def _calendar(self, address: str, path: str, query: str) -> Trap | None:
        """A month or day of a calendar of which enough were seen (case C1)."""
        rules = trap_rules()
        names = [pair.partition("=")[0] for pair in query.split("&")] if query else []
        if not rules.calendar_path.search(f"/{path}") and not any(
            rules.calendar_parameter.fullmatch(name) for name in names
        ):
            return None
        form = "?".join([form_of(address), *names])
        if self._calendars[form] >= rules.calendar_pages:
            return Trap(rule=Rule.CALENDAR, detail=f"more than {rules.calendar_pages} of {form}")
        if form in self._calendars or len(self._calendars) < rules.max_paths:
            self._calendars[form] += 1
        return None


def path_trap(path: str) -> Trap | None:
    """Return why a path is no page's: it is too deep, or repeats itself (case C4)."""
    rules = trap_rules()
    parts = path.split("/")[1:]
    if len(parts) > rules.max_path_parts:
        return Trap(rule=Rule.TOO_DEEP, detail=f"{len(parts)} parts in its path")
    if len(parts) < rules.path_repeats:
        return None
    counted = Counter(part for part in parts if _tells_pages_apart(part)).most_common(1)
    if counted and counted[0][1] >= rules.path_repeats:
        return Trap(
            rule=Rule.PATH_REPEATS, detail=f"{counted[0][0]} stands {counted[0][1]} times in its path"
        )
    stretch = rules.repeated_stretch.search(path)
    return Trap(rule=Rule.PATH_REPEATS, detail=f"{stretch[1]} again and again") if stretch else None


def _tells_pages_apart(part: str) -> bool:
    """Whether a part of a path says something: a month's or a language's code may stand there often."""
    return len(part) >= trap_rules().counted_from and not _LONG_NUMBER.fullmatch(part)
