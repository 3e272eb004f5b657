"""The lexicon files of a folder: the words of a language are read when a text asks for them."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from pipelines.judging.names import KnowledgeError
from pipelines.knowledge_file import checked, read_mapping

_Concepts = dict[str, list[str]]


class LexiconFiles(Mapping[str, Mapping[str, Sequence[str]]]):
    """Concepts and their terms by language: those of `<language>.yml`, and those that other files bring."""

    def __init__(self, folder: Path, others: Sequence[Path]) -> None:
        """Take the lexicons in `folder`; `others` are files with words of their own under `concepts`.

        Raises:
            KnowledgeError: one of `others` is not as expected.
        """
        self._files = {path.stem: path for path in sorted(folder.glob("*.yml"))}
        self._others = {
            path: checked(dict[str, _Concepts], read_mapping(path)["concepts"], path) for path in others
        }
        self._read: dict[str, _Concepts] = {}

    def __getitem__(self, language: str) -> Mapping[str, Sequence[str]]:
        """Return the terms of each concept in `language`.

        Raises:
            KeyError: no file has words of it. KnowledgeError: its file is not as expected, or a concept has
                words in two files.
        """
        if language not in self._read:
            self._read[language] = self._of(language)
        return self._read[language]

    def __iter__(self) -> Iterator[str]:
        """Yield each language."""
        return iter(sorted(self._files.keys() | {one for words in self._others.values() for one in words}))

    def __len__(self) -> int:
        """Return how many languages there are."""
        return sum(1 for _ in self)

    def _of(self, language: str) -> _Concepts:
        if language not in set(self):
            raise KeyError(language)
        concepts = _own(self._files[language]) if language in self._files else {}
        for path, words in self._others.items():
            taken = sorted(concepts.keys() & words.get(language, {}).keys())
            if taken:
                raise KnowledgeError(
                    f"{path.name}: concept {taken[0]!r} of {language} has its words elsewhere too"
                )
            concepts = {**concepts, **words.get(language, {})}
        return concepts


def _own(path: Path) -> _Concepts:
    raw = read_mapping(path)
    if set(raw) != {"language", "concepts"} or raw["language"] != path.stem:
        raise KnowledgeError(f"{path.name}: expected the keys language ({path.stem}) and concepts")
    return checked(_Concepts, raw["concepts"], path)
