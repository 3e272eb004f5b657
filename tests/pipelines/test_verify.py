"""Nothing that was published has to be believed: hashes, counts and words are found again, or it is said."""

import hashlib
import json
import shutil
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from small_pages import page_of
from tiny_site import served

from crawlers import harvest
from crawlers.errors import CaptureError
from crawlers.sites import load_registry
from pipelines.checking.file_check import PACKAGE, check_counts, rows_of
from pipelines.checking.quote_check import Quote, stands
from pipelines.checking.sum_check import sha256_of
from pipelines.records import Finding, ServiceFact
from pipelines.records_io import read_rows, write_rows
from pipelines.understand import understand_round
from pipelines.verify import VerifyError, verify, verify_quotes

pytestmark = pytest.mark.usefixtures("warm")  # no test here is about how a process begins

ROUND = "2026-11"


@pytest.fixture(scope="module")
def harvested(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A round of one office, crawled and understood; to copy, never to change."""
    folder = tmp_path_factory.mktemp("harvested")
    with served(folder) as file:
        registry = load_registry(file)
        harvest.crawl(registry, round_id=ROUND, data=folder / "data")
    understand_round(folder / "data", ROUND, registry)
    return folder / "data"


@pytest.fixture
def data(harvested: Path, tmp_path: Path) -> Path:
    """The same, of one's own."""
    return Path(shutil.copytree(harvested, tmp_path / "data"))


def quote(words: str, place: str = "text", offset: int = 0) -> Quote:
    """Return words that are said to stand somewhere."""
    return Quote(row="test", capture_id="c", words=words, place=place, offset=offset)


def release_of(folder: Path, quotes: list[dict[str, object]]) -> Path:
    """Write a small release of one table."""
    (folder / "data").mkdir(parents=True)
    table = pa.Table.from_pylist(quotes)
    pq.write_table(table, folder / "data" / "out_service_findings.parquet")
    lines = ["service_id,quote", *(f'{row["service_id"]},"two\nlines"' for row in quotes)]
    (folder / "data" / "out_service_findings.csv").write_text("\n".join(lines), encoding="utf-8")
    files = [
        {"path": path.relative_to(folder).as_posix(), "bytes": path.stat().st_size}
        for path in sorted((folder / "data").iterdir())
    ]
    package = {"resources": [{"name": "out-service-findings", **files[0], "alternates": files[1:]}]}
    (folder / "datapackage.json").write_text(json.dumps(package), encoding="utf-8")
    sums = [
        (path, hashlib.sha256(path.read_bytes()).hexdigest()) for path in folder.rglob("*") if path.is_file()
    ]
    text = "".join(f"{digest}  {path.relative_to(folder).as_posix()}\n" for path, digest in sums)
    (folder / "SHA256SUMS").write_text(text, encoding="utf-8")
    return folder


def published(data: Path) -> list[dict[str, object]]:
    """Return the findings of the round as a release has them."""
    paths = sorted((data / "core" / "findings" / f"round={ROUND}").glob("*.parquet"))
    rows = [row for path in paths for row in read_rows(path, Finding)]
    names = ("finding_id", "capture_id", "quote", "place", "offset")
    return [{"service_id": "svc-1"} | {n: getattr(row, n) for n in names} for row in rows]


def test_every_quote_of_an_understood_round_is_found_again(data: Path):
    """Findings and facts, from the WARC records alone."""
    seen = verify_quotes(data, ROUND)

    assert () == seen.faults
    assert seen.quotes > 5


def test_a_quote_that_was_changed_is_named_with_its_row(data: Path):
    """Which service, which fact, what was expected."""
    path = data / "core" / "service_facts" / f"round={ROUND}" / "xy.parquet"
    rows = list(read_rows(path, ServiceFact))
    forged = [
        ServiceFact(
            **{name: getattr(row, name) for name in ServiceFact.__dataclass_fields__} | {"quote": "Forged"}
        )
        if row.fact == "fee"
        else row
        for row in rows
    ]
    write_rows(path, forged, ServiceFact)
    (fault,) = verify_quotes(data, ROUND).faults

    assert "Forged" == fault.expected
    assert fault.subject.startswith("service_facts svc-")
    assert fault.subject.endswith(" fee")


def test_a_capture_that_is_gone_is_a_fault_of_each_of_its_quotes(data: Path):
    """Evidence without its page is no evidence; the file that is missing is named before."""
    for file in data.glob("captures/*/*/captures.parquet"):
        file.unlink()
    seen = verify_quotes(data, ROUND)
    missing, *quotes = seen.faults

    assert f"captures/{ROUND}/xy-registry/captures.parquet" == missing.subject
    assert seen.quotes == len(quotes)
    assert "no capture" in quotes[0].found


def test_a_list_of_captures_that_cannot_be_read_is_named(data: Path):
    """Nobody can tell then what lies where; Arrow's own words would name no file."""
    for file in data.glob("captures/*/*/captures.parquet"):
        file.write_bytes(b"no Parquet at all")

    with pytest.raises(CaptureError, match=r"xy-registry/captures\.parquet: cannot be read"):
        verify_quotes(data, ROUND)


@pytest.mark.parametrize("path", [5, ["a"], {"a": 1}])
def test_a_package_whose_paths_are_none_is_a_fault(tmp_path: Path, path: object):
    """A release may have been changed by anyone, in any way."""
    package = {"resources": [{"path": path, "bytes": 1}]}
    (tmp_path / PACKAGE).write_text(json.dumps(package), encoding="utf-8")

    assert [PACKAGE] == [fault.subject for fault in check_counts(tmp_path)]


@pytest.mark.parametrize("count", [1, 50, 1500])
def test_l15_a_cut_archive_is_a_fault_of_the_release(data: Path, tmp_path: Path, count: int):
    """Named with its bytes and records, as no reader of archives would notice."""
    (path,) = data.glob("captures/*/*/*.warc.gz")
    path.write_bytes(path.read_bytes()[:-count])
    fault = verify(release_of(tmp_path / "release", published(data)), data).faults[0]

    assert path.relative_to(data).as_posix() == fault.subject
    assert "4 response" in fault.expected


def test_captures_without_a_manifest_are_a_fault(data: Path):
    """Else whoever removes it could change what it vouches for."""
    for file in data.glob("captures/*/*/manifest.json"):
        file.unlink()

    assert ["manifest.json"] == [Path(fault.subject).name for fault in verify_quotes(data, ROUND).faults]


def test_a_true_release_has_no_fault(data: Path, tmp_path: Path):
    """All hashes, sizes, rows and quotes."""
    seen = verify(release_of(tmp_path / "release", published(data)), data)

    assert seen.is_true, seen.words()
    assert (3, 1) == (seen.files, seen.tables)


def test_a_changed_a_missing_and_an_added_file_are_named(data: Path, tmp_path: Path):
    """Each with what was expected and what was found."""
    release = release_of(tmp_path / "release", published(data))
    (release / "data" / "out_service_findings.csv").write_text("service_id,quote\n", encoding="utf-8")
    (release / "added.txt").write_text("new", encoding="utf-8")
    subjects = {fault.subject for fault in verify(release, data).faults}

    assert {"added.txt", "data/out_service_findings.csv", "data/out_service_findings.parquet"} == subjects


def test_a_folder_that_is_no_release_is_refused(tmp_path: Path):
    """The message says what was expected."""
    with pytest.raises(VerifyError, match=r"datapackage\.json"):
        verify(tmp_path, tmp_path)


def test_a_round_that_was_not_understood_is_refused(tmp_path: Path):
    """Nothing to check is not the same as nothing wrong."""
    with pytest.raises(VerifyError, match="2026-11"):
        verify_quotes(tmp_path, ROUND)


def test_words_stand_only_where_they_are_said_to_stand():
    """One character further is another place; an attribute's words are looked for in that attribute."""
    page = page_of('<main><p>Срок: 3 дня</p><a href="/form.docx">бланк</a></main>', "https://x.kg/a")

    assert stands(quote("3 дня", offset=page.text.find("3 дня")), page)
    assert not stands(quote("3 дня", offset=0), page)
    assert stands(quote("/form.docx", "a@href", -1), page)
    assert not stands(quote("бланк", "a@href", -1), page)
    assert not stands(quote("", offset=0), page)


def test_a_blacked_out_number_matches_any_digits():
    """A release hides personal numbers; the words around them still have to be the page's."""
    page = page_of("<main><p>ПИН 21234567890123 гражданина</p></main>")

    assert stands(quote("ПИН ██████████████ гражданина", offset=0), page)
    assert not stands(quote("ПИН ██████████████ гражданки!", offset=0), page)


def test_rows_are_counted_however_cells_are_kept_apart(tmp_path: Path):
    """A new line inside a cell begins no row, in files with commas and in those with semicolons."""
    for name, delimiter in (("a.csv", ","), ("b.csv", ";")):
        rows = delimiter.join(["id", "quote"]) + "\r\n" + delimiter.join(["1", '"two\r\nlines"']) + "\r\n"
        (tmp_path / name).write_text(f"\ufeff{rows}", encoding="utf-8", newline="")

    assert [1, 1, None] == [rows_of(tmp_path / name) for name in ("a.csv", "b.csv", "c.csv")]


def test_a_missing_file_has_no_hash(tmp_path: Path):
    """None, not the hash of nothing."""
    assert sha256_of(tmp_path / "nowhere") is None
