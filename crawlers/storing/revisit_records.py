"""Write an answer that repeats an earlier one as WARC's revisit record: what was said, without the body.

The server said so itself (304), or sent the very same bytes again (ISO 28500, section 6.7).
"""

from crawlers.network.answers import Answer, Original
from crawlers.storing.warc import Record

_PROFILES = "http://netpreserve.org/warc/1.1/revisit/"
_NOT_MODIFIED = (("WARC-Profile", f"{_PROFILES}server-not-modified"),)
_SAME_PAYLOAD = (("WARC-Profile", f"{_PROFILES}identical-payload-digest"), ("WARC-Truncated", "length"))


def revisit_record(answer: Answer, original: Original) -> Record:
    """Return the record of an `answer` that repeats `original`: its HTTP header, and what it refers to."""
    repeated = original.capture
    profile = _NOT_MODIFIED if answer.status == 304 else _SAME_PAYLOAD  # noqa: PLR2004 - HTTP's "not modified"
    return Record(
        kind="revisit",
        url=answer.asked.url,
        content_type="application/http; msgtype=response",
        written_at=answer.asked.asked_at,
        block=answer.header_block(),
        more=(
            *profile,
            ("WARC-Refers-To", repeated.warc_record_id or ""),
            ("WARC-Refers-To-Target-URI", repeated.url),
            ("WARC-Refers-To-Date", original.warc_date),
            ("WARC-Payload-Digest", original.payload_digest),
        ),
    )
