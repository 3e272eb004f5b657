"""Visit a site as one who was there before: ask for what changed, and pass by what need not be looked at yet.

The rest of a visit hardly notices: an answer that repeats an earlier one carries that one's body.
"""

from collections.abc import Awaitable, Callable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import replace

from crawlers.network.answers import Answer, Failure, Original
from crawlers.storing.originals import opened
from crawlers.storing.sums import warc_digest
from crawlers.visiting.coming_back import is_due, validators
from crawlers.visiting.earlier import Known
from crawlers.visiting.frontier import Wanted

Fetch = Callable[[str, Mapping[str, str]], Awaitable[Answer | Failure]]


class Returning:
    """Asks for the pages of one site, knowing what earlier rounds saw of it."""

    def __init__(
        self, fetch: Fetch, known: Mapping[str, Known], services: AbstractSet[str] | None = None
    ) -> None:
        """Ask with `fetch`. `services`: addresses that spoke of services when last seen; None: unknown."""
        self._fetch, self._known, self._services = fetch, known, services

    async def fetch(self, url: str) -> Answer | Failure:
        """Return what came of asking for `url`: for a page that did not change, without its being sent."""
        known = self._known.get(url)
        known = None if known and known.is_nothing else known
        original = _opened(known)
        fields = validators(known) if known and original else {}
        answer = await self._fetch(url, fields)
        if original and isinstance(answer, Answer) and _repeats(answer, original, is_asked=bool(fields)):
            return replace(answer, repeats=original)
        return answer

    @property
    def promises(self) -> Mapping[str, float]:
        """What was found at addresses when the site was last seen: 1 at those that spoke of a service."""
        return dict.fromkeys(self._services or (), 1.0)

    def is_of_service(self, url: str) -> bool:
        """Whether an address is known to have spoken of a service when the site was last seen."""
        return self._services is not None and url in self._services

    def passes_by(self, wanted: Wanted) -> Original | None:
        """Return what a page was when it was last looked at, if it need not be looked at in this round."""
        known = self._known.get(wanted.url)
        if known is None or is_due(wanted, known, self._services):
            return None
        return _opened(known)


def _opened(known: Known | None) -> Original | None:
    return opened(known.folder, known.original, known.latest.captured_at) if known else None


def _repeats(answer: Answer, original: Original, *, is_asked: bool) -> bool:
    """Whether the server says that nothing changed (for it was asked), or sent the very same bytes again."""
    if answer.status == 304:  # noqa: PLR2004 - HTTP's "not modified"
        return is_asked
    is_whole = answer.status == 200 and not answer.is_cut  # noqa: PLR2004 - HTTP's "OK"
    return is_whole and warc_digest(answer.body) == original.payload_digest
