"""Words are found in any language, at word boundaries, at the place where the page has them."""

import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipelines.digit_lines import DigitLines
from pipelines.judging.phrases import fold
from pipelines.knowledge import load_knowledge
from pipelines.lexicon import Lexicon

RUSSIAN = frozenset({"ru"})


def lexicon(*terms: str, language: str = "ru") -> Lexicon:
    """Return a lexicon of one concept."""
    return Lexicon(terms={language: {"said": list(terms)}}, patterns={})


def found(terms: Lexicon, text: str, languages: frozenset[str] = RUSSIAN) -> list[str]:
    """Return the stretches of `text` in which a concept is said."""
    return [text[hit.start : hit.end] for hit in terms.hits(fold(text), languages)]


def test_a_stem_finds_every_ending():
    """`справк*` stands for all cases of the word."""
    assert ["Справку", "справок"] == found(lexicon("справк*", "справок"), "Справку и перечень справок")


def test_a_term_ends_at_a_word_boundary():
    """`act` is not in `action`."""
    assert ["act"] == found(lexicon("act", language="en"), "an act, no action", frozenset({"en"}))


def test_a_gap_stands_for_up_to_three_words():
    """`apply ~ online` is said with words between."""
    terms = lexicon("apply ~ online", language="en")

    assert ["apply for a permit online"] == found(terms, "apply for a permit online", frozenset({"en"}))
    assert [] == found(terms, "apply for one of many kinds of permits online", frozenset({"en"}))


def test_the_longest_term_of_a_concept_wins():
    """`подать заявление` is said once, not twice."""
    assert ["подать заявление"] == found(lexicon("подать", "подать заявлен*"), "подать заявление")


def test_kyrgyz_letters_are_not_russian_ones():
    """`көчө` is not found in `коче`, nor the other way."""
    assert [] == found(lexicon("көчөсү", language="ky"), "кочосу", frozenset({"ky"}))


def test_yo_and_ye_are_one():
    """`приём` and `прием` are the same word in print."""
    assert ["приём"] == found(lexicon("прием"), "приём")


def test_a_latin_language_counts_only_where_the_page_speaks_it():
    """`fine` is Italian for an end, and English for a penalty."""
    italian = lexicon("fine", language="it")

    assert [] == found(italian, "a fine", frozenset({"en"}))
    assert ["fine"] == found(italian, "la fine", frozenset({"it"}))


def test_a_term_must_begin_with_letters_to_look_for():
    """A stem alone would be found everywhere."""
    with pytest.raises(ValueError, match="two literal characters"):
        found(lexicon("* заявление"), "заявление")


@settings(deadline=None)
@given(st.text(max_size=200))
def test_what_is_found_lies_where_it_says(text: str):
    """Folding changes no length, so an offset in the folded text is one in the page's own text."""
    folded = fold(text)

    hits = load_knowledge().lexicon.hits(folded, frozenset({"ky", "ru", "en"}))

    assert len(folded) == len(text)
    assert all(0 <= hit.start < hit.end <= len(text) for hit in hits)


DIGIT_PATTERNS = [
    pattern for patterns in load_knowledge().lexicon.digit_patterns.values() for pattern in patterns
]


@pytest.mark.parametrize("pattern", DIGIT_PATTERNS)
@settings(max_examples=20, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_what_is_looked_for_in_lines_with_digits_is_found_nowhere_else(pattern: str, data: st.DataObject):
    """Each match has a digit and lies in one line, or it would be lost."""
    expression = re.compile(pattern, re.MULTILINE)
    match = expression.search(data.draw(st.from_regex(expression)))

    assert match is None or (re.search(r"\d", match[0]) and "\n" not in match[0])


@pytest.mark.parametrize("figure", ["0", "0 ", "1.", "1, "])
def test_d3_a_mass_of_figures_is_looked_at_by_its_ends_only(figure: str):
    """Amounts are sought once from each figure of a mass: a page of nothing else would be read for hours."""
    whole = f"Төлөм: $ {figure * 100_000} сом"
    lines = DigitLines.of(whole)
    masses = re.findall(r"[\d., ]+", lines.text)

    assert (len(whole), whole[:100], whole[-90:]) == (len(lines.text), lines.text[:100], lines.text[-90:])
    assert max(map(len, masses)) < 200


@given(st.text(alphabet="a1\n "))
def test_places_in_lines_with_digits_are_places_in_the_text(text: str):
    """Every line that has a digit is there, and nothing else."""
    lines = DigitLines.of(text)
    there = [place + lines.moved(place) for place in range(len(lines.text)) if lines.text[place] != "\n"]

    assert [line for line in text.split("\n") if "1" in line] == [
        line for line in lines.text.split("\n") if line
    ]
    assert lines.text.replace("\n", "") == "".join(text[place] for place in there)
