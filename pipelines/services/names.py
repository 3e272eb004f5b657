"""Names of services: taken from headings and titles, cleaned, and compared.

A heading says "Паспорт услуги: Выдача справки — Министерство труда"; the service's name is what is left
without the prefix and the site's own name. Two names are one service's when the words that carry meaning
are the same; which words do not is said in `knowledge/identify.yml`.
"""

import re
from collections.abc import Collection
from functools import lru_cache

from pipelines.judging.phrases import fold, words_of
from pipelines.services.identify_words import NameWords

_SEPARATOR = re.compile(r"\s+[-–—|/»›:·•]+\s+|\s*\|\s*|\s*::\s*")
_NUMBERING = re.compile(r"^\s*(?:№\s*\d+[.):]?|\d{1,3}(?:\.\d{1,3})*[.)]|\d{1,3}(?:\.\d{1,3})+|[-–—•·*]+)\s+")
_PREFIX_END = re.compile(r"^\s*(?:[:.\-–—№|]\s*|\d+\s*[:.\-–—]\s*)+")
_QUOTES = {"«": "»", '"': '"', "“": "”", "„": "“"}
_FEWEST_LETTERS = 3


def clean_name(raw: str, words: NameWords, site_names: Collection[str] = ()) -> str:
    """Return a service's name from a heading, title or link text; "" when nothing of a name is left.

    `site_names`: folded texts that stand in titles for the site, not for the service.
    """
    name = " ".join(raw.split())
    if is_step(name, words):
        return ""
    name = _without_site(name, site_names)
    name = words.file_remark.sub("", _NUMBERING.sub("", name))
    name = _without_prefix(name, words)
    name = _unquoted(name.strip(" .;,:-–—|"))
    folded = fold(name)
    if sum(char.isalpha() for char in name) < _FEWEST_LETTERS:
        return ""
    return "" if folded in words.folded_sections or folded in words.folded_prefixes else name


def title_parts(title: str) -> list[str]:
    """Return the parts of a page's title: between dashes and bars."""
    return [part for part in _SEPARATOR.split(" ".join(title.split())) if part]


def is_step(text: str, words: NameWords) -> bool:
    """Whether `text` names a step of a form: "Step 2 of 5", "Your details", "Документтерди жүктөө"."""
    folded = fold(text)
    if words.step_number.match(folded):
        return True
    tokens = [word for word in words_of(folded) if word.text[0].isalnum()]
    return any(match.first == 0 for match in words.step_phrases.find(tokens))


def is_doing(text: str, words: NameWords) -> bool:
    """Whether `text` begins as names of services do: with what one does there."""
    tokens = words_of(fold(text))
    return bool(tokens) and tokens[0].text in words.doing_words


def may_be_name(name: str, words: NameWords) -> bool:
    """Whether `name` can be a service's: not too long, not news, a vacancy, a tender, a law."""
    if not name or len(name) > words.longest_characters or not any(char.isalpha() for char in name):
        return False
    tokens = words_of(fold(name))
    return not any(match.first == 0 for match in words.never_phrases.find(tokens))


@lru_cache(maxsize=4096)  # a registry's names are asked for with each of its sites
def name_key(name: str, words: NameWords, language: str = "") -> frozenset[str]:
    """Return the words of `name` that carry its meaning, cut to their stems in its language."""
    tokens = [word.text for word in words_of(fold(name)) if word.text[0].isalnum()]
    strong = [
        token for token in tokens if token not in words.weak_words and (len(token) > 1 or token.isdigit())
    ]
    return frozenset(words.stems.stem(token, language) for token in (strong or tokens))


def likeness(one: frozenset[str], other: frozenset[str]) -> float:
    """Return how alike two name keys are, 0 to 1; 0 when each has a word that the other lacks."""
    if not one or not other or not (one <= other or other <= one):
        return 0.0
    return len(one & other) / len(one | other)


def _without_site(name: str, site_names: Collection[str]) -> str:
    """Drop parts that name the site, from the end and from the start."""
    parts = _SEPARATOR.split(name)
    if len(parts) == 1 or not site_names:
        return name
    kept = [part for part in parts if fold(part).strip() not in site_names]
    if len(kept) in {0, len(parts)}:
        return name
    start = name.find(kept[0])
    end = name.find(kept[-1], start) + len(kept[-1])
    return name[start:end] if all(part in name[start:end] for part in kept) else kept[0]


def _without_prefix(name: str, words: NameWords) -> str:
    """Drop "Service passport:" and its like, as often as one stands there."""
    folded = fold(name)
    for prefix in words.folded_prefixes:
        if folded.startswith(prefix):
            rest = name[len(prefix) :]
            end = _PREFIX_END.match(rest)
            if end and rest[end.end() :].strip():
                return _without_prefix(rest[end.end() :], words)
            if rest[:1].isspace() and rest.strip()[:1] in _QUOTES:
                return _without_prefix(rest.strip(), words)
    return name


def _unquoted(name: str) -> str:
    closing = _QUOTES.get(name[:1])
    if closing and name.endswith(closing) and name.count(closing) == (2 if closing == name[0] else 1):
        return name[1:-1].strip()
    return name
