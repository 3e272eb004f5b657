"""Read the YAML files that ship with the code: by the parser in C, and once.

What a text says is kept under `__pycache__`, by its digest, as Python keeps its compiled modules: written
by whoever may write there and wants bytecode written, and made again whenever it is not there or not whole.
"""

import contextlib
import hashlib
import marshal
import os
import sys
from pathlib import Path
from typing import Any

import yaml

KEPT = Path(__file__).parent / "__pycache__"


def parsed(text: str) -> Any:
    """Return what `text` says.

    Raises:
        yaml.YAMLError: it is no YAML.
    """
    place = _place(text)
    with contextlib.suppress(OSError, EOFError, ValueError, TypeError):  # not kept, or not whole
        return marshal.loads(place.read_bytes())  # noqa: S302 - as much ours as the compiled module beside it
    found = yaml.load(text, Loader=yaml.CSafeLoader)
    if not sys.dont_write_bytecode:
        _keep(place, found)
    return found


def _place(text: str) -> Path:
    """Where that is kept which this Python and this parser make of a text."""
    made_by = f"{sys.implementation.cache_tag} {marshal.version} {yaml.__version__}\n"
    return KEPT / f"yaml-{hashlib.sha256((made_by + text).encode()).hexdigest()[:32]}"


def _keep(place: Path, found: Any) -> None:
    """Keep what was found, whole or not at all: a date is none of marshal's kinds, a folder may be locked."""
    beside = place.with_name(f"{place.name}.{os.getpid()}")
    with contextlib.suppress(OSError, ValueError):
        whole = marshal.dumps(found)
        place.parent.mkdir(exist_ok=True)
        beside.write_bytes(whole)
        beside.replace(place)
