"""Letters that look the same in two alphabets: a word that mixes them means what it looks like.

A typist's slip, or somebody who does not want to be found, puts a Latin "o" into "обращение". Which letters
look alike is from Unicode's confusables (UTS 39, section 4), as far as lower-cased Cyrillic goes: the
capitals H, B, K, M and T look like Н, В, К, М and Т.
"""

import re

_LATIN, _CYRILLIC = "abcehkmoptxy", "авсенкмортху"
_LETTERS = "a-z\u0400-\u04ff"
_MIXED = re.compile("[a-z][\u0400-\u04ff]|[\u0400-\u04ff][a-z]")
_WORD = re.compile(f"[{_LETTERS}]+")
_TO_CYRILLIC, _TO_LATIN = str.maketrans(_LATIN, _CYRILLIC), str.maketrans(_CYRILLIC, _LATIN)


def of_one_alphabet(lower: str) -> str:
    """Return a lower-case text with each mixed word in one alphabet, where it can be; as long as it was."""
    if lower.isascii() or not _MIXED.search(lower):
        return lower
    return _WORD.sub(_unmixed, lower)


def _unmixed(match: re.Match[str]) -> str:
    """Return a word in the alphabet of most of its letters; as it stands where a letter has no look-alike."""
    word = match.group()
    latin = sum(letter.isascii() for letter in word)
    if not 0 < latin < len(word):
        return word
    if latin * 2 > len(word):
        changed = word.translate(_TO_LATIN)
        return changed if changed.isascii() else word
    changed = word.translate(_TO_CYRILLIC)
    return word if any(map(str.isascii, changed)) else changed
