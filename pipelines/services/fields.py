"""Tell the labels and buttons of a page's forms from what the page says."""

import re
from functools import lru_cache

from pipelines.judging.phrases import fold
from pipelines.records import Page

_LETTER = re.compile(r"[^\W\d_]")
_SHORTEST = 3  # letters of a label
_AROUND = " *:.…"


def asked_of(page: Page) -> frozenset[str]:
    """Return the folded labels and buttons of the forms of `page`."""
    texts = [text for form in page.forms for text in (form.submit_text, *(one.label for one in form.fields))]
    folded = {" ".join(fold(text).split()).strip(_AROUND) for text in texts if text}
    return frozenset(text for text in folded if len(text) >= _SHORTEST)


def is_asked(text: str, asked: frozenset[str]) -> bool:
    """Whether `text` consists of nothing but such labels and buttons: "ФИО Дата рождения"."""
    rest, found = _pattern(asked).subn(" ", " ".join(fold(text).split()))
    return bool(found) and not _LETTER.search(rest)


@lru_cache(maxsize=64)
def _pattern(asked: frozenset[str]) -> re.Pattern[str]:
    longest_first = sorted(asked, key=lambda text: (-len(text), text))
    return re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, longest_first)) + r")(?!\w)")
