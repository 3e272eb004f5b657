"""The index by which a reader's browser searches all services: small files, each asked for when needed.

They are scripts, not JSON: a page opened from a disk may load a script beside it and nothing else. `search/
words-<key>.js` holds the words that begin with a key and the numbers of their services, `search/
services-<n>.js` what is shown of a thousand services, `search/keys.js` which keys there are.
"""

from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TypeAlias

from warehouse.portal.folding import LETTERS, SHORTEST, words
from warehouse.portal.reader import Row
from warehouse.safe_json import safe_json

FOLDER = "search"
SHARD_ROWS = 1000  # services in one file
MOST_BYTES = 400_000  # of one file of words; a larger one is split by the next letter
_SEARCHED = ("name", "name_ky", "name_ru", "name_en")
_SEARCHED_TOO = ("institution_name_ky", "institution_name_ru", "institution_name_en")
_SHOWN = ("country_id", "service_id", "stage", "language", "name", "name_ky", "name_ru", "name_en")

Numbers: TypeAlias = "array[int]"  # of services, four bytes each: those of all words are in memory
Postings = Mapping[str, Numbers]


def write_index(folder: Path, services: Iterable[Row]) -> int:
    """Write the index of `services` into `folder`/search; return how many files that took."""
    place = folder / FOLDER
    place.mkdir(parents=True, exist_ok=True)
    postings: defaultdict[str, Numbers] = defaultdict(lambda: array("I"))
    shards = _write_services(place, _indexed(services, postings))
    keys = {key: _digits(key) for key in _write_words(place, postings, "")}
    settings = {"letters": dict(LETTERS), "shortest": SHORTEST, "shardRows": SHARD_ROWS, "keys": keys}
    _write(place / "keys.js", "keys", settings)
    return shards + len(keys) + 1


def _indexed(services: Iterable[Row], postings: defaultdict[str, Numbers]) -> Iterator[list[object]]:
    """What is shown of each service, while its words are noted under its number."""
    for number, service in enumerate(services):
        said = " ".join(service[column] or "" for column in (*_SEARCHED, *_SEARCHED_TOO))
        for word in sorted(set(words(said))):
            postings[word].append(number)
        bodies = [service[column] for column in _SEARCHED_TOO]
        yield [*(service[column] for column in _SHOWN), *bodies]


def _write_services(place: Path, rows: Iterable[list[object]]) -> int:
    shard: list[list[object]] = []
    count = 0
    for row in rows:
        shard.append(row)
        if len(shard) == SHARD_ROWS:
            _write(place / f"services-{count}.js", "services", count, shard)
            shard, count = [], count + 1
    if shard:
        _write(place / f"services-{count}.js", "services", count, shard)
        count += 1
    return count


def _write_words(place: Path, postings: Postings, key: str) -> Iterator[str]:
    """Write the words that begin with `key`, in several files where they are too many; yield their keys."""
    length = len(key) + 1
    groups: defaultdict[str, dict[str, Numbers]] = defaultdict(dict)
    for word, numbers in sorted(postings.items()):
        groups[word[:length]][word] = numbers
    for longer, group in groups.items():
        is_whole = longer == key or all(len(word) <= length for word in group)
        if length < SHORTEST or (_size(group) > MOST_BYTES and not is_whole):
            yield from _write_words(place, group, longer)
        else:
            said = {word: numbers.tolist() for word, numbers in group.items()}
            _write(place / f"words-{_digits(longer)}.js", "words", longer, said)
            yield longer


def _size(group: Postings) -> int:
    return sum(len(word.encode()) + 8 * len(numbers) for word, numbers in group.items())


def _digits(key: str) -> str:
    """A key as part of a file's name, on any file system."""
    return "-".join(f"{ord(letter):x}" for letter in key)


def _write(path: Path, name: str, *values: object) -> None:
    said = ",".join(safe_json(value, (",", ":")) for value in values)
    path.write_text(f"baskychSearch.{name}({said});\n", encoding="utf-8", newline="\n")
