"""What an expression needs is found first, and nothing that it would match is lost by that."""

import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipelines.knowledge import load_knowledge
from pipelines.line_patterns import LinePatterns
from pipelines.literals import beginnings, caseless, needed
from pipelines.pages.language_rules import language_rules
from pipelines.pages.recognise_content import straight
from pipelines.pages.recognise_rules import recognise_rules
from pipelines.prefilter import Prefilter
from pipelines.replacing import with_replaced

LEXICON = load_knowledge().lexicon
IN_LINES = [
    re.compile(pattern, re.MULTILINE)
    for patterns in (*LEXICON.patterns.values(), *LEXICON.digit_patterns.values())
    for pattern in patterns
]
OF_WALLS = [rule.pattern.compiled for rule in recognise_rules().rules if rule.pattern.pattern != "(?!)"]
ALL = [*IN_LINES, *OF_WALLS, language_rules().template_code]


@pytest.mark.parametrize(
    ("pattern", "literals"),
    [
        (r"\b(?:law|decree) no\.? ?\d+", {" no"}),
        (r"(?:закон\w*|указ\w*) ?\d", {"закон", "указ"}),
        (r"colou?r", {"colo"}),
        (r"(?:ab)+c?", {"ab"}),
        (r"[?!]$", {"?", "!"}),
        (r"(?>stop)\d", {"stop"}),
        (r"(?i:Stop)", set()),
        (r"\d+|word", set()),
        (r"(?:word)?\d", set()),
    ],
)
def test_the_most_telling_literals_are_needed(pattern: str, literals: set[str]):
    """Some of them are in every match; where alternatives have none, nothing is needed."""
    assert literals == needed(re.compile(pattern))


def test_what_ignores_case_needs_lower_case():
    """It is looked for in a text in lower case."""
    assert {"access denied"} == needed(re.compile("Access Denied", re.IGNORECASE))


@pytest.mark.parametrize(
    ("pattern", "heads"),
    [
        ("^(?:en|english|рус)$", {"en", "english", "рус"}),
        ("^case (?:no|number)", {"case no", "case number"}),
        (r"^a\d", {"a"}),
        (r"^\d", set()),
        ("en", set()),
    ],
)
def test_an_anchored_expression_begins_with_some_literals(pattern: str, heads: set[str]):
    """Only lines that begin so are tried."""
    assert heads == beginnings(re.compile(pattern))


def said(expression: re.Pattern[str], match: re.Match[str]) -> str:
    """Return what was matched as literals are looked for in it."""
    return caseless(match.group()) if expression.flags & re.IGNORECASE else match.group()


@pytest.mark.parametrize("expression", ALL, ids=lambda one: one.pattern[:30])
@settings(deadline=None, max_examples=8, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_every_match_has_what_its_expression_needs(expression: re.Pattern[str], data: st.DataObject):
    """The literals are necessary, or something would be lost."""
    text = data.draw(st.from_regex(expression))
    match = expression.search(text)
    literals = needed(expression)

    assert match is None or not literals or any(one in said(expression, match) for one in literals)


@pytest.mark.parametrize("expression", IN_LINES, ids=lambda one: one.pattern[:30])
@settings(deadline=None, max_examples=8, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_a_match_lies_in_one_line(expression: re.Pattern[str], data: st.DataObject):
    """Lines are tried one by one."""
    match = expression.search(data.draw(st.from_regex(expression)))

    assert match is None or "\n" not in match.group()


@pytest.mark.parametrize("expression", OF_WALLS, ids=lambda one: one.pattern[:30])
def test_what_a_wall_says_is_looked_for_with_straight_apostrophes(expression: re.Pattern[str]):
    """All that a page says is made straight before it is looked through."""
    assert all(one == straight(one) for one in needed(expression))


PIECES = [
    "срок 5 рабочих дней", "бир күн", "en", "english", "on", "English ?", "what?", "тел. +996 312 620385",
    "{{ name }}", "a@b.example", "p.o. box 7", "удалить", "закон № 12-фз", "ошибка", "\n", " ", "12.05.2024",
]  # fmt: skip


@settings(deadline=None)
@given(st.lists(st.sampled_from(PIECES)).map("".join))
def test_trying_only_some_lines_finds_what_trying_all_finds(text: str):
    """One pass for literals and first letters loses no match and adds none."""
    everywhere = sorted(
        (concept, match.start(), match.end())
        for concept, patterns in LEXICON.patterns.items()
        for pattern in patterns
        for match in re.compile(pattern, re.MULTILINE).finditer(text)
    )

    assert everywhere == sorted(LinePatterns(LEXICON.patterns).found(text))


@pytest.mark.parametrize("odd", ["acceſſ denied", "DENİED", "ACCESS DENIED", "denıed"])
def test_no_spelling_hides_a_text_from_an_expression(odd: str):
    """`re` takes some letters for others when it ignores case: then every expression is tried."""
    expressions = [re.compile("access denied|denied", re.IGNORECASE), re.compile(r"\d")]

    possible = Prefilter(expressions).possible(odd)

    assert {n for n, one in enumerate(expressions) if one.search(odd)} <= possible


def test_an_expression_whose_words_are_not_there_is_not_tried():
    """That is what it is for."""
    expressions = [re.compile("access denied", re.IGNORECASE), re.compile("welcome|hello")]

    assert {1} == Prefilter(expressions).possible("Well, hello")


@settings(deadline=None)
@given(st.text(alphabet="ё’ aе\u00a0б"))
def test_replacing_one_by_one_is_replacing_all_at_once(text: str):
    """No replacement is replaced itself."""
    others = {"ё": "е", "’": "'", "\u00a0": " "}

    assert text.translate(str.maketrans(others)) == with_replaced(text, others)
