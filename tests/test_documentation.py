"""What the documents tell a person to type can be typed, and what they lead to is there."""

import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer
from typer.exceptions import TyperException

from pipelines.cli import app, load_commands
from pipelines.cli.reference import examples_of, reference

ROOT = Path(__file__).parents[1]
DOCUMENTS = sorted(path.name for path in ROOT.glob("*.md"))
_FENCED = re.compile(r"^```\w*\n(.*?)^```", re.MULTILINE | re.DOTALL)
_SPAN = re.compile(r"`([^`\n]+)`")
_CALL = re.compile(r"(?:\w+=\S+ )*(?:\S*/)?baskych (?P<rest>[a-z-]+\b.*)")
_OF_THE_PAST = "CHANGELOG.md"  # names what there was
_FORM = "[OPTIONS]"  # what a command's form says in place of options


@pytest.fixture(scope="module")
def group() -> Any:
    """All commands."""
    load_commands()
    return typer.main.get_command(app)


def text_of(name: str) -> str:
    """Return a document."""
    return (ROOT / name).read_text(encoding="utf-8")


def typed_in(name: str) -> Iterator[str]:
    """Yield each line of code that a document shows: in blocks, and within sentences."""
    text = text_of(name)
    for block in _FENCED.findall(text):
        yield from block.splitlines()
    yield from _SPAN.findall(_FENCED.sub("", text))


def calls_in(name: str) -> list[list[str]]:
    """Return the words of each call of `baskych` in a document, but of those that only name a command."""
    found = (_CALL.match(line) for line in typed_in(name))
    words = [shlex.split(call["rest"], comments=True) for call in found if call]
    return [call for call in words if len(call) > 1 and _FORM not in call]


def understood(group: Any, call: list[str]) -> bool:
    """Whether `baskych` understands a call; output may be led into a file."""
    until = call.index(">") if ">" in call else len(call)
    name, *arguments = call[:until]
    try:
        group.commands[name].make_context(name, arguments)
    except (KeyError, TyperException):
        return False
    return True


def test_the_reference_is_what_the_commands_say():
    """`make commands` makes it; nobody edits it by hand."""
    assert reference() == text_of("COMMANDS.md")


def test_every_example_of_a_command_is_in_the_reference_and_understood(group: Any):
    """A person copies it and changes it."""
    examples = [(name, line) for name, each in group.commands.items() for line in examples_of(each)]
    shown = text_of("COMMANDS.md").splitlines()

    assert len(examples) > len(group.commands)
    assert [] == [line for _, line in examples if line not in shown]
    assert [] == [line for _, line in examples if not understood(group, shlex.split(line)[1:])]


@pytest.mark.parametrize("name", [name for name in DOCUMENTS if name != _OF_THE_PAST])
def test_every_call_of_a_document_is_understood(name: str, group: Any):
    """Its command is there, and so are its options."""
    assert [] == [call for call in calls_in(name) if not understood(group, call)]


def test_a_call_that_is_not_understood_would_be_found(group: Any):
    """The control: an option and a command that there are not, a value that is missing or does not fit."""
    calls = [
        "crawl --rounds 2026-11",
        "crwl --country kg",
        "crawl --site",
        "crawl --max-pages many",
        "report -q",
    ]

    assert not any(understood(group, call.split()) for call in calls)
    assert {"README.md", "RUNBOOK.md", "COMMANDS.md", "KEYS.md"} <= {
        name for name in DOCUMENTS if calls_in(name)
    }


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_target_of_make_that_a_document_names_is_there(name: str):
    """In a block or in a sentence."""
    known = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    named = {found[1] for line in typed_in(name) if (found := re.match(r"make ([a-z]+)\b", line))}

    assert set() == named - known


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_link_of_a_document_leads_somewhere(name: str):
    """To a file of this repository, and to a heading of it where one is named."""
    text = _SPAN.sub("", _FENCED.sub("", text_of(name)))
    links = [link for link in re.findall(r"\]\(([^)\s]+)\)", text) if "://" not in link]

    assert [] == [link for link in links if not leads(name, link)]


def leads(document: str, link: str) -> bool:
    """Whether a link within this repository has a file, and that file the heading."""
    name, _, heading = link.partition("#")
    place = ROOT / (name or document)
    return place.exists() and (not heading or heading in headings_of(place))


def headings_of(place: Path) -> set[str]:
    """Return the headings of a document as links name them."""
    text = _FENCED.sub("", place.read_text(encoding="utf-8"))
    titles = re.findall(r"^#+ (.+)$", text, re.MULTILINE)
    return {re.sub(r"[^\w -]", "", title.lower()).replace(" ", "-") for title in titles}


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_document_that_another_names_is_there(name: str):
    """`RUNBOOK.md` and its like, in the first folder."""
    named = {found for found in _SPAN.findall(text_of(name)) if re.fullmatch(r"[A-Z]+\.md", found)}

    assert set() == named - set(DOCUMENTS)
