"""What all word lists of the knowledge have in common: strict records, and words by language."""

ByLanguage = dict[str, tuple[str, ...]]


def all_words(words: ByLanguage) -> tuple[str, ...]:
    """Return the words of all languages together."""
    return tuple(word for group in words.values() for word in group)
