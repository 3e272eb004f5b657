"""Choices that look random and never change: the same seed and key give the same choice on any machine."""

from collections.abc import Sequence
from hashlib import sha256
from typing import TypeVar

Option = TypeVar("Option")


def number(below: int, *key: object) -> int:
    """Return a number from 0 to `below` - 1 that depends on `key` alone."""
    digest = sha256("\x1f".join(map(str, key)).encode()).digest()
    return int.from_bytes(digest[:8], "big") % below


def pick(options: Sequence[Option], *key: object) -> Option:
    """Return one of `options`, always the same for the same `key`."""
    return options[number(len(options), *key)]


def shuffled(options: Sequence[Option], *key: object) -> list[Option]:
    """Return `options` in an order that depends on `key` alone."""
    return [option for _, option in sorted(enumerate(options), key=lambda pair: number(2**32, pair[0], *key))]
