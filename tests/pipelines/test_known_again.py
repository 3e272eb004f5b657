"""Services are known again by looking up what they have in common, as if each were compared with each."""

from collections import Counter
from collections.abc import Mapping
from math import fsum

import pytest
from hypothesis import given
from hypothesis import strategies as st
from small_pages import WORDS

from pipelines.services import renamed_services
from pipelines.services.names import name_key
from pipelines.services.renamed_services import Names, renamed_pairs
from pipelines.services.same_content import Content, pairs_alike

NAME_WORDS, CONTENT = WORDS.identify.names, WORDS.identify.content
WORD = st.sampled_from(["паспорт", "брак", "дом", "земля", "дорога", "выдача"])
NAMES = st.lists(
    st.tuples(st.sampled_from(["ru", "ky"]), st.lists(WORD, max_size=4).map(" ".join)), max_size=2
)
STATED = st.frozensets(st.sampled_from("abcdefgh"), max_size=7)
OURS, THEIRS = st.integers(0, 5), st.sampled_from(["s", "t", "u", "v"])


def are_renamed(ours: Names, theirs: Names) -> bool:
    """Whether one name is part of another in its language, and few words are between them."""
    keys = [
        [(language, name_key(name, NAME_WORDS, language)) for language, name in each]
        for each in (ours, theirs)
    ]
    return any(
        language == other_language
        and (key < other or other < key)
        and len(key ^ other) <= NAME_WORDS.words_changed
        for language, key in keys[0]
        for other_language, other in keys[1]
    )


def alike(mine: Content, other: Content, holders: Mapping[str, int]) -> float:
    """The share of what both state, each statement by how few state it; 0 if others state all of it too."""
    if not any(holders[said] == 2 for said in mine & other):
        return 0.0
    return fsum(1 / holders[said] for said in mine & other) / fsum(1 / holders[said] for said in mine | other)


@given(st.dictionaries(OURS, NAMES), st.dictionaries(THEIRS, NAMES))
def test_names_with_a_word_more_or_less_are_found_as_if_all_were_compared(
    ours: dict[int, Names], theirs: dict[str, Names]
):
    """By what is left of a name without any one of its words."""
    compared = {(one, other) for one in ours for other in theirs if are_renamed(ours[one], theirs[other])}

    assert compared == renamed_pairs(ours, theirs, NAME_WORDS)


def test_a_name_is_looked_at_once_however_many_others_there_are(monkeypatch: pytest.MonkeyPatch):
    """A portal may have thousands of new services, and as many that are gone."""
    looked: list[str] = []

    def noting(name: str, *others: object) -> frozenset[str]:
        looked.append(name)
        return name_key(name, *others)  # type: ignore[arg-type] - handed on as they came

    monkeypatch.setattr(renamed_services, "name_key", noting)
    ours = {number: [("ru", f"Регистрация дома {number}")] for number in range(300)}
    theirs = {str(number): [("ru", f"Регистрация земли {number}")] for number in range(300)}
    renamed_pairs(ours, theirs, NAME_WORDS)

    assert 600 == len(looked)


@given(st.dictionaries(OURS, STATED), st.dictionaries(THEIRS, STATED), st.lists(STATED, max_size=3))
def test_services_that_state_the_same_are_found_as_if_all_were_compared(
    ours: dict[int, Content], theirs: dict[str, Content], others: list[Content]
):
    """Most alike both ways; of two that are as much alike, none."""
    holders = Counter(said for each in (*ours.values(), *theirs.values(), *others) for said in each)
    scores = {
        (one, other): score
        for one, mine in ours.items()
        for other, stated in theirs.items()
        if len(mine & stated) >= CONTENT.fewest and (score := alike(mine, stated, holders)) >= CONTENT.alike
    }
    best = [
        pair
        for pair in sorted(scores)
        if all(
            scores[other] < scores[pair]
            for other in scores
            if other != pair and (other[0] == pair[0] or other[1] == pair[1])
        )
    ]

    assert best == [*pairs_alike(ours, theirs, others, CONTENT)]
