"""Whose visit a folder is of: only the same visit may go on with it."""

import hashlib
from pathlib import Path

from pydantic import ValidationError

from crawlers.registry.fields import Strict

TICKET_FILE = "visit.json"


class Ticket(Strict):
    """What tells one visit from another."""

    round_id: str
    site_id: str
    bounds: str  # digest of where the site begins and ends, as the registry says
    job_id: str  # the crawl that asked for it; a crawl that was cut short and goes on keeps its id

    def is_same_visit(self, other: "Ticket | None") -> bool:
        """Whether what was captured under `other` can be gone on with."""
        return other is not None and self == other.model_copy(update={"job_id": self.job_id})


def digest(*parts: str) -> str:
    """Return a short digest of `parts`, for comparison only."""
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]


def write_ticket(folder: Path, ticket: Ticket) -> None:
    """Write `ticket` into `folder`."""
    (folder / TICKET_FILE).write_text(ticket.model_dump_json() + "\n", encoding="utf-8")


def read_ticket(folder: Path) -> Ticket | None:
    """Return the ticket in `folder`; None where there is none that can be read: nobody goes on there then."""
    try:
        return Ticket.model_validate_json((folder / TICKET_FILE).read_bytes())
    except (OSError, ValidationError):
        return None
