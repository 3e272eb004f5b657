"""A label that is not as LABELS.md describes it is refused with its place, never scored."""

import json
from pathlib import Path
from typing import Any

import pytest
from golden_labels import row, write_gold
from typer.testing import CliRunner

from pipelines.cli import app
from pipelines.knowledge import load_knowledge
from pipelines.measuring.gold import GoldError, read_labels
from pipelines.operating.exits import Exit

KNOWLEDGE = load_knowledge()


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"kind": "servicee"}, "line 2: kind: servicee; expected one of account, application,"),
        ({"kind": ["service"]}, "line 2: kind: service; expected one of"),
        ({"stage": 7}, "line 2: stage: 7; expected 1, 2, 3, 4 or null"),
        ({"stage": "1"}, "line 2: stage: 1; expected 1, 2, 3, 4 or null"),
        ({"stage": True}, "line 2: stage: true; expected 1, 2, 3, 4 or null"),
        (
            {"features": ["fee", "feee"]},
            "line 2: features: feee; expected a list of any of access",
        ),
        ({"features": "fee"}, "line 2: features: fee; expected a list of"),
        ({"complete": "yes"}, "line 2: complete: yes; expected true or false"),
        ({"site": ""}, 'line 2: site: ""; expected the site'),
        ({"url": 5}, "line 2: url: 5; expected an address or null"),
        ({"id": "p0"}, "line 2: id: p0; expected an id that no line before has"),
        ({"file": "gone.html"}, "line 2: file: gone.html; expected the name of a page's file that lies in"),
    ],
)
def test_a_wrong_value_is_named_with_file_line_key_and_what_was_expected(
    tmp_path: Path, changed: dict[str, Any], said: str
):
    """A misspelt kind would count as our error; no message speaks Python."""
    gold = write_gold(tmp_path, [row(0), row(1)])
    gold.write_text("\n".join(map(json.dumps, [row(0), row(1, **changed)])), "utf-8")

    ended = CliRunner().invoke(app, ["evaluate", str(gold)])

    assert Exit.BAD_INPUT == ended.exit_code
    assert f"{gold}, {said}" in ended.stderr.replace("\n       ", " ")
    assert "Error" not in ended.stderr


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (b"", "has no labelled page; expected one JSON object a line"),
        (b"\n \n", "has no labelled page"),
        (b'{"id": "\xff"}', "byte 8 is not UTF-8"),
        (b"{oops}", "line 1, column 2: {oops} is not JSON; expected a JSON object"),
        (b"[" * 100_000, "line 1: "),
        (b"[1, 2]", "line 1: [1, 2]; expected a JSON object"),
        (b'{"id": "a"}', "line 1: file: is missing; expected the name"),
    ],
)
def test_a_file_that_holds_no_labels_is_refused(tmp_path: Path, body: bytes, said: str):
    """An empty report would look like an answer."""
    gold = tmp_path / "gold.jsonl"
    gold.write_bytes(body)

    with pytest.raises(GoldError) as refused:
        read_labels(gold, KNOWLEDGE)

    assert said in str(refused.value)


def test_a_line_may_hold_any_character_that_json_allows(tmp_path: Path):
    """U+2028 ends a line for Python and not for JSON."""
    gold = write_gold(tmp_path, [row(0)])
    gold.write_text(json.dumps(row(0, site="a\u2028b"), ensure_ascii=False), "utf-8")

    assert ["a\u2028b"] == [one.site for one in read_labels(gold, KNOWLEDGE)]


def test_a_page_of_no_known_language_or_country_is_reported_as_such(tmp_path: Path):
    """A template belongs to no country."""
    [only] = read_labels(write_gold(tmp_path, [row(0, language=None, country=None)]), KNOWLEDGE)

    assert ("und", "zz") == (only.language, only.country)


def test_a_file_that_is_not_there_is_named(tmp_path: Path):
    """With what the system says of it."""
    with pytest.raises(GoldError, match=r"none\.jsonl: cannot be read: No such file"):
        read_labels(tmp_path / "none.jsonl", KNOWLEDGE)
