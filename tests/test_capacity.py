"""The capacity page says what its program reckons, from values that can be measured again."""

import subprocess
import sys
from pathlib import Path

import yaml

ROOT = Path(__file__).parents[1]
GIVEN = yaml.safe_load((ROOT / "benchmarks" / "capacity.yml").read_text("utf-8"))


def test_the_page_has_the_tables_that_the_program_makes():
    """A value that is measured anew changes both, or is red."""
    made = subprocess.run(
        [sys.executable, "benchmarks/capacity.py"], cwd=ROOT, capture_output=True, text=True, check=False
    )

    assert (0, "") == (made.returncode, made.stderr)
    assert made.stdout.strip() in (ROOT / "CAPACITY.md").read_text("utf-8")


def test_every_measured_value_names_a_program_that_there_is():
    """Anybody can run it again."""
    named = {one["command"].split()[1] for one in GIVEN["measured"].values()}

    assert named
    assert {name for name in named if (ROOT / name).is_file()} == named


def test_longer_pauses_take_more_days(tmp_path: Path):
    """What is reckoned follows what is assumed: with ten times the pause, the days are more."""
    slower = GIVEN | {"sites": GIVEN["sites"] | {"delay_seconds": {50: 1.0}}}
    (tmp_path / "slower.yml").write_text(yaml.safe_dump(slower), "utf-8")
    days = [_days(ROOT / "benchmarks" / "capacity.yml"), _days(tmp_path / "slower.yml")]

    assert days[1] > 2 * days[0]


def _days(values: Path) -> float:
    """Return the most days that a country takes by these values."""
    program = (
        "from pathlib import Path; from benchmarks.sizing.given import given;"
        "from benchmarks.sizing.needs import needs;"
        f"values = given(Path({str(values)!r})); print(needs(values.scales[0], values).days.high)"
    )
    said = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return float(said.stdout)
