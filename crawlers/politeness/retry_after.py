"""Read how long a host asks to be left alone (RFC 9110, section 10.2.3)."""

from datetime import UTC, datetime
from email.utils import parsedate_to_datetime


def retry_after(value: str | None, asked_at: datetime) -> float:
    """Return the seconds that a Retry-After field asks for; 0 for none, for the past and for nonsense.

    A number too large for any calendar is infinite.
    """
    text = (value or "").strip()
    if text.isascii() and text.isdigit():
        return float(text)
    try:
        moment = parsedate_to_datetime(text)
        if moment.tzinfo is None:
            moment = moment.replace(tzinfo=UTC)
        return max(0.0, (moment - asked_at).total_seconds())
    except (ValueError, OverflowError):  # no date, or none that a calendar has
        return 0.0
