"""What browser tests share: Chromium, the portal of the tiny country, and a whole release of it."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
from browsing import address, chromium, host, portal, released

__all__ = ["address", "chromium", "host", "portal", "released"]
