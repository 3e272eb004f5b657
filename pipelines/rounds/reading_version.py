"""Tell one way of reading pages from any other: by code, knowledge, libraries and registry."""

import hashlib
import re
import sys
from functools import cache
from importlib.metadata import requires, version
from pathlib import Path

import crawlers
import pipelines
from crawlers.sites import Registry
from pipelines.judging.expertise import Knowledge

_NAME = re.compile(r"[\w.-]+")
_OUR_OWN = "baskych"


def reading_version(registry: Registry, knowledge: Knowledge) -> str:
    """Return what tells this way of reading a registry's sites from any other: a word more is another."""
    text = f"{code_version()}\n{knowledge.rubric.version}\n{registry.model_dump_json()}"
    return hashlib.sha256(text.encode()).hexdigest()


@cache
def code_version() -> str:
    """Return the digest of our files (code and knowledge) and of the versions of all that we stand on."""
    digest = hashlib.sha256(sys.version.encode())
    for package in (crawlers, pipelines):
        root = Path(package.__path__[0])
        for path in sorted(root.rglob("*")):
            if path.is_file() and "__pycache__" not in path.parts:
                digest.update(f"\n{path.relative_to(root)}\n".encode())
                digest.update(path.read_bytes())
    for line in sorted(requires(_OUR_OWN) or ()):
        name = _NAME.match(line)
        if name and "extra ==" not in line:
            digest.update(f"\n{name.group()} {version(name.group())}".encode())
    return digest.hexdigest()
