"""Replace single characters in long texts.

`str.translate` asks a dictionary about every character beyond ASCII; this only looks for some.
"""

from collections.abc import Mapping


def with_replaced(text: str, others: Mapping[str, str]) -> str:
    """Return `text` with each character that `others` has as its other, none of which is itself replaced."""
    for char, other in others.items():
        text = text.replace(char, other)
    return text
