"""Tell what an answer really is: a page, or a wall, a shell, an error or a casino that says "200 OK".

Only a page may prove or disprove anything. What is said here never makes an observation of something
that the crawler could not see: it only takes away, or names the wall.
"""

import re
from dataclasses import dataclass
from functools import cached_property

from crawlers.outcomes import Outcome
from pipelines.pages.recognise_rules import Signature, recognise_rules
from pipelines.records import Page

_ANSWERED = frozenset({Outcome.OK, Outcome.UNCHANGED})
_NAMEABLE = frozenset(
    {Outcome.BLOCKED, Outcome.UNREACHABLE_HTTP_4XX, Outcome.UNREACHABLE_HTTP_5XX, Outcome.RATE_LIMITED}
)
_RULES = recognise_rules()
_UNREADABLE = "\ufffd"
_FORMS_OF_A_WALL = frozenset({"login", "search", "newsletter"})


@dataclass(frozen=True, kw_only=True)
class Source:
    """What is behind a page's text: its source, and what only a reader without scripts sees."""

    html: str
    script_count: int
    noscript_text: str

    @cached_property
    def lowered(self) -> str:
        """The source in lower case."""
        return self.html.lower()


def recognise(page: Page, source: Source) -> tuple[Outcome, str | None]:
    """Return the outcome of reading `page`, and the name of the sign that told it, for a person."""
    given = Outcome(page.outcome)
    words = len(page.text.split())
    if given in _ANSWERED:
        signs = _RULES.rules
    else:
        signs = tuple(sign for sign in _RULES.rules if given in _NAMEABLE and sign.outcome is Outcome.BLOCKED)
    for sign in signs:
        if _holds(sign, page, source, words):
            return sign.outcome, sign.name
    if given not in _ANSWERED:
        return given, page.outcome_detail
    return _by_shape(page, source, words) or (given, page.outcome_detail)


def _by_shape(page: Page, source: Source, words: int) -> tuple[Outcome, str] | None:
    """Tell by how much there is to read, where no sign says what the answer is."""
    if _is_shell(page, source, words):
        return Outcome.NEEDS_JS, "no text before its scripts have run"
    if not words:
        return Outcome.NO_TEXT, "no text"
    if page.text.count(_UNREADABLE) > _RULES.broken_share * len(page.text):
        return Outcome.BAD_CONTENT, "text that cannot be read"
    if _is_login_wall(page):
        return Outcome.LOGIN, "asks to log in"
    return None


def _holds(sign: Signature, page: Page, source: Source, words: int) -> bool:
    if words > sign.max_words or any(form.purpose in sign.unless_forms for form in page.forms):
        return False
    if sign.distinct > 1:
        named = sign.pattern.search(f"{page.title}\n{page.description}\n{page.text[: sign.near_start]}")
        return (
            named is not None
            and len({match.lower() for match in sign.pattern.findall(page.text)}) >= sign.distinct
        )
    if sign.where == "html":
        return any(mark in source.lowered for mark in sign.marks)
    if sign.where == "text":
        return sign.pattern.search(page.text) is not None
    names = [page.title, *(text for level, text in page.headings if level == 1)]
    return any(sign.pattern.search(name.strip()) for name in names)


def _is_shell(page: Page, source: Source, words: int) -> bool:
    shell = _RULES.shell
    if words > shell.max_words or source.script_count < shell.scripts or page.forms:
        return False
    if sum(bool(link.text) for link in page.links) > shell.links:
        return False
    asks = not page.headings and shell.asks.search(source.noscript_text.lower())
    return bool(not words or asks or shell.mounts.search(source.html))


def _is_login_wall(page: Page) -> bool:
    own = [form for form in page.forms if form.region == "main"]
    if not any(form.purpose == "login" for form in own):
        return False
    other_fields = sum(len(form.fields) for form in own if form.purpose not in _FORMS_OF_A_WALL)
    content = " ".join(
        page.text[region.start : region.end] for region in page.regions if region.name == "main"
    )
    return (
        len(re.findall(r"\w+", content)) <= _RULES.login.max_words
        and other_fields <= _RULES.login.max_other_fields
    )
