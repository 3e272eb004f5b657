"""The faulty disk and the small countries of `tests/faults`, for the soak."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "faults"))
from fault_fixtures import disk, office, tiny

__all__ = ["disk", "office", "tiny"]
