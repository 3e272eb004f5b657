"""Run every benchmark and print one table, with the versions and the machine that it was made on.

Speeds are ratios measured in one run against a named peer; the absolute figures hold for this machine only.
"""

import os
import platform
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

PEERS = ("scrapy", "dagster", "distributed", "duckdb", "pyarrow", "warcio", "selectolax", "turbohtml")


def main() -> int:
    """Run each script of this folder as its own process; return 0 when all ended well."""
    print(f"# {platform.python_version()}, {os.cpu_count()} cores, {platform.machine()}")
    print("# " + ", ".join(f"{name} {version(name)}" for name in PEERS))
    scripts = sorted(
        path for path in Path(__file__).parent.glob("*.py") if path.name not in {"run.py", "guard.py"}
    )
    ends = [subprocess.run([sys.executable, str(script)], check=False).returncode for script in scripts]  # noqa: S603 - our own scripts
    return max(ends, default=0)


if __name__ == "__main__":
    sys.exit(main())
