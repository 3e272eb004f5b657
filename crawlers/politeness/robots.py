"""Read robots.txt as RFC 9309 says, and name the line that decides.

Written here, not taken from a library, because we owe a site's owner the very line by which we went in or
stayed out, and because the known parsers split a group at a line that they do not know.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from crawlers.politeness.robots_paths import matches, normalised

_LINE_ENDS = re.compile(r"\r\n|\r|\n")
_FIELD = re.compile(r"\s*([A-Za-z-]+)\s*[:\s]\s*(.*)")
_TOKEN = re.compile(r"[A-Za-z_-]+")
_SECONDS = re.compile(r"[0-9]+([.][0-9]*)?|[.][0-9]+")
# Google's parser, the reference of RFC 9309's authors, forgives these.
_MISSPELT = {
    "dissallow": "disallow",
    "dissalow": "disallow",
    "disalow": "disallow",
    "diasllow": "disallow",
    "disallaw": "disallow",
    "useragent": "user-agent",
    "crawldelay": "crawl-delay",
}
_RULES = {"allow", "disallow", "crawl-delay"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One Allow or Disallow line."""

    is_allowed: bool
    pattern: bytes
    line: str  # as written, with its number, for people


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """Whether an address may be asked for, and the line that says so."""

    is_allowed: bool
    rule: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Robots:
    """What one robots.txt says to one crawler."""

    rules: tuple[Rule, ...] = ()
    crawl_delay: float | None = None  # seconds
    sitemaps: tuple[str, ...] = ()
    forbidden_because: str | None = None  # why nothing at all may be asked for

    def decide(self, path: str) -> Decision:
        """Return whether `path` (with its query) may be asked for: the longest matching rule decides,
        and Allow where two are equally long (RFC 9309, section 2.2.2).
        """  # noqa: D205 - one sentence
        if self.forbidden_because:
            return Decision(is_allowed=False, rule=self.forbidden_because)
        wanted = normalised(path)
        matching = (rule for rule in self.rules if matches(rule.pattern, wanted))
        best = max(matching, key=lambda rule: (len(rule.pattern), rule.is_allowed), default=None)
        return Decision(is_allowed=best is None or best.is_allowed, rule=best.line if best else None)


def parse_robots(text: str, token: str) -> Robots:
    """Return what `text` says to the crawler named `token`; where it names none such, what it says to all."""
    groups = tuple(_groups(text))
    own = [group for group in groups if any(agent.lower() == token.lower() for agent in group.agents)]
    meant = own or [group for group in groups if "*" in group.agents]
    delays = [delay for group in meant for delay in group.delays]
    return Robots(
        rules=tuple(rule for group in meant for rule in group.rules),
        crawl_delay=max(delays, default=None),
        sitemaps=tuple(value for _, key, value in _fields(text) if key == "sitemap"),
    )


@dataclass(slots=True)
class _Group:
    agents: list[str]
    rules: list[Rule]
    delays: list[float]


def _groups(text: str) -> Iterator[_Group]:
    """The groups, each with all agents that it begins with; a line that is no rule does not end it."""
    group = _Group([], [], [])
    has_rules = False
    for number, key, value in _fields(text):
        if key == "user-agent":
            if has_rules:
                yield group
                group, has_rules = _Group([], [], []), False
            group.agents.append(_agent(value))
        elif key in _RULES and group.agents:
            has_rules = True
            _add(group, key, value, f"{key.capitalize()}: {value} (line {number})")
    yield group


def _fields(text: str) -> Iterator[tuple[int, str, str]]:
    """Line number, key and value of each line that has them."""
    for number, line in enumerate(_LINE_ENDS.split(text.removeprefix("\ufeff")), start=1):
        field = _FIELD.fullmatch(line.partition("#")[0].rstrip())
        if field:
            key = field[1].lower()
            yield number, _MISSPELT.get(key, key), field[2].strip()


def _agent(value: str) -> str:
    """The product token in a User-agent line: up to the first character that no token has."""
    if value == "*" or value.startswith(("* ", "*\t")):
        return "*"
    token = _TOKEN.match(value)
    return token[0] if token else ""


def _add(group: _Group, key: str, value: str, line: str) -> None:
    if key == "crawl-delay":
        if _SECONDS.fullmatch(value):  # else no number: nothing is asked of us
            group.delays.append(float(value))
    elif value:
        # An empty Disallow forbids nothing (RFC 9309, section 2.2.2: a rule needs a path).
        group.rules.append(Rule(is_allowed=key == "allow", pattern=normalised(value), line=line))
