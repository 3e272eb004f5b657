"""All services can be searched, whatever the keyboard, from small files."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from warehouse.portal.folding import folded, words
from warehouse.portal.search_index import MOST_BYTES, write_index


@pytest.mark.parametrize(
    ("written", "typed"),
    [("Күтүү", "кутуу"), ("өргө", "орго"), ("жаңы", "жаны"), ("Ёлка", "елка"), ("Oʻzbekiston", "ozbekiston")],
)
def test_letters_that_people_replace_count_as_the_same(written: str, typed: str):
    """Many keyboards have no ү, ө and ң."""
    assert words(typed) == words(written)


@given(st.text())
def test_folding_again_changes_nothing(text: str):
    """So what is typed and what is searched meet, whatever either is."""
    assert folded(text) == folded(folded(text))


def service(number: int, name: str) -> dict[str, Any]:
    """Return a service as the index wants it."""
    return {
        "country_id": "tt", "service_id": f"s{number}", "stage": 2, "language": "ky", "name": name,
        "name_ky": name, "name_ru": None, "name_en": None,
        "institution_name_ky": "Мекеме", "institution_name_ru": None, "institution_name_en": None,
    }  # fmt: skip


def calls(folder: Path, name: str) -> list[Any]:
    """Return what the scripts of `folder` hand to `baskychSearch.<name>`."""
    pattern = re.compile(rf"baskychSearch\.{name}\((.*)\);\n", re.DOTALL)
    found = [pattern.fullmatch(path.read_text(encoding="utf-8")) for path in sorted(folder.glob("*.js"))]
    return [json.loads(f"[{call[1]}]") for call in found if call]


def test_every_word_leads_to_its_service(tmp_path: Path):
    """Through the file that the table of keys names."""
    write_index(tmp_path, [service(0, "Туулгандыгы тууралуу күбөлүк"), service(1, "Күбөлүктү алмаштыруу")])
    groups = dict(calls(tmp_path / "search", "words"))

    assert {"кубо", "куболук"} >= {word for word in groups["ку"] if word == "куболук"}
    assert ([0], [1]) == (groups["ку"]["куболук"], groups["ку"]["куболукту"])


def test_no_file_grows_too_large(tmp_path: Path):
    """A key with too many words is split by the next letter."""
    names = [f"кы{chr(0x430 + number % 30)}{number:05d} сөз" for number in range(40_000)]
    write_index(tmp_path, (service(number, name) for number, name in enumerate(names)))
    sizes = [path.stat().st_size for path in (tmp_path / "search").iterdir()]

    assert max(sizes) <= MOST_BYTES * 1.25
    assert len(names) == sum(len(rows) for _, rows in calls(tmp_path / "search", "services"))


def test_f1_a_hostile_name_ends_no_script(tmp_path: Path):
    """What is crawled stays text."""
    write_index(tmp_path, [service(0, "</script><img onerror=alert(1)> \u2028")])

    assert not [path for path in (tmp_path / "search").iterdir() if "<" in path.read_text(encoding="utf-8")]
