"""How plausible a decoded text is: a wrong reading has rare pairs of letters, mixed scripts and odd capitals.

An absence of faults proves nothing: windows-1251, koi8-r and windows-1252 read any bytes as something.
"""

import re
import unicodedata
from functools import lru_cache

from pipelines.pages.encoding_rules import encoding_rules

_SIGN_INSIDE = re.compile(r"(?<=[^\W\d_])[^\x00-\x7f\w\s](?=[^\W\d_])")
_UNREADABLE = re.compile("[\ufffd\x00-\x08\x0e-\x1f\x7f-\x9f\u2320-\u2321\u2500-\u259f]")
_BEYOND_ASCII = re.compile(r"[^\x00-\x7f]")


def plausibility(text: str) -> float:
    """Return the points of `text` a letter beyond ASCII: 0.5 and more for a language, below 0 for noise."""
    rules = encoding_rules().plausibility
    points = sum(map(_pair, text, text[1:]))
    points += rules.unreadable * len(_UNREADABLE.findall(text))
    points += rules.sign_inside * sum(sign not in rules.inside_words for sign in _SIGN_INSIDE.findall(text))
    return points / max(1, len(_BEYOND_ASCII.findall(text)))


@lru_cache(maxsize=65536)
def _pair(first: str, second: str) -> float:
    """Return the points of two letters in a row; 0 where both are ASCII or one is no letter."""
    rules = encoding_rules().plausibility
    scripts = {_script(first), _script(second)}
    if "" in scripts or (first.isascii() and second.isascii()):
        return 0.0
    if first.islower() and second.isupper():
        return rules.capital_inside
    if scripts == {"cyrillic"}:
        return rules.common if (first + second).lower() in rules.pairs else rules.uncommon
    if scripts == {"latin"}:
        return _latin(first, second)
    return rules.other_script if scripts == {"other"} else rules.mixed


def _latin(first: str, second: str) -> float:
    rules = encoding_rules().plausibility
    if not first.isascii() and not second.isascii():
        return rules.common if (first + second).lower() in rules.latin_pairs else rules.mixed
    accented = second if first.isascii() else first
    is_known = accented in rules.latin_letters or accented.lower() in rules.latin_letters
    return rules.common / 2 if is_known else rules.uncommon  # has a neighbour on either side


def _script(letter: str) -> str:
    if not letter.isalpha():
        return ""
    name = unicodedata.name(letter, "").partition(" ")[0]
    return {"LATIN": "latin", "CYRILLIC": "cyrillic", "MICRO": "", "FEMININE": "", "MASCULINE": ""}.get(
        name, "other"
    )
