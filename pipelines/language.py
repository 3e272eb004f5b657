"""Tell the language of a page and of its parts.

Statistics (CLD2) know long texts. Short Kyrgyz, Kazakh and Russian labels are told by letters that one
alphabet alone has, then by words, then by endings. What a page declares of itself only breaks ties:
templates say `lang="en"` on pages in any language.
"""

import re
from collections import Counter
from collections.abc import Iterator

import pycld2

from pipelines.language_rules import language_rules

UNKNOWN = "und"

_RULES = language_rules()
_WORD = re.compile(r"[^\W\d_]+(?:['’ʻ‘`][^\W\d_]+)*")
_CYRILLIC = re.compile(r"[\u0400-\u04ff]")
_IN_ADDRESS = re.compile(r"(?:/|[?&](?:lang|language|l|locale|hl)=|//)([a-z]{2,3})(?=[/&?.#]|$)")


def language_of(text: str) -> str:
    """Return the language of one text, ISO 639-1, "und" when it cannot be told."""
    words = _WORD.findall(text.lower())
    letters = "".join(words)
    if len(letters) < _RULES.least_letters:
        return UNKNOWN
    cyrillic = len(_CYRILLIC.findall(letters)) * 2 > len(letters)
    own = _by_letters(letters) if cyrillic else None
    if len(letters) < _RULES.short_text:
        return (
            own
            or _by_words(words, cyrillic=cyrillic)
            or _by_statistics(text)
            or _by_endings(words, cyrillic=cyrillic)
            or UNKNOWN
        )
    statistics = _by_statistics(text)
    if own and statistics not in _RULES.letters_shared_with.get(own, frozenset()):
        return own
    return statistics or _by_words(words, cyrillic=cyrillic) or UNKNOWN


def languages_of(text: str, declared: str | None, url: str | None) -> tuple[str, tuple[tuple[str, int], ...]]:
    """Return the main language of a page's text, and how many letters are in each of its languages.

    `declared`: what the page says of itself, an ISO 639 code; `url`: where `/ky/` or `?lang=ru` may stand.
    """
    found: Counter[str] = Counter()
    for chunk in _chunks(text):
        language = language_of(chunk)
        found[language] += sum(map(len, _WORD.findall(chunk)))
    told = found.total() - found.pop(UNKNOWN, 0)
    hints = [code for code in (_RULES.language_code(declared or ""), language_in_address(url)) if code]
    ranked = Counter(found)
    for hint in hints:
        if ranked[hint] or told < _RULES.declared_when_short:
            ranked[hint] += _RULES.declared_weight
    parts = tuple(sorted(found.items(), key=lambda part: (-part[1], part[0])))
    if not ranked:
        return UNKNOWN, parts
    return min(ranked, key=lambda language: (-ranked[language], language)), parts


def language_in_address(url: str | None) -> str | None:
    """Return the language that an address names, None when it names none that we know."""
    for code in _IN_ADDRESS.findall((url or "").lower()):
        language = _RULES.language_code(code)
        if language and language in _RULES.names:
            return language
    return None


def _chunks(text: str) -> Iterator[str]:
    """Yield the text's lines, short neighbours together: a label alone tells less than a menu."""
    chunk: list[str] = []
    size = 0
    for line in text.split("\n"):
        chunk.append(line)
        size += len(line)
        if size >= _RULES.chunk_size:
            yield "\n".join(chunk)
            chunk, size = [], 0
    if chunk:
        yield "\n".join(chunk)


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
