"""Tell the language of a page and of its parts.

Statistics (CLD2) know long texts. Short Kyrgyz, Kazakh and Russian labels are told by letters that one
alphabet alone has, then by words, then by endings. What a page declares of itself only breaks ties:
templates say `lang="en"` on pages in any language.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

import pycld2

from pipelines.literals import needed
from pipelines.pages.language_rules import language_rules
from pipelines.records import Region

UNKNOWN = "und"

_RULES = language_rules()
_WORD = re.compile(r"[^\W\d_]+(?:['’ʻ‘`][^\W\d_]+)*")
_CODE_SIGNS = sorted(needed(_RULES.template_code))
_CYRILLIC = re.compile(r"[\u0400-\u04ff]")
_IN_ADDRESS = re.compile(r"(?:/|[?&](?:lang|language|l|locale|hl)=|//)([a-z]{2,3})(?=[/&?.#]|$)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Hints:
    """What besides its text tells a page's language."""

    url: str = ""  # where `/ky/` or `?lang=ru` may stand
    declared: str = ""  # as `<html lang>` says
    names: str = ""  # title and headings: what the page is about is in the page's language
    regions: tuple[Region, ...] = ()

    def stretches(self, length: int) -> Iterator[tuple[int, int, float]]:
        """Yield start, end and weight of each stretch of a text of `length` characters."""
        for region in self.regions or (Region(name="main", start=0, end=length),):
            yield region.start, region.end, _RULES.main_weight if region.name == "main" else 1


def language_of(text: str, near: str = "") -> str:
    """Return the language of one text, ISO 639-1, "und" when it cannot be told.

    `near`: the language of the page that it stands on, which decides between neighbours.
    """
    return _told(text, near)[0]


def languages_of(text: str, hints: Hints) -> tuple[str, tuple[tuple[str, int], ...]]:
    """Return the main language of a page's text, and how many letters are in each of its languages."""
    declared, address = _RULES.language_code(hints.declared), language_in_address(hints.url)
    near = address or declared or ""
    found: Counter[str] = Counter()
    content: Counter[str] = Counter()
    weighed: defaultdict[str, float] = defaultdict(float)
    for start, end, weight in hints.stretches(len(text)):
        for language, letters in _in_chunks(text[start:end], near):
            found[language] += letters
            content[language] += letters if weight > 1 else 0
            weighed[language] += letters * weight
    names = Counter[str]()
    for language, letters in _in_chunks(hints.names, near):
        names[language] += letters
        weighed[language] += letters * _RULES.name_weight
    parts = tuple(
        sorted(((one, n) for one, n in found.items() if one != UNKNOWN), key=lambda part: (-part[1], part[0]))
    )
    weighed.pop(UNKNOWN, None)
    is_short = sum(found.values()) - found[UNKNOWN] < _RULES.declared_when_short
    total = sum(weighed.values())
    for hinted, share in ((declared, _RULES.declared_share), (address, _RULES.address_share)):
        if hinted and (hinted in weighed or is_short):
            weighed[hinted] += max(share * total, 1)
    named = _named(names, content)
    return named or min(weighed, key=lambda one: (-weighed[one], one), default=UNKNOWN), parts


def _named(names: Counter[str], content: Counter[str]) -> str | None:
    """Return the language that title and headings tell, where enough of the content is in it too."""
    rule = _RULES.names_decide
    language, letters = max(names.items(), key=lambda one: one[1], default=(UNKNOWN, 0))
    if language == UNKNOWN or letters < rule.letters or letters < rule.share * sum(names.values()):
        return None
    return language if content[language] >= rule.content * max(1, sum(content.values())) else None


def language_in_address(url: str) -> str | None:
    """Return the language that an address names, None when it names none that we know."""
    for code in _IN_ADDRESS.findall(url.lower()):
        language = _RULES.language_code(code)
        if language and language in _RULES.names:
            return language
    return None


