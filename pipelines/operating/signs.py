"""What the doctor tells of one thing that was looked at."""

from dataclasses import asdict, dataclass
from typing import Literal

State = Literal["ok", "note", "fault"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sign:
    """One thing that was looked at."""

    name: str
    state: State  # ok; note: good to know; fault: a run would fail
    seen: str
    advice: str = ""

    def as_dict(self) -> dict[str, str]:
        """Return the sign for JSON."""
        return asdict(self)
