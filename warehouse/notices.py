"""The papers that go with the data: what is in a release, what its columns mean, what one may do with it."""

import csv
import io
from collections.abc import Iterable, Mapping
from pathlib import Path

from warehouse import contract
from warehouse.datapackage import datapackage
from warehouse.dictionary import LANGUAGES, ColumnDoc, Words
from warehouse.files import listed
from warehouse.published import PublishedTable

FOLDER = Path(__file__).parent / "notices"
LICENCE = "LICENSE-DATA.txt"  # of the data: its file in a release
DICTIONARY = (
    "table", "column", "type", "may_be_empty", "meaning_ky", "meaning_ru", "meaning_en", "unit", "allowed",
    "example", "made_by", "since",
)  # fmt: skip


def write_papers(
    part: Path,
    version: str,
    tables: tuple[PublishedTable, ...],
    authors: Iterable[tuple[str, str | None]] = (),
) -> None:
    """Write what goes with the data in `part`: data package, dictionary, licence and README.

    `authors` are name and address of those whose rubric judged.
    """
    papers = {
        "datapackage.json": datapackage(version, tables, listed(part), authors),
        "dictionary.csv": dictionary_csv(tables),
        LICENCE: licence(version),
        "README.txt": readme(version, tables),
    }
    for file, text in papers.items():
        (part / file).write_text(text, encoding="utf-8", newline="\n")


def readme(version: str, tables: Iterable[PublishedTable]) -> str:
    """Return README.txt of a release."""
    lines = "\n".join(f"{table.name}\n    {table.meaning.en}" for table in tables)
    return (FOLDER / "README.txt").read_text(encoding="utf-8").format(version=version, tables=lines)


def licence(version: str) -> str:
    """Return LICENSE-DATA.txt of a release."""
    return (FOLDER / LICENCE).read_text(encoding="utf-8").format(version=version)


def dictionary_csv(tables: Iterable[PublishedTable]) -> str:
    """Return dictionary.csv: one row a column, and one a table with no column."""
    stream = io.StringIO()
    writer = csv.DictWriter(stream, DICTIONARY, restval="", lineterminator="\n")
    writer.writeheader()
    for table in tables:
        writer.writerow({"table": table.name, "made_by": table.step, **_meaning(table.meaning)})
        writer.writerows(_entry(table, column) for column in table.columns)
    return stream.getvalue()


def _entry(table: PublishedTable, column: ColumnDoc) -> Mapping[str, str]:
    return {
        "table": table.name,
        "column": column.column,
        "type": column.type,
        "may_be_empty": str(column.is_nullable).lower(),
        **_meaning(column.meaning),
        "unit": column.unit,
        "allowed": str(column.limits),
        "example": column.example,
        "made_by": table.step,
        "since": contract.since().get((table.name, column.column), ""),
    }


def _meaning(words: Words) -> Mapping[str, str]:
    return {f"meaning_{language}": getattr(words, language) for language in LANGUAGES}
