"""Tell the code that is at work from any other: by our files, our knowledge, and what we stand on.

Knowledge and registries are told apart from the code, since people change them without a programmer.
"""

import hashlib
import platform
import re
import subprocess
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.metadata import PackageNotFoundError, requires, version
from pathlib import Path

import crawlers
import pipelines
import warehouse

OUR_OWN = "baskych"
_PACKAGES = (crawlers, pipelines, warehouse)
_NAME = re.compile(r"[\w.-]+")
_REGISTRY = ("crawlers", "registry")
_KNOWLEDGE = ("pipelines", "knowledge")
_YAML = ".yml"
_GIT_SECONDS = 10


@cache
def code_digest() -> str:
    """Return one SHA-256 for all files of our packages but the knowledge and the registries."""
    return _digest_of((path, data) for path, data in _our_files() if not _is_data(path))


def knowledge_digest(folder: Path) -> str:
    """Return one SHA-256 for all files that judging knows, in `folder`."""
    return _digest_of((path.relative_to(folder), path) for path in sorted(folder.rglob(f"*{_YAML}")))


@cache
def commit() -> str | None:
    """Return the last commit that touched our packages; None where they are no tree of Git."""
    roots = [Path(package.__path__[0]) for package in _PACKAGES]
    names = [root.name for root in roots]
    command = ["git", "-C", str(roots[0].parent), "log", "-1", "--format=%H", "--", *names]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=_GIT_SECONDS, check=False)  # noqa: S603 - ours
    except (OSError, subprocess.TimeoutExpired):
        return None  # no Git here: the digest still tells the code
    return done.stdout.strip() or None


@cache
def environment() -> Mapping[str, str]:
    """Return the versions of Python and of every library that we stand on, by name."""
    names = {
        found.group()
        for line in requires(OUR_OWN) or ()
        if "extra ==" not in line and (found := _NAME.match(line))
    }
    return {"python": platform.python_version()} | {name: _version(name) for name in sorted(names)}


def own_version() -> str:
    """Return our own version, as `pyproject.toml` has it."""
    return _version(OUR_OWN)


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "not installed"  # a library for another platform


def _our_files() -> Iterator[tuple[Path, Path]]:
    """Yield (path below the tree, file) of all that our packages hold."""
    for package in _PACKAGES:
        root = Path(package.__path__[0])
        for path in sorted(root.rglob("*")):
            if path.is_file() and "__pycache__" not in path.parts and not path.name.startswith("."):
                yield path.relative_to(root.parent), path


def _is_data(path: Path) -> bool:
    return path.suffix == _YAML and path.parts[:2] in (_REGISTRY, _KNOWLEDGE)


def _digest_of(files: Iterator[tuple[Path, Path]]) -> str:
    digest = hashlib.sha256()
    for name, path in files:
        digest.update(f"\n{name.as_posix()}\n{path.stat().st_size}\n".encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()
