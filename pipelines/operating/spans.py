"""Spans of time as a person says them."""

_MINUTE, _HOUR, _DAY = 60, 3600, 86400  # seconds


def span(seconds: float) -> str:
    """Return `seconds` in the largest unit of which there is a whole one."""
    for unit, name in ((_DAY, "days"), (_HOUR, "h"), (_MINUTE, "min")):
        if seconds >= unit:
            return f"{seconds / unit:.1f} {name}"
    return f"{seconds:.0f} s"
