"""Name a row of a published table in an address: `#row=tax-registration,2026-11`.

A row is named by the columns of its table's grain, so that the name holds in every copy of a release. What is
long is cut, with a sum of the whole. `static/row_links.js` makes the same of the rows that it reads itself.
"""

from collections.abc import Sequence
from urllib.parse import quote
from zlib import crc32

from warehouse.portal.reader import Row

_LONGEST = 60  # letters of one value
_KEPT = 40  # of those of a longer one
_CUT = "~"  # never stands in what `_escaped` returns


def row_id(row: Row, grain: Sequence[str]) -> str:
    """Return the id of a row by the columns of its `grain`: as an address has it after "#"."""
    return "row=" + ",".join(_part(row[column]) for column in grain)


def _part(value: object) -> str:
    if value is None:
        return _CUT
    text = str(value)
    if len(text) <= _LONGEST:
        return _escaped(text)
    return f"{_escaped(text[:_KEPT])}{_CUT}{crc32(text.encode()):08x}"


def _escaped(text: str) -> str:
    """Return `text` as it may stand in an address and in an id: without spaces, commas and what marks up."""
    return quote(text, safe="").replace(_CUT, "%7E")
