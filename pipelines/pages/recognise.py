"""Tell what an answer really is: a page, or a wall, a shell, an error or a casino that says "200 OK".

Only a page may prove or disprove anything. What is said here never makes an observation of something
that the crawler could not see: it only takes away, or names the wall.
"""

import re
from dataclasses import dataclass
from functools import cached_property

from crawlers.outcomes import Outcome
from pipelines.late_pattern import LatePattern
from pipelines.pages.recognise_content import Content
from pipelines.pages.recognise_rules import Signature, recognise_rules
from pipelines.records import Page

_ANSWERED = frozenset({Outcome.OK, Outcome.UNCHANGED, Outcome.NOT_DUE})
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
    given, content = Outcome(page.outcome), Content(page)
    is_answered = given in _ANSWERED
    for sign in _RULES.possible(content.words) if is_answered or given in _NAMEABLE else ():
        if (is_answered or sign.outcome is Outcome.BLOCKED) and _holds(sign, content, source):
            return sign.outcome, sign.name
    if not is_answered:
        return given, page.outcome_detail
    return _by_shape(content, source) or (given, page.outcome_detail)


def _by_shape(content: Content, source: Source) -> tuple[Outcome, str] | None:
    """Tell by how much there is to read, where no sign says what the answer is."""
    page = content.page
    if _is_shell(content, source):
        return Outcome.NEEDS_JS, "no text before its scripts have run"
    if not content.word_count:
        return Outcome.NO_TEXT, "no text"
    if page.text.count(_UNREADABLE) > _RULES.broken_share * len(page.text):
        return Outcome.BAD_CONTENT, "text that cannot be read"
    if _is_login_wall(page):
        return Outcome.LOGIN, "asks to log in"
    return None


def _holds(sign: Signature, content: Content, source: Source) -> bool:
    """Say whether a sign holds: the cheap questions first, as all signs are tried on every page."""
    return _may_hold(sign, content) and _shows(sign, content, source) and _fits(sign, content)


def _may_hold(sign: Signature, content: Content) -> bool:
    return content.word_count <= sign.max_words and not any(
        form.purpose in sign.unless_forms for form in content.page.forms
    )


def _shows(sign: Signature, content: Content, source: Source) -> bool:
    """Say whether what the sign looks for is where it looks."""
    if sign.where == "html":
        return any(mark in source.lowered for mark in sign.marks)
    if sign.near_start and not sign.pattern.search(content.start(sign.near_start)):
        return False
    if sign.where == "title":
        return any(sign.pattern.search(name) for name in content.names)
    if sign.where == "own" and content.own_word_count > sign.max_own:
        return False
    text = content.own if sign.where == "own" else content.page.text
    if sign.distinct == 1:
        return sign.pattern.search(text) is not None
    return _distinct(sign.pattern, f"{content.page.title}\n{text}") >= sign.distinct


def _fits(sign: Signature, content: Content) -> bool:
    """Say whether nothing speaks against a sign that shows."""
    if content.own_word_count > sign.max_own or any(map(sign.unless.search, content.names)):
        return False
    if sign.max_fields is not None and content.answers_asked(_RULES.captcha_field) > sign.max_fields:
        return False
    return sign.also is None or _distinct(sign.also, content.page.text) >= sign.also_distinct


def _distinct(pattern: LatePattern, text: str) -> int:
    """Return how many different stretches of `text` fit."""
    return len({" ".join(match.group().lower().split()) for match in pattern.finditer(text)})


def _is_shell(content: Content, source: Source) -> bool:
    shell, page = _RULES.shell, content.page
    if content.word_count > shell.max_words or source.script_count < shell.scripts or page.forms:
        return False
    if sum(bool(link.text) for link in page.links) > shell.links:
        return False
    asks = not page.headings and shell.asks.search(source.noscript_text.lower())
    return bool(not content.word_count or asks or shell.mounts.search(source.html))


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
