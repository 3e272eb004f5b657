"""Fixtures of the tests of faults; the soak uses them too."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
from fault_fixtures import disk, office, tiny

__all__ = ["disk", "office", "tiny"]
