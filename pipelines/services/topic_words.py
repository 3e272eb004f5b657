"""Life events and functions of government, with their words: `life_events.yml` and `cofog.yml`."""

from functools import cached_property

from pipelines.judging.phrases import Phrases
from pipelines.services.word_lists import ByLanguage, all_words
from pipelines.strict import Strict


class LifeEvent(Strict):
    """An event for which services are needed."""

    id: str
    audience: str
    name: dict[str, str]
    words: ByLanguage


class LifeEvents(Strict):
    """Everything in `life_events.yml`."""

    source: str
    life_events: tuple[LifeEvent, ...]

    @cached_property
    def phrases(self) -> Phrases:
        """Word of a service's name -> life event."""
        return Phrases.of({event.id: all_words(event.words) for event in self.life_events})


class Division(Strict):
    """A function of government."""

    id: str
    name: dict[str, str]
    words: ByLanguage
    life_events: tuple[str, ...]


class Cofog(Strict):
    """Everything in `cofog.yml`."""

    source: str
    divisions: tuple[Division, ...]

    @cached_property
    def phrases(self) -> Phrases:
        """Word of a service's name -> division."""
        return Phrases.of({division.id: all_words(division.words) for division in self.divisions})

    @cached_property
    def of_life_event(self) -> dict[str, str]:
        """Life event -> division."""
        return {event: division.id for division in self.divisions for event in division.life_events}
