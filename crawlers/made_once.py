"""Keep what was made of a text of ours, as Python keeps its compiled modules, so that it is made once.

It lies under `__pycache__`, by the digest of what it was made of: written by whoever may write there and
wants bytecode written, and made again whenever it is not there or not whole.
"""

import contextlib
import hashlib
import marshal
import os
import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

KEPT = Path(__file__).parent / "__pycache__"

Made = TypeVar("Made")


def made_once(made_of: str, make: Callable[[], Made]) -> Made:
    """Return what `make` makes, plain values, without making it where the same was made before.

    `made_of` is all that it follows from: the text, and who makes it.
    """
    place = _place(made_of)
    with contextlib.suppress(OSError, EOFError, ValueError, TypeError):  # not kept, or not whole
        kept: Made = marshal.loads(place.read_bytes())  # noqa: S302 - as much ours as the modules beside it
        return kept
    made = make()
    if not sys.dont_write_bytecode:
        _keep(place, made)
    return made


@cache
def code_of(*modules: str) -> str:
    """Return the digest of the code of modules that were imported: what they make follows from it."""
    files = [Path(str(sys.modules[name].__file__)) for name in modules]
    return hashlib.sha256(b"".join(path.read_bytes() for path in files)).hexdigest()


def _place(made_of: str) -> Path:
    """Where that is kept which this Python makes."""
    python = f"{sys.implementation.cache_tag} {marshal.version}\n"
    return KEPT / f"made-{hashlib.sha256((python + made_of).encode()).hexdigest()[:32]}"


def _keep(place: Path, made: Any) -> None:
    """Keep what was made, whole or not at all: a date is none of marshal's kinds, a folder may be locked."""
    beside = place.with_name(f"{place.name}.{os.getpid()}")
    with contextlib.suppress(OSError, ValueError):
        whole = marshal.dumps(made)
        place.parent.mkdir(exist_ok=True)
        beside.write_bytes(whole)
        beside.replace(place)
