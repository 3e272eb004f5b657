"""Say from a service's name which life event it belongs to and which function of government it is."""

from collections.abc import Iterable

from pipelines.judging.phrases import Phrases, fold, words_of
from pipelines.services.service_words import ServiceWords


def life_event_of(names: Iterable[str], words: ServiceWords) -> str | None:
    """Return the life event of the longest phrase in `names`, the first of equals, or None."""
    return _best(names, words.life_events.phrases)


def cofog_of(names: Iterable[str], life_event: str | None, words: ServiceWords) -> str | None:
    """Return the COFOG division that `names` speak of, else that of the life event, else None."""
    spoken = _best(names, words.cofog.phrases)
    return spoken or (words.cofog.of_life_event.get(life_event) if life_event else None)


def _best(names: Iterable[str], phrases: Phrases) -> str | None:
    found = [match for name in names for match in phrases.find(words_of(fold(name)))]
    return max(found, key=lambda match: match.length).meaning if found else None
