"""Tell whether the dates of a page are as recent on the day of one capture as on that of another."""

from collections.abc import Collection

from crawlers.captures import Capture
from pipelines.judging.expertise import Knowledge
from pipelines.judging.site_shapes import DATED_WITHIN, dated_alike
from pipelines.rounds.kept_form import KeptReading


def date_spans(knowledge: Knowledge) -> frozenset[int]:
    """Return how recent, in days, the cues of `knowledge` ask dates to be."""
    cues = [cue for one in (*knowledge.indicators, *knowledge.site_indicators) for cue in one.seen]
    cues += [cue for subject in knowledge.subjects for cue in subject.seen]
    cues += [sign.seen for sign in knowledge.signs.values()]
    return frozenset(int(days) for cue in cues if cue.shape == DATED_WITHIN for days in cue.of)


def is_as_recent(kept: KeptReading, capture: Capture, spans: Collection[int]) -> bool:
    """Return whether the dates of the page are, on the day of `capture`, as recent as when it was read."""
    return dated_alike(kept.days, (kept.row.captured_at.date(), capture.captured_at.date()), spans)
