"""The page as its scripts left it, kept as a WARC `conversion` record beside what the server sent.

ISO 28500, section 6.8: a conversion holds another version of a record's content, and names that record.
"""

from datetime import UTC, datetime

from crawlers.captures import Capture
from crawlers.rendering.rules import rendering_rules
from crawlers.rendering.trial import Gain
from crawlers.storing.warc import Record

DOM_TYPE = "text/html; charset=utf-8"
PROFILE_FIELD = "Baskych-Render-Profile"


def conversion_of(wire: Capture, dom: str, gain: Gain, browser: str) -> Record:
    """Return the record of `dom`, which `browser` made of the page that `wire` captured."""
    size = rendering_rules().viewport
    profile = f"{browser}; viewport={size.width}x{size.height}; characters={gain.before}->{gain.after}"
    return Record(
        kind="conversion",
        url=wire.url,
        content_type=DOM_TYPE,
        written_at=datetime.now(UTC),
        block=dom.encode("utf-8", "replace"),
        more=(("WARC-Refers-To", wire.warc_record_id or ""), (PROFILE_FIELD, profile)),
    )
