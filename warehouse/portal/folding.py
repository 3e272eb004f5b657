"""Fold letters that people type for one another: a search for `кутуу` finds `күтүү`.

The same is done to what is searched and to what is typed; the browser has the table from here, too.
"""

import re
import unicodedata
from collections.abc import Mapping
from types import MappingProxyType

# Letters that keyboards or habits replace (Kyrgyz, then Kazakh, Uzbek and Tajik), after marks are gone.
LETTERS: Mapping[str, str] = MappingProxyType(
    {
        "ү": "у", "ө": "о", "ң": "н",
        "ұ": "у", "қ": "к", "ғ": "г", "ә": "а", "і": "и", "һ": "х", "ҳ": "х", "ҷ": "ч",
        "ʻ": "", "ʼ": "", "’": "", "'": "",
    }
)  # fmt: skip
_WORD = re.compile(r"\w+")
SHORTEST = 2  # letters of a word that can be searched for


def folded(text: str) -> str:
    """Return `text` in small letters, without marks, look-alikes made one; folding again changes nothing."""
    plain = unicodedata.normalize("NFKD", text).lower()
    bare = "".join(letter for letter in plain if not unicodedata.category(letter).startswith("M"))
    return "".join(LETTERS.get(letter, letter) for letter in bare)


def words(text: str) -> list[str]:
    """Return the folded words of `text` that are long enough to be searched for, in their order."""
    return [word for word in _WORD.findall(folded(text)) if len(word) >= SHORTEST]
