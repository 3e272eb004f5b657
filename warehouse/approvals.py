"""Which checks a person may approve: a name that is none, or that nobody may approve, is no decision."""

from collections.abc import Collection
from difflib import get_close_matches

from warehouse import checks, contract_check, losses, private_words
from warehouse.errors import ApprovalError
from warehouse.gate import NEVER_APPROVED
from warehouse.thresholds import thresholds

_NEARBY = 3  # names told where one is asked for that is none


def refuse_what_nobody_approves(approved: Collection[str]) -> None:
    """Refuse names that are no checks, before a release says that somebody approved them.

    Raises:
        ApprovalError: names the first that is unknown, with the nearest ones, or that nobody may approve.
    """
    known = approvable()
    for name in sorted(set(approved)):
        if name in NEVER_APPROVED:
            raise ApprovalError(f"{name}: nobody may approve this check; mend the cause, and publish again")
        if name not in known:
            nearest = ", ".join(get_close_matches(name, known, n=_NEARBY, cutoff=0))
            raise ApprovalError(f"{name!r}: no check is called so; expected a name such as {nearest}")


def approvable() -> tuple[str, ...]:
    """Return the names of all checks of the gate that a person may approve, sorted."""
    limits = thresholds()
    names = {
        *(check.name for check in checks.checks()),
        *(guard.name for guard in (*limits.guards.values(), limits.rows)),
        *(contract_check.KEPT, contract_check.HAS_ITS_VERSION),
        *(losses.UNREADABLE, private_words.IN_TABLES, private_words.IN_FILES),
    }
    return tuple(sorted(names - NEVER_APPROVED))
