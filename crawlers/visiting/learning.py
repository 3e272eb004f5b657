"""Learn, on one site, which forms of address lead to services: from the pages that were seen there.

A page counts for the form of its own address, and in part for that of the page that led to it: so the
further pages of a catalogue come before those of a news archive. Nothing is learned across sites.
"""

from dataclasses import dataclass

from crawlers.politeness.decisions import Rule
from crawlers.visiting.address_forms import form_of
from crawlers.visiting.scoring import scoring
from crawlers.visiting.trap_rules import trap_rules

_THE_REST = "*"  # stands for all forms beyond those that are told apart


@dataclass(slots=True)
class _Record:
    seen: int = 0
    promised: float = 0.0
    repeats: int = 0  # in a row, of pages that were seen before


class Learning:
    """What the pages of one site taught."""

    def __init__(self) -> None:
        """Begin without knowledge."""
        self._records: dict[str, _Record] = {}

    def form_of(self, url: str) -> str:
        """Return the form by which `url` is judged: its own, while there are not too many."""
        form = form_of(url)
        if form in self._records:
            return form
        if len(self._records) >= scoring().max_forms:
            return _THE_REST
        self._records[form] = _Record()
        return form

    def learn(self, url: str, referrer_url: str | None, promise: float, *, repeats: bool = False) -> set[str]:
        """Note what the page at `url` promised, from 0 to 1, and whether it only repeats another.

        Return the forms that are now judged anew.
        """
        form = self.form_of(url)
        record = self._records.setdefault(form, _Record())
        record.seen += 1
        record.promised += promise
        record.repeats = record.repeats + 1 if repeats else 0
        if referrer_url is None or promise <= 0:
            return {form}
        leading = self.form_of(referrer_url)
        self._records.setdefault(leading, _Record()).promised += scoring().leading * promise
        return {form, leading}

    def bonus_of(self, form: str) -> float:
        """Return what addresses of `form` are worth beyond what is usual, in points."""
        record = self._records.get(form)
        if record is None or not record.seen:
            return 0.0
        rules = scoring()
        share = (record.promised + rules.usual_share * rules.usual_pages) / (record.seen + rules.usual_pages)
        return rules.points.learned * (min(1.0, share) - rules.usual_share)

    def rule_against(self, url: str) -> Rule | None:
        """Return why no more addresses of the form of `url` are asked for, if that is so."""
        record, rules = self._records.get(self.form_of(url)), trap_rules()
        if record is None:
            return None
        if record.repeats >= rules.repeats_in_a_row:
            return Rule.NEAR_DUPLICATE
        is_poor = record.seen >= rules.form_pages and record.promised < rules.form_share * record.seen
        return Rule.FORM_BUDGET if is_poor else None
