"""Whether a site's thin pages are worth rendering: tried on a few, measured, then decided for the visit."""

from dataclasses import dataclass

from crawlers.rendering.rules import rendering_rules


@dataclass(frozen=True, slots=True, kw_only=True)
class Gain:
    """Characters of visible text of one page."""

    before: int  # as the server sent it
    after: int  # as its scripts left it

    @property
    def is_real(self) -> bool:
        """Whether rendering gave text, and not just a menu or a spinner."""
        rules = rendering_rules()
        is_much_more = self.after >= rules.least_ratio * self.before
        return is_much_more and self.after - self.before >= rules.least_gain_characters


class Trial:
    """What is known of one site's gain from rendering, and what is left of its budget."""

    def __init__(self) -> None:
        """Begin with nothing known."""
        self._is_worth_it = False
        self._rendered = 0
        self._failures = 0  # of the browser, in a row

    @property
    def goes_on(self) -> bool:
        """Whether the next thin page is to be rendered."""
        rules = rendering_rules()
        if self._failures >= rules.failures_in_a_row or self._rendered >= rules.pages_per_site:
            return False
        return self._is_worth_it or self._rendered < rules.probes

    def note_gain(self, gain: Gain) -> None:
        """Take a measurement into account: one real gain is enough for the visit."""
        self._rendered += 1
        self._failures = 0
        self._is_worth_it = self._is_worth_it or gain.is_real

    def note_failure(self) -> None:
        """Take into account that the browser gave nothing."""
        self._rendered += 1
        self._failures += 1
