"""The words for units of time and for no waiting: `knowledge/times.yml`, made ready once."""

from functools import cached_property

from pipelines.judging.phrases import Phrases
from pipelines.services.number_words import folded_words
from pipelines.services.word_lists import ByLanguage, all_words
from pipelines.strict import Strict


class Span(Strict):
    """A unit of time, or words for a whole span, in days."""

    days: float
    words: ByLanguage


class TimeWords(Strict):
    """Everything in `times.yml`; each key is explained there."""

    units: tuple[Span, ...]
    whole_spans: tuple[Span, ...]
    between: ByLanguage
    one_after: ByLanguage
    joined_by: ByLanguage
    spanned_by: frozenset[str]
    at_once: tuple[Span, ...]
    no_waiting: ByLanguage

    @cached_property
    def unit_phrases(self) -> Phrases:
        """Unit of time -> its length in days; of a whole span `=` and its length."""
        whole = {f"={span.days}": all_words(span.words) for span in self.whole_spans}
        return Phrases.of({**whole, **_by_days(self.units)})

    @cached_property
    def at_once_phrases(self) -> Phrases:
        """Words for no waiting -> days."""
        return Phrases.of(_by_days(self.at_once))

    @cached_property
    def between_phrases(self) -> Phrases:
        """Words that may stand between a number and its unit."""
        return Phrases.of({"between": all_words(self.between)})

    @cached_property
    def one_after_phrases(self) -> Phrases:
        """Words after which a unit alone is one of it."""
        return Phrases.of({"one": all_words(self.one_after)})

    @cached_property
    def joints(self) -> frozenset[str]:
        """Words between the parts of one span."""
        return folded_words(self.joined_by)

    @cached_property
    def no_waiting_phrases(self) -> Phrases:
        """What makes a span one of something else than waiting."""
        return Phrases.of({"no": all_words(self.no_waiting)})


def _by_days(spans: tuple[Span, ...]) -> dict[str, tuple[str, ...]]:
    return {str(span.days): all_words(span.words) for span in spans}
