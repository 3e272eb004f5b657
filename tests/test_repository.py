"""The repository keeps its promises about itself."""

import ast
import re
import subprocess
from collections import Counter
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGES = ("crawlers", "pipelines", "warehouse")


def tracked(*patterns: str) -> list[Path]:
    """Return the files that git tracks and that match `patterns`, as they are in the work tree."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", *patterns], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout
    return [ROOT / name for name in listed.split("\0") if name and (ROOT / name).is_file()]


def offending(files: list[Path], pattern: str) -> list[str]:
    """Return `file:line` for each line that matches `pattern`."""
    wanted = re.compile(pattern)
    return [
        f"{file.relative_to(ROOT)}:{number}"
        for file in files
        for number, line in enumerate(file.read_text(encoding="utf-8", errors="replace").splitlines(), 1)
        if wanted.search(line)
    ]


def test_lock_files_carry_hashes_and_no_addresses():
    """Where packages come from is each machine's own affair; what they are is pinned by hash."""
    locks = tracked("locks/*.lock")

    assert len(locks) >= 4
    assert [] == offending(locks, r"://")
    assert all("--hash=sha256:" in lock.read_text() for lock in locks)


def test_no_path_of_one_machine_is_committed():
    """A path under somebody's home or work folder means nothing to anyone else."""
    texts = tracked("*.py", "*.yml", "*.yaml", "*.toml", "*.md", "*.sql", "*.sh", "Makefile")

    assert [] == offending(texts, r"(^|[\s\"'=(])/(root|work|home|farm)/[a-z]")


def test_no_exception_is_swallowed_whole():
    """A broad except hides failures; every failure here is typed."""
    sources = tracked(*(f"{package}/*.py" for package in PACKAGES))

    assert [] == offending(sources, r"except( Base)?\s*(Exception)?\s*:|except (Base)?Exception\b")


@pytest.mark.parametrize("package", PACKAGES)
def test_every_module_has_a_docstring(package: str):
    """Each module says its one idea in words that a citizen could follow."""
    files = tracked(f"{package}/*.py")

    assert [] == [str(f.relative_to(ROOT)) for f in files if not ast.get_docstring(ast.parse(f.read_text()))]


def test_every_test_has_a_docstring_that_says_its_promise():
    """Tests read as a specification."""
    bare = [
        f"{file.relative_to(ROOT)}:{node.name}"
        for file in tracked("tests/*.py")
        for node in ast.walk(ast.parse(file.read_text()))
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_") and not ast.get_docstring(node)
    ]

    assert [] == bare


def test_no_two_files_of_tests_have_one_name():
    """They are imported by it, so one of them would never be run."""
    names = Counter(path.name for path in tracked("tests/**/test_*.py", "tests/test_*.py"))

    assert [] == [name for name, count in names.items() if count > 1]


def test_every_make_target_is_explained():
    """`make help` lists what a person may call."""
    makefile = (ROOT / "Makefile").read_text()
    named = set(re.findall(r"^([a-z]+):.*##", makefile, re.MULTILINE))

    assert {"help", "run", "test", "ui", "serve", "rebuild", "soak", "bench", "lock"} <= named


def test_every_dependency_has_its_reason_in_the_architecture():
    """Nothing is depended on without saying why."""
    project = (ROOT / "pyproject.toml").read_text()
    names = re.findall(r'^\s+"([a-z0-9-]+)[^"]*",$', project.split("[project.scripts]")[0], re.MULTILINE)
    page = (ROOT / "ARCHITECTURE.md").read_text().lower()

    assert [] == [name for name in names if f"`{name}`" not in page]


def test_every_module_that_the_architecture_names_is_there():
    """A table of modules that are gone leads a newcomer astray."""
    named = re.findall(
        rf"`((?:{'|'.join(PACKAGES)})(?:\.\w+)+)`", (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
    )

    assert len(named) >= 100
    assert [] == [name for name in named if not _is_there(ROOT.joinpath(*name.split(".")))]


def _is_there(place: Path) -> bool:
    """Whether a module or a package lies at `place`, or a module beside it defines that name."""
    within = place.parent.with_suffix(".py")
    text = within.read_text(encoding="utf-8") if within.is_file() else ""
    is_defined = re.search(rf"^(def|class) {place.name}\b", text, re.MULTILINE) is not None
    return place.is_dir() or place.with_suffix(".py").is_file() or is_defined


def test_the_table_of_hostile_cases_lists_the_tests_that_there_are():
    """`make cases` makes it; whoever adds or renames such a test runs that again."""
    tests = {
        (f"{found[1].upper()}{found[2]}", found[3].replace("_", " "), str(file.relative_to(ROOT)))
        for file in tracked("tests/*.py")
        if "soak" not in file.parts
        for found in re.finditer(r"def test_([a-f])(\d+)_(\w+)", file.read_text(encoding="utf-8"))
    }
    rows = (ROOT / "tests" / "CASES.md").read_text(encoding="utf-8").splitlines()
    listed = {tuple(row.strip("| ").split(" | ")[:3]) for row in rows if re.match(r"\| [A-F]\d", row)}

    assert tests == listed
