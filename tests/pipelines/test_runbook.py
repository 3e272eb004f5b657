"""The runbook knows everything that can turn red, fail, or run by itself."""

import re
from pathlib import Path

import pytest
from desk_country import country

from pipelines.cli import app, load_commands
from pipelines.defs.country import definitions
from pipelines.desk import sending
from pipelines.desk.rhythm import State
from pipelines.operating.exits import Exit
from warehouse.approvals import approvable
from warehouse.checks import checks
from warehouse.gate import NEVER_APPROVED

RUNBOOK = (Path(__file__).parents[2] / "RUNBOOK.md").read_text(encoding="utf-8")
ROWS = [line.split("|") for line in RUNBOOK.splitlines() if line.startswith("| ")]
FIRST_CELLS = " ".join(row[1] for row in ROWS)


@pytest.mark.parametrize("code", Exit)
def test_every_exit_code_has_its_row(code: Exit):
    """What it means and what to do."""
    assert 1 == len([row for row in ROWS if row[1].strip() == str(int(code))])


def test_every_check_of_the_warehouse_has_its_row_with_its_severity():
    """Whoever sees it red finds out whether it stops a release."""
    told = {name: row[2].strip() for row in ROWS for name in re.findall(r"`(\w+)`", row[1])}

    assert {check.name: check.severity for check in checks()} == {
        check.name: told.get(check.name) for check in checks()
    }


def test_every_check_of_the_gate_has_its_row():
    """Those that only a release asks, too; and those that nobody may approve."""
    names = {*approvable(), *NEVER_APPROVED}

    assert len(names) > len(checks())
    assert set() == {name for name in names if f"`{name}`" not in FIRST_CELLS}


def test_every_kind_of_check_of_a_site_is_explained(tmp_path: Path):
    """They are named after the site; the runbook says what their beginnings mean."""
    promises = {check.name for check in checks()}
    names = {
        spec.name.removesuffix("_xy_tax").removesuffix("_xy_id")
        for made in definitions(country(tmp_path)).asset_checks or ()
        for spec in made.check_specs
        if spec.name not in promises
    }

    assert {"fresh", "expected_of"} == {name for name in names if f"`{name}_<site>`" in RUNBOOK}


def test_every_state_of_a_site_has_its_row():
    """From green to red."""
    assert [] == [state for state in State.__args__ if f"`{state}`" not in FIRST_CELLS]


def test_every_job_schedule_and_sensor_has_its_row(tmp_path: Path):
    """What runs by itself, and what one starts."""
    known = definitions(country(tmp_path))
    names = [each.name for group in (known.jobs, known.schedules, known.sensors) for each in group or ()]

    assert len(names) >= 10
    assert [] == [name for name in names if f"`{name}`" not in FIRST_CELLS]


def test_every_variable_of_the_digest_has_its_row():
    """A secret that nobody knows of is never set."""
    named = re.findall(r"BASKYCH_\w+", str(sending.__doc__))

    assert [] == [name for name in named if f"`{name}`" not in FIRST_CELLS]


def test_every_command_of_the_runbook_is_one():
    """Who is in a hurry types what stands there."""
    load_commands()
    known = {command.name for command in app.registered_commands}

    assert set() == set(re.findall(r"`(?:\w+=\S+ )*baskych ([a-z-]+)", RUNBOOK)) - known
