"""Ways to alter a release or its captures without a trace: what `baskych verify` must find, each of them.

Files that were linked are replaced, never written into, so that what they were copied from stays true.
"""

import json
import os
import random
import shutil
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from crawlers.storing.manifest import write_manifest
from warehouse.engine import connect
from warehouse.files import described
from warehouse.offers import DUCKDB, DUCKDB_SUMS
from warehouse.sum_lists import write_sums

Alter = Callable[[Path, Path, random.Random], None]  # of a release, its data folder, and chance


def copied(source: Path, place: Path) -> Path:
    """Copy a folder by links; return the copy."""
    shutil.copytree(source, place, copy_function=os.link)
    return place


def seal(release: Path, kind: str) -> None:
    """Make data package and lists of sums fit what the files are now, as whoever alters them would.

    A data package that was altered itself stays so, and a list of sums too.
    """
    if kind == "sum_in_list":
        return
    if kind != "data_package":
        _seal_package(release / "datapackage.json", release)
    for name in ("SHA256SUMS", DUCKDB_SUMS):
        (release / name).unlink()
    write_sums(release, apart={DUCKDB: DUCKDB_SUMS})


def _seal_package(path: Path, release: Path) -> None:
    package = json.loads(path.read_text(encoding="utf-8"))
    for resource in package["resources"]:
        for file in [resource, *resource["alternates"]]:
            if (release / file["path"]).is_file():
                now = described(release / file["path"], release)
                file["bytes"], file["hash"] = now.byte_count, f"sha256:{now.sha256}"
    replace(path, (json.dumps(package, ensure_ascii=False, indent=2) + "\n").encode())


def replace(path: Path, content: bytes) -> None:
    """Give `path` other bytes, and leave what it was linked to as it is."""
    path.unlink()
    path.write_bytes(content)


def _own(path: Path) -> Path:
    """Cut a file's links, so that it may be written into."""
    replace(path, path.read_bytes())
    return path


def _any(chance: random.Random, folder: Path, pattern: str, least_bytes: int = 1) -> Path:
    files = sorted(one for one in folder.glob(pattern) if one.is_file() and one.stat().st_size >= least_bytes)
    return chance.choice(files)


def _with_rows(path: Path, change: Callable[[list[dict[str, object]]], None]) -> None:
    """Write a Parquet file anew with other rows, its schema and its notes as they were."""
    table = pq.read_table(path)
    rows = table.to_pylist()
    change(rows)
    path.unlink()
    pq.write_table(pa.Table.from_pylist(rows, schema=table.schema), path, compression="zstd")


def _a_table(release: Path, chance: random.Random) -> Path:
    files = [path for path in sorted(release.glob("data/*.parquet")) if pq.read_metadata(path).num_rows]
    return chance.choice(files)


def quote(release: Path, _: Path, chance: random.Random) -> None:
    """Put one word more into a published quote."""
    _with_rows(
        release / "data/out_service_findings.parquet",
        lambda rows: chance.choice(rows).update(quote="Забытые слова"),
    )


def fact(release: Path, _: Path, chance: random.Random) -> None:
    """Change the value of a fact, and leave its quote."""
    _with_rows(
        release / "data/out_service_facts.parquet", lambda rows: chance.choice(rows).update(value="17")
    )


def stage(release: Path, _: Path, chance: random.Random) -> None:
    """Raise or lower a service's stage."""

    def change(rows: list[dict[str, object]]) -> None:
        row = chance.choice(rows)
        row["stage"] = chance.choice([number for number in (1, 2, 3, 4) if number != row["stage"]])

    _with_rows(release / "data/out_services.parquet", change)


def count(release: Path, _: Path, chance: random.Random) -> None:
    """Count one service more of a public body."""

    def change(rows: list[dict[str, object]]) -> None:
        row = chance.choice(rows)
        row["service_count"] = int(str(row["service_count"])) + 1

    _with_rows(release / "data/out_institutions.parquet", change)


def row_less(release: Path, _: Path, chance: random.Random) -> None:
    """Leave out a row of any table."""
    _with_rows(_a_table(release, chance), lambda rows: rows.remove(chance.choice(rows)))


def row_more(release: Path, _: Path, chance: random.Random) -> None:
    """Let a row of any table stand twice."""
    _with_rows(_a_table(release, chance), lambda rows: rows.append(chance.choice(rows)))


def cut_table(release: Path, _: Path, chance: random.Random) -> None:
    """Cut a Parquet file, as a broken download is."""
    path = _a_table(release, chance)
    replace(path, path.read_bytes()[: -chance.randrange(1, 400)])


def table_byte(release: Path, _: Path, chance: random.Random) -> None:
    """Turn one bit of a Parquet file."""
    _turn(_a_table(release, chance), chance)


