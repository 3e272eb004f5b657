"""One concept, one word: what people read keeps to the glossary of CONTRIBUTING.md, in each language."""

import re
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

import pytest
import yaml

from warehouse.portal.catalogues import catalogue

ROOT = Path(__file__).parents[1]
GLOSSARY = re.compile(r"^\| (?P<en>[a-z]+) \| (?P<ky>\w+) \| (?P<ru>\w+) \|", re.MULTILINE)
# Words that stood in place of the glossary's; their beginnings, for both languages inflect.
REJECTED = {"ky": {"round": ("раунд",), "institution": ("ведомств",)}, "ru": {"institution": ("учрежден",)}}
# Words of others: names of bodies as their laws have them, and pages that were invented.
OTHERS = ("crawlers/registry", "crawlers/sample", "pipelines/knowledge/lexicons")


def texts(language: str) -> Iterator[tuple[str, str]]:
    """Yield what people read in a language, each with the file that says it."""
    for message in catalogue(language):
        said = message.string if message.id else ()
        yield from ((f"{language}.po", text) for text in ([said] if isinstance(said, str) else said))
    for path in sorted(ROOT.glob("*/**/*.yml")):
        name = path.relative_to(ROOT).as_posix()
        if name.split("/")[0] in {"crawlers", "pipelines", "warehouse"} and not name.startswith(OTHERS):
            loaded = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
            yield from ((name, text) for text in _said(loaded, language))


def _said(value: object, language: str) -> Iterator[str]:
    """Yield the text of a language wherever `value` has one in all three."""
    if isinstance(value, dict):
        if {"ky", "ru", "en"} <= value.keys() and isinstance(value[language], str):
            yield value[language]
        for below in value.values():
            yield from _said(below, language)
    elif isinstance(value, list):
        for below in value:
            yield from _said(below, language)


@pytest.mark.parametrize("language", ["ky", "ru"])
def test_no_word_stands_in_place_of_the_glossary_s(language: str):
    """A round is `айланма` in Kyrgyz, an institution `ведомство` in Russian, wherever it is named."""
    wrong = [
        (file, text)
        for file, text in texts(language)
        for rejected in chain.from_iterable(REJECTED[language].values())
        if rejected in text.lower()
    ]

    assert [] == wrong


def test_what_is_rejected_has_a_word_in_the_glossary():
    """And that word is another one."""
    known = {row["en"]: row for row in GLOSSARY.finditer((ROOT / "CONTRIBUTING.md").read_text("utf-8"))}

    assert [] == [
        concept
        for language, words in REJECTED.items()
        for concept, rejected in words.items()
        if concept not in known or known[concept][language].startswith(rejected)
    ]
