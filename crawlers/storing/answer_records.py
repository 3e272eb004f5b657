"""What was asked and what was answered, as two WARC records that name each other."""

from crawlers.network.answers import Answer
from crawlers.storing.revisit_records import revisit_record
from crawlers.storing.warc import Record

_RESPONSE = "application/http; msgtype=response"
_REQUEST = "application/http; msgtype=request"


def response_record(answer: Answer) -> Record:
    """Return the record of an answer as it came; of one that repeats an earlier one, what it refers to."""
    if answer.repeats:
        return revisit_record(answer, answer.repeats)
    reason = "length" if answer.is_over_limit else "disconnect"
    cut = (("WARC-Truncated", reason),) if answer.is_cut or answer.is_over_limit else ()
    return Record(
        kind="response",
        url=answer.asked.url,
        content_type=_RESPONSE,
        written_at=answer.asked.asked_at,
        block=answer.block(),
        more=(*_address(answer), *cut),
    )


def request_record(answer: Answer, response_id: str) -> Record:
    """Return the record of the request that `answer` came to, which stands under `response_id`."""
    return Record(
        kind="request",
        url=answer.asked.url,
        content_type=_REQUEST,
        written_at=answer.asked.asked_at,
        block=answer.asked.header,
        more=(("WARC-Concurrent-To", response_id), *_address(answer)),
    )


def _address(answer: Answer) -> tuple[tuple[str, str], ...]:
    return (("WARC-IP-Address", answer.ip_address),) if answer.ip_address else ()
