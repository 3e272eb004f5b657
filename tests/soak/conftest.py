"""What soak tests share with the tests of every run: small countries, a faulty disk, archives on loopback."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "faults"))
sys.path.append(str(Path(__file__).parents[1] / "crawlers"))
from fault_fixtures import disk, office, tiny

__all__ = ["disk", "office", "tiny"]
