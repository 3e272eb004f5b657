"""Find words of a list in a text, all of them in one pass."""

from collections.abc import Iterable, Mapping

import ahocorasick_rs


class Words:
    """Parts of words, by the concept that they stand for; a text is read once whatever their number."""

    def __init__(self, concepts: Mapping[str, Iterable[str]]) -> None:
        """Look for the words of each of `concepts`, which must be lower-case."""
        pairs = [(word, concept) for concept, words in concepts.items() for word in words]
        self._concepts = [concept for _, concept in pairs]
        self._automaton = ahocorasick_rs.AhoCorasick([word for word, _ in pairs])

    def concepts_in(self, text: str) -> set[str]:
        """Return the concepts of which a word stands in `text`, in lower case or not."""
        found = self._automaton.find_matches_as_indexes(text.lower(), overlapping=True)
        return {self._concepts[index] for index, _, _ in found}
