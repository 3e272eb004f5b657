"""What soak tests share with the tests of every run: the archives that those serve on loopback."""

import sys
from pathlib import Path

sys.path.append(str(Path(__file__).parents[1] / "crawlers"))
