"""What all word lists of the knowledge have in common: strict records, and words by language."""

from pydantic import BaseModel, ConfigDict

ByLanguage = dict[str, tuple[str, ...]]


class Strict(BaseModel):
    """A record of a word list: frozen, and refusing keys that it does not know."""

    model_config = ConfigDict(extra="forbid", frozen=True)


def all_words(words: ByLanguage) -> tuple[str, ...]:
    """Return the words of all languages together."""
    return tuple(word for group in words.values() for word in group)
