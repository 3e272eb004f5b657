"""What a person may approve, and what nobody may."""

import pytest

from warehouse import losses
from warehouse.approvals import approvable, refuse_what_nobody_approves
from warehouse.checks import checks
from warehouse.errors import ApprovalError


def test_every_check_of_the_gate_but_one_may_be_approved():
    """Promises of SQL, losses, the contract, private words; only what the disk garbled is never accepted."""
    names = {
        "rows_were_not_lost",
        "sites_still_answer",
        losses.UNREADABLE,
        "tables_name_no_person",
        "contract_has_its_own_version",
    }

    refuse_what_nobody_approves({*names, *(check.name for check in checks())})

    assert "files_are_as_written" not in approvable()


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("pages_were_lost", "pages_were_not_lost"),
        ("nosuch", "expected a name such as"),
        ("files_are_as_written", "nobody may approve"),
    ],
)
def test_a_name_that_nobody_can_approve_is_refused(name: str, told: str):
    """The nearest names are told, for most such names are mistyped."""
    with pytest.raises(ApprovalError, match=told):
        refuse_what_nobody_approves(["services_did_not_vanish", name])
