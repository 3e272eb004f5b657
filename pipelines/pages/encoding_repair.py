"""Undo a double encoding: UTF-8 that somebody read as an older encoding and stored as UTF-8 again."""

import re
from functools import cache

from pipelines.pages.encoding_rules import Twice, encoding_rules
from pipelines.pages.encoding_score import plausibility

_MOST_TIMES = 2
_FIRST_LETTER = 0xA0  # of ISO 8859; below are controls


def repaired(text: str, body: bytes) -> tuple[str, str | None]:
    """Return `text` as it was meant, and what it had been read as in between, None where nothing was wrong.

    `body`: its bytes, in which most pages are passed over at the speed of memory. Only stretches that are
    whole UTF-8 change: a page may have one spoilt part among good ones.
    """
    beyond_ascii = len(body) - len(text)
    for twice in encoding_rules().twice if beyond_ascii else ():
        if body.count(twice.lead) < max(1, twice.lead_share * beyond_ascii):
            continue
        count = sum(map(text.count, twice.marks))
        if count >= twice.least and count >= twice.share * beyond_ascii:
            better = _undone(text, twice)
            if better != text:
                return better, twice.over
    return text, None


def _undone(text: str, twice: Twice) -> str:
    """Return `text` with its stretches decoded once more, as long as that makes it more plausible."""
    pattern, to_byte = _stretches(twice.over)
    for _ in range(_MOST_TIMES):
        better = pattern.sub(lambda found: _decoded(found.group(), to_byte), text)
        if better == text or plausibility(_sample(better)) <= plausibility(_sample(text)):
            break
        text = better
    return text


def _sample(text: str) -> str:
    rules = encoding_rules()
    return " ".join(rules.letters_in_between.findall(text)[: rules.sample_words])


def _decoded(stretch: str, to_byte: dict[str, int]) -> str:
    return bytes(to_byte[letter] for letter in stretch).decode("utf-8", "replace")


@cache
def _stretches(over: str) -> tuple[re.Pattern[str], dict[str, int]]:
    """Return a pattern of UTF-8's letters of several bytes as `over` shows them, and its letters' bytes."""
    to_byte = {letter: byte for byte in range(0x80, 0x100) for letter in _letters(byte, over)}
    after, two, three, four = (
        "[" + "".join(re.escape(letter) for byte in bytes_ for letter in sorted(_letters(byte, over))) + "]"
        for bytes_ in (range(0x80, 0xC0), range(0xC2, 0xE0), range(0xE0, 0xF0), range(0xF0, 0xF5))
    )
    return re.compile(f"(?:{two}{after}|{three}{after}{{2}}|{four}{after}{{3}})+"), to_byte


def _letters(byte: int, encoding: str) -> set[str]:
    """Return what a byte was read as: a letter of the encoding, or the control of that number."""
    letters = {bytes([byte]).decode(encoding, "ignore"), chr(byte) if byte < _FIRST_LETTER else ""}
    return letters - {""}
