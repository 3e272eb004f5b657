"""Badges: one line in a small picture that a ministry or a newspaper can show; it says what the page says."""

from dataclasses import dataclass

from warehouse.portal.reader import Row
from warehouse.portal.speech import Speech

_LETTER, _MARGIN = 6.6, 9.0  # px: width of a letter at 11 px, and the room beside words
_QUARTERS = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Badge:
    """What a badge says, and how wide its two parts are."""

    name: str
    words: str
    stage: int  # whose colour it has; 0: none

    @property
    def name_width(self) -> float:
        """Return the width of the left part in px."""
        return _width(self.name)

    @property
    def words_width(self) -> float:
        """Return the width of the right part in px."""
        return _width(self.words)


class Badges:
    """Writes badges in one language."""

    def __init__(self, say: Speech) -> None:
        """Write in the language of `say`."""
        self._say = say

    def of_service(self, service: Row) -> Badge:
        """Return the badge of a service: its stage."""
        stage = service["stage"] or 0
        text = self._say.text
        return self._badge(
            text("stage %(number)s of 4", number=stage) if stage else text("stage not determined"), stage
        )

    def of_services(self, counted: Row) -> Badge:
        """Return the badge of a country or institution: how many of its services are done online."""
        total = counted["service_count"]
        if not total:
            return self._badge(self._say.text("no service seen"), 0)
        online = counted["stage_3_count"] + counted["stage_4_count"]
        words = self._say.text("done online: %(share)s of services", share=self._say.share(online / total))
        return self._badge(words, 1 + min(_QUARTERS - 1, _QUARTERS * online // total))

    def _badge(self, words: str, stage: int) -> Badge:
        return Badge(name=self._say.text("Baskych"), words=words, stage=stage)


def _width(words: str) -> float:
    return round(len(words) * _LETTER + 2 * _MARGIN, 1)