def _in_chunks(text: str, near: str = "") -> Iterator[tuple[str, int]]:
    """Yield language and letters of the text's lines, short neighbours together: a label tells little."""
    chunk: list[str] = []
    size = 0
    for line in map(_without_code, text[: _RULES.most_characters].split("\n")):
        chunk.append(line)
        size += len(line)
        if size >= _RULES.chunk_size:
            yield _told("\n".join(chunk), near)
            chunk, size = [], 0
    if chunk:
        yield _told("\n".join(chunk), near)


def _without_code(line: str) -> str:
    """Return a line without template code and addresses, in no language, where it may have some."""
    has_signs = any(map(line.__contains__, _CODE_SIGNS))
    return _RULES.template_code.sub(" ", line) if has_signs else line


def _told(text: str, near: str = "") -> tuple[str, int]:
    """Return the language of one text, and how many letters it has; `near` decides between neighbours."""
    words = _WORD.findall(text.lower())
    letters = "".join(words)
    if len(letters) < _RULES.least_letters:
        return UNKNOWN, len(letters)
    cyrillic = not letters.isascii() and len(_CYRILLIC.findall(letters)) * 2 > len(letters)
    told = _of_words(words, letters, cyrillic=cyrillic) or UNKNOWN
    return near if cyrillic and _is_nearer(near, told, letters) else told, len(letters)


def _is_nearer(near: str, told: str, letters: str) -> bool:
    """Say whether a page's own language rather than the one told is that of a text."""
    if not near or near == told or not (told == UNKNOWN or _RULES.are_near(near, told)):
        return False
    if near not in _RULES.never or _RULES.never[near].are_in(letters):
        return False
    if near in _RULES.hard_sign.languages and _RULES.hard_sign.are_in(letters):
        return False
    return len(letters) < _RULES.short_text or _by_letters(letters) is None


def _of_words(words: list[str], letters: str, *, cyrillic: bool) -> str | None:
    """Return the language of a text by itself: by its letters, its words, its endings, by statistics."""
    own = _by_letters(letters) if cyrillic else None
    statistics = _by_statistics(" ".join(words))
    if len(letters) < _RULES.short_text:
        if cyrillic and statistics not in _RULES.short_cyrillic:
            statistics = None
        told = _by_words(words, cyrillic=cyrillic) or own or statistics
        return told or _by_endings(words, cyrillic=cyrillic)
    if own and statistics not in _RULES.letters_shared_with.get(own, frozenset()):
        return own
    if cyrillic and not own and statistics in _RULES.need_own_letters:
        statistics = None
    return statistics or _by_words(words, cyrillic=cyrillic)


def _by_letters(letters: str) -> str | None:
    for rule in _RULES.own_letters:
        count = sum(map(letters.count, rule.letters))
        if (
            count
            and count >= _RULES.own_letter_share * len(letters)
            and not any(map(letters.__contains__, rule.absent))
        ):
            return rule.language
    return None


def _by_words(words: list[str], *, cyrillic: bool) -> str | None:
    hits = {language: sum(word in known for word in words) for language, known in _RULES.words.items()}
    best = max(hits.values())
    leaders = [language for language, count in hits.items() if count == best]
    if not best or len(leaders) > 1 or (cyrillic and leaders == ["en"]):
        return None
    return leaders[0]


def _by_endings(words: list[str], *, cyrillic: bool) -> str | None:
    if not cyrillic:
        return None
    hits = {
        language: sum(len(word) > max(map(len, endings)) and word.endswith(endings) for word in words)
        for language, endings in _RULES.endings.items()
    }
    best = max(hits.values())
    leaders = [language for language, count in hits.items() if count == best]
    return leaders[0] if best and len(leaders) == 1 else None


def _by_statistics(text: str) -> str | None:
    _, _, guesses = pycld2.detect(text, isPlainText=True, bestEffort=True)
    return _RULES.language_code(guesses[0][1].partition("-")[0]) if guesses[0][1] != "un" else None
