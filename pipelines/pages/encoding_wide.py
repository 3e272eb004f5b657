"""UTF-16 without a byte order mark: told by its rows, as every other byte names one of Unicode's."""

from pipelines.pages.encoding_rules import encoding_rules

_PAIR, _LEAST = 2, 8  # bytes of a letter; bytes below which nothing can be said
_FEWEST_LETTERS = 3
_MAIN_ROWS = bytes((0, 4))  # Latin and Cyrillic
_CONTROLS = bytes(set(range(32)) - {9, 10, 13})
_CONTROLS_SHARE = 0.02


def wide_order(body: bytes) -> str | None:
    """Return the encoding of a body that is UTF-16 and does not say so, None for any other."""
    start = body[: encoding_rules().wide_bytes]
    start = start[: len(start) // _PAIR * _PAIR]
    if len(start) < _LEAST:
        return None
    if _are_rows(start[1::2], start[0::2]):
        return "utf-16-le"
    return "utf-16-be" if _are_rows(start[0::2], start[1::2]) else None


def _are_rows(rows: bytes, letters: bytes) -> bool:
    """Say whether `rows` could be rows of Unicode, and `letters` places in them that are no controls."""
    rules = encoding_rules()
    if len(set(letters)) < _FEWEST_LETTERS or _count(rows, _MAIN_ROWS) < rules.wide_share * len(rows):
        return False
    known = _count(rows, bytes(rules.wide_rows))
    controls = sum(
        row == 0 and letter in _CONTROLS for row, letter in zip(rows, letters, strict=True)
    )  # in other rows these places are letters
    return known >= 0.97 * len(rows) and controls <= _CONTROLS_SHARE * len(rows)


def _count(values: bytes, wanted: bytes) -> int:
    return len(values) - len(values.translate(None, wanted))