def text(pattern: str) -> Alter:
    """Return what changes one letter or digit of a text file of that pattern."""

    def alter(release: Path, _: Path, chance: random.Random) -> None:
        path = _any(chance, release, pattern, 100)
        content = path.read_text(encoding="utf-8")
        at = chance.choice([at for at, letter in enumerate(content) if letter.isascii() and letter.isalnum()])
        new = chance.choice([letter for letter in "abxyz0179" if letter != content[at]])
        replace(path, f"{content[:at]}{new}{content[at + 1 :]}".encode())

    return alter


def workbook(release: Path, _: Path, chance: random.Random) -> None:
    """Turn one bit of a spreadsheet."""
    _turn(_any(chance, release, "spreadsheet/*.xlsx"), chance)


def bundle(release: Path, _: Path, chance: random.Random) -> None:
    """Change one file in a zip."""
    path = _any(chance, release, "zip/out_*.zip")
    with zipfile.ZipFile(path) as old:
        members = {one.filename: old.read(one) for one in old.infolist()}
    path.unlink()
    with zipfile.ZipFile(path, "w") as new:
        for name, content in members.items():
            new.writestr(name, content + b"\n" if name == "dictionary.csv" else content)


def database_row(release: Path, _: Path, chance: random.Random) -> None:
    """Change a name in the DuckDB file alone."""
    with connect(_own(release / DUCKDB)) as connection:
        ids = [
            row[0] for row in connection.execute("select service_id from out_services order by 1").fetchall()
        ]
        connection.execute("update out_services set name = 'x' where service_id = ?", [chance.choice(ids)])


def database_macro(release: Path, _: Path, chance: random.Random) -> None:
    """Let a macro of the DuckDB file answer something else."""
    with connect(_own(release / DUCKDB)) as connection:
        limit = chance.randrange(9)
        connection.execute(
            f"create or replace macro services_at(day) as table (select * from out_services limit {limit})"  # noqa: S608 - a number
        )


def file_less(release: Path, _: Path, chance: random.Random) -> None:
    """Take a page away."""
    _any(chance, release, "*/**/*.html").unlink()


def file_more(release: Path, _: Path, chance: random.Random) -> None:
    """Add a file."""
    place = chance.choice([one for one in sorted(release.iterdir()) if one.is_dir()])
    (place / f"added-{chance.randrange(9)}.txt").write_text("added\n", encoding="utf-8")


def sum_in_list(release: Path, _: Path, chance: random.Random) -> None:
    """Change one digit in the list of sums."""
    path = release / "SHA256SUMS"
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    at = chance.randrange(len(lines))
    lines[at] = ("0" if lines[at][0] != "0" else "1") + lines[at][1:]
    replace(path, "".join(lines).encode())


def warc_byte(_: Path, data: Path, chance: random.Random) -> None:
    """Turn one bit of a WARC file."""
    _turn(_any(chance, data, "captures/*/*/*.warc.gz"), chance)


def warc_cut(_: Path, data: Path, chance: random.Random) -> None:
    """Cut a WARC file."""
    path = _any(chance, data, "captures/*/*/*.warc.gz")
    replace(path, path.read_bytes()[: -chance.randrange(1, 200)])


def warc_and_manifest(_: Path, data: Path, chance: random.Random) -> None:
    """Turn one bit of a WARC file, and write the site's manifest anew."""
    path = _any(chance, data, "captures/*/*/*.warc.gz")
    _turn(path, chance)
    write_manifest(path.parent)


def evidence(_: Path, data: Path, chance: random.Random) -> None:
    """Let the list of captures say that a page was seen at another time, and write the manifest anew."""
    path = _any(chance, data, "captures/*/*/captures.parquet")
    _with_rows(path, lambda rows: chance.choice(rows).update(http_status=299))
    write_manifest(path.parent)


def captures_named(release: Path, _: Path, chance: random.Random) -> None:
    """Leave out a site's captures from what the release says it was made from."""
    path = release / "provenance/captures.sha256"
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    lines.remove(chance.choice(lines))
    replace(path, "".join(lines).encode())


def _turn(path: Path, chance: random.Random) -> None:
    content = bytearray(path.read_bytes())
    content[chance.randrange(len(content))] ^= 1 << chance.randrange(8)
    replace(path, bytes(content))


KINDS: Mapping[str, Alter] = {
    one.__name__: one
    for one in (
        quote, fact, stage, count, row_less, row_more, cut_table, table_byte, workbook, bundle, database_row,
        database_macro, file_less, file_more, sum_in_list, warc_byte, warc_cut, warc_and_manifest, evidence,
        captures_named,
    )
} | {
    "csv": text("data/*.csv"),
    "json_lines": text("data/*.jsonl"),
    "spreadsheet_csv": text("spreadsheet/*.csv"),
    "portal_page": text("*/**/*.html"),
    "json": text("*/**/*.json"),
    "data_package": text("datapackage.json"),
}  # fmt: skip
