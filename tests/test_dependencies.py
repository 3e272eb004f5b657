"""What the code stands on is what `pyproject.toml` says, no less and no more."""

import ast
import re
import sys
import tomllib
from collections.abc import Iterable, Iterator
from importlib.metadata import packages_distributions
from pathlib import Path

ROOT = Path(__file__).parents[1]
OURS = ("crawlers", "pipelines", "warehouse")
NOT_IMPORTED = {"dagster-webserver", "tzdata", "uvloop"}  # a program, data, and a loop that settings name
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
FOUND_AS = packages_distributions()


def named(requirements: Iterable[str]) -> set[str]:
    """Return the names of packages without versions and extras, as PyPI compares them."""
    return {spelt(re.split(r"[\[<>=!~; ]", each)[0]) for each in requirements}


def spelt(name: str) -> str:
    """Return the name of a package as PyPI compares it (PEP 503)."""
    return re.sub(r"[-_.]+", "-", name).lower()


def imported(path: Path) -> Iterator[str]:
    """Yield the first names of what a file imports."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (each.name.partition(".")[0] for each in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module.partition(".")[0]


def used() -> dict[str, set[str]]:
    """Return the files of ours that import each package."""
    files: dict[str, set[str]] = {}
    for path in (path for top in OURS for path in sorted((ROOT / top).rglob("*.py"))):
        for name in set(imported(path)) - set(OURS) - sys.stdlib_module_names:
            for package in FOUND_AS.get(name, [name]):
                files.setdefault(spelt(package), set()).add(path.relative_to(ROOT).as_posix())
    return files


def test_every_package_that_is_imported_is_declared():
    """Another package may stop bringing it along at any time."""
    extras = (each for extra in PROJECT["optional-dependencies"].values() for each in extra)
    declared = named(PROJECT["dependencies"]) | named(extras)

    assert {} == {package: files for package, files in used().items() if package not in declared}


def test_every_package_that_everybody_must_install_is_used():
    """What nothing imports any more is only one more thing to trust."""
    assert NOT_IMPORTED == named(PROJECT["dependencies"]) - used().keys()
