"""Cut words to their stems, so that the forms of one word are one and two words stay two.

Snowball's stemmers know the languages that they know; of Kyrgyz, Kazakh, Uzbek and Tajik the endings stand in
`knowledge/identify.yml`.
"""

import re
from functools import cached_property, lru_cache
from typing import Any

import snowballstemmer

from pipelines.strict import Strict

_CYRILLIC = re.compile(r"[\u0400-\u04ff]")
_LOOKALIKES = str.maketrans("өүңқғһәіёҳҷӣӯ", "оункгхаиехчиу")


class Fleeting(Strict):
    """A vowel that the words of some languages lose before an ending."""

    languages: frozenset[str]
    pattern: re.Pattern[str]


class StemRules(Strict):
    """How stems are found; each key is explained in `identify.yml`."""

    algorithms: dict[str, str]
    cyrillic: str
    latin: str
    fleeting: Fleeting
    endings: dict[str, tuple[re.Pattern[str], ...]]
    softened: dict[str, str]
    shortest_letters: int

    def __hash__(self) -> int:
        """There is one object of rules: it stands for itself in the cache."""
        return id(self)

    @cached_property
    def _known(self) -> frozenset[str]:
        return frozenset({*self.algorithms, *self.endings})

    def stem(self, word: str, language: str = "") -> str:
        """Return the stem of a folded `word`; of an unknown language its letters decide."""
        if language not in self._known:
            language = self.cyrillic if _CYRILLIC.search(word) else self.latin
        return _stem(word.translate(_LOOKALIKES), language, self)


@lru_cache(maxsize=65536)
def _stem(word: str, language: str, rules: StemRules) -> str:
    if language in rules.endings:
        return _without_endings(word, rules.endings[language], rules)
    stem = str(_stemmer(rules.algorithms[language]).stemWord(word))
    return rules.fleeting.pattern.sub("", stem) if language in rules.fleeting.languages else stem


@lru_cache
def _stemmer(algorithm: str) -> Any:
    return snowballstemmer.stemmer(algorithm)


def _without_endings(word: str, endings: tuple[re.Pattern[str], ...], rules: StemRules) -> str:
    while True:
        for ending in endings:
            found = ending.search(word)
            if found and found.start() >= rules.shortest_letters:
                word = word[: found.start()]
                break
        else:
            return word[:-1] + rules.softened.get(word[-1], word[-1])
