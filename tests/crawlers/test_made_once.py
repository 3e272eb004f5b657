"""A YAML file of our own is parsed once, and says the same ever after."""

import sys
from pathlib import Path

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crawlers import made_once
from crawlers.plain_yaml import parsed

VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False)
    | st.text("aяө: -\n'\"")
    | st.dates(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text("aө", min_size=1) | st.integers(), inner),
    max_leaves=8,
)


@pytest.fixture(autouse=True)
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Keep what is parsed in a folder of the test's own, as a Python that writes bytecode does."""
    monkeypatch.setattr(made_once, "KEPT", tmp_path / "__pycache__")
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    return tmp_path / "__pycache__"


@settings(deadline=None, suppress_health_check=list(HealthCheck))
@given(VALUES)
def test_what_is_kept_says_what_the_text_says(value: object):
    """Types, order and keys come back, whether it was kept or cannot be."""
    text = yaml.safe_dump(value, allow_unicode=True, sort_keys=False)

    assert yaml.safe_load(text) == parsed(text) == parsed(text)


def test_a_text_is_parsed_once(kept: Path, monkeypatch: pytest.MonkeyPatch):
    """The second time nobody parses."""
    parsed("fee: [1, 2]")
    monkeypatch.setattr(yaml, "load", lambda *_, **__: pytest.fail("parsed again"))

    assert {"fee": [1, 2]} == parsed("fee: [1, 2]")
    assert 1 == len(list(kept.iterdir()))


@pytest.mark.parametrize("rest", [b"", b"\xff", b"{"])
def test_what_is_kept_and_damaged_is_made_again(kept: Path, rest: bytes):
    """A disk that was full leaves half a file."""
    parsed("fee: 1")
    next(kept.iterdir()).write_bytes(rest)

    assert {"fee": 1} == parsed("fee: 1")


def test_nothing_is_kept_where_no_bytecode_is_written(kept: Path, monkeypatch: pytest.MonkeyPatch):
    """Whoever asks Python to leave no files behind asks us too."""
    monkeypatch.setattr(sys, "dont_write_bytecode", True)

    assert {"fee": 1} == parsed("fee: 1")
    assert not kept.exists()


def test_a_folder_that_cannot_be_written_to_is_no_hindrance(kept: Path):
    """An installed package may belong to somebody else."""
    kept.write_text("no folder", encoding="utf-8")

    assert {"fee": 1} == parsed("fee: 1")


def test_what_is_no_yaml_is_refused_every_time():
    """A failure is not kept."""
    for _ in range(2):
        with pytest.raises(yaml.YAMLError):
            parsed("fee: [1")
