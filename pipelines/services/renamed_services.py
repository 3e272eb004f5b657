"""Know a service again whose name had a word put in or taken out, without comparing all names with all."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations

from pipelines.services.identify_words import NameWords
from pipelines.services.names import name_key

Names = Sequence[tuple[str, str]]  # (language, name)
_Key = tuple[str, frozenset[str]]  # language, words that carry meaning


def renamed_pairs(
    ours: Mapping[int, Names], theirs: Mapping[str, Names], words: NameWords
) -> set[tuple[int, str]]:
    """Return which of `ours` were only renamed from which of `theirs`: by few words more or less.

    All are services of one provider. It takes as long as there are names, not as there are pairs of them: a
    name is looked up by what is left of it without any one of its words.
    """
    whole: dict[_Key, set[str]] = defaultdict(set)
    lacking: dict[_Key, set[str]] = defaultdict(set)
    for service_id, names in theirs.items():
        for language, key in _keys(names, words):
            whole[language, key].add(service_id)
            for part in _parts(key, words.words_changed):
                lacking[language, part].add(service_id)
    found: set[tuple[int, str]] = set()
    for place, names in ours.items():
        for language, key in _keys(names, words):
            found |= {(place, one) for one in lacking.get((language, key), ())}
            for part in _parts(key, words.words_changed):
                found |= {(place, one) for one in whole.get((language, part), ())}
    return found


def _keys(names: Names, words: NameWords) -> Iterator[_Key]:
    for language, name in names:
        yield language, name_key(name, words, language)


def _parts(key: frozenset[str], most: int) -> Iterator[frozenset[str]]:
    """Yield `key` without any one of its words, any two… up to `most`."""
    for count in range(1, min(most, len(key)) + 1):
        for gone in combinations(sorted(key), count):
            yield key.difference(gone)
