"""What a report on a site says where a list of it is empty: nobody could look, or there is nothing.

What nobody could look at is never said to be absent. Services that an earlier round saw are told with that.
"""

from collections.abc import Sequence

from warehouse.portal.reader import Row
from warehouse.portal.speech import Speech

ONLINE = 3  # the stage from which a service is done online
_HIGHEST = 4


class EmptyLists:
    """The words for each list of a report, should it be empty, in one language."""

    def __init__(self, said: Speech, site: Row, services: Sequence[Row]) -> None:
        """Speak of `site` (a row of `report_site.sql`) and its services (rows of `report_services.sql`)."""
        self._said = said
        self._was_asked = site["status"] != "not_tried"
        self._is_unseen = not site["seen_count"]
        stages = [service["stage"] for service in services]
        self._found = len(stages)
        self._judged = len([stage for stage in stages if stage is not None])
        self._has_all = all(stage == _HIGHEST for stage in stages)
        self._has_online = any((stage or 0) >= ONLINE for stage in stages)

    @property
    def kept(self) -> str:
        """Return what stands above all lists where they tell of earlier rounds, else nothing."""
        if not (self._is_unseen and self._found):
            return ""
        return self._said.text(
            "No page of this site could be seen in the newest round. What is said of its services was seen"
            " in earlier rounds."
        )

    @property
    def good(self) -> str:
        """Return what stands where no service is done online."""
        if not self._judged:
            return self._unsaid
        if self._judged < self._found:
            return self._said.text("No service whose stage could be told can be done online yet.")
        return self._said.text("No service of this site can be done online yet, by what its pages show.")

    @property
    def behind(self) -> str:
        """Return what stands where no service stops earlier."""
        if self._has_online:
            return self._said.text("Nothing: every service found here can be done online.")
        return self._unsaid

    @property
    def missing(self) -> str:
        """Return what stands where no indicator is missing."""
        if not self._judged:
            return self._unsaid
        if self._has_all:
            return self._said.text("Nothing is missing for a next stage.")
        return self._said.text("Nothing is known to be missing for a next stage.")

    @property
    def failures(self) -> str:
        """Return what stands where no address failed."""
        if self._was_asked:
            return self._said.text("None: every address answered.")
        return self._said.text("No address of this site was asked in the newest round.")

    @property
    def _unsaid(self) -> str:
        """Return why nothing is said of services; or that there is none, where one could look."""
        if self._found:
            return self._said.text("Nothing can be said: the stage of none of its services could be told.")
        if self._is_unseen:
            return self._said.text("Nothing can be said: no page of this site could be seen.")
        return self._said.text("No service was found on this site.")
