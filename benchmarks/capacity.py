"""Reckon what a country, a region and the world need, and hold CAPACITY.md to it.

`python benchmarks/capacity.py [--write]` prints the tables that `capacity.yml` comes to and returns 1 where
the page says anything else; `--write` puts them into the page. Whoever measures anew, or assumes otherwise,
changes `capacity.yml` and writes. Nothing is measured here: each value names the command that printed it.
"""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))
from benchmarks.sizing.given import given
from benchmarks.sizing.tables import tables

PAGE = Path(__file__).parents[1] / "CAPACITY.md"
_BEGIN, _END = "<!-- made by benchmarks/capacity.py -->\n", "\n<!-- end -->\n"


def main() -> int:
    """Print or write the tables; return 0 where the page has them."""
    made = tables(given())
    page = PAGE.read_text("utf-8")
    before, _, rest = page.partition(_BEGIN)
    there, _, after = rest.partition(_END)
    if "--write" in sys.argv:
        PAGE.write_text(f"{before}{_BEGIN}{made}{_END}{after}", "utf-8")
        return 0
    print(made)
    if made != there:
        print(f"capacity | {PAGE.name} has other tables; `python benchmarks/capacity.py --write` mends it")
    return int(made != there)


if __name__ == "__main__":
    sys.exit(main())
