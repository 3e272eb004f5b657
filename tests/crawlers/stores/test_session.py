"""A command works at a store as in a folder, and leaves nothing behind on its machine."""

import json
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from crawlers.stores.address import Address
from crawlers.stores.errors import StoreBusyError, StoreDamagedError, StoreError
from crawlers.stores.keeping import keep
from crawlers.stores.mirror import bring, let_go
from crawlers.stores.objects import Objects
from crawlers.stores.place import place_of
from crawlers.stores.reach import objects_of, read_part, size_of
from crawlers.stores.session import at_store, session
from pipelines.operating.exits import Exit
from pipelines.operating.failures import exit_for

SITE = "captures/2026-11/kg-one"


def write(data: Path, path: str, text: str) -> None:
    """Write a file of a data folder."""
    (data / path).parent.mkdir(parents=True, exist_ok=True)
    (data / path).write_text(text)


def captured(data: Path, body: str) -> None:
    """Put captures of a site away, as the crawler does: the manifest last."""
    write(data, f"{SITE}/a.warc.gz", body)
    write(data, f"{SITE}/captures.parquet", f"list of {body}")
    files = {"a.warc.gz": body, "captures.parquet": ""}
    write(data, f"{SITE}/manifest.json", json.dumps({"files": files}))


def texts(data: Path) -> dict[str, str]:
    """What lies in a workplace, but what is noted of the store."""
    files = [path for path in data.rglob("*") if path.is_file() and ".store" not in path.parts]
    return {path.relative_to(data).as_posix(): path.read_text() for path in files}


def fail_after(address: Address, work: Path, captures: str) -> Path:
    """Capture a site in a step that then fails; return the workplace."""
    with session(address, work) as data, at_store(data):
        captured(data, captures)
        write(data, "captures/2026-11/kg-two.part/captures.jsonl", "line")
        write(data, "core/codes/a/all.parquet", "a")
        raise ZeroDivisionError


def test_what_a_step_made_is_there_for_another_machine_and_nothing_is_left_here(
    address: Address, tmp_path: Path
):
    """Captures are pages as they were: on the way they lie in a folder of their owner's, and then go."""
    with session(address, tmp_path / "here") as data:
        assert 0o700 == stat.S_IMODE(data.stat().st_mode)
        with at_store(data):
            captured(data, "body")
    with session(address, tmp_path / "there") as data:
        lists = texts(data)
        bring(data, "captures/*")

        assert {f"{SITE}/captures.parquet", f"{SITE}/manifest.json"} == lists.keys()
        assert "body" == (data / SITE / "a.warc.gz").read_text()
    assert [] == [path for path in tmp_path.rglob("*") if path.suffix != ".lock" and path.is_file()]


def test_a_record_is_read_out_of_an_archive_that_is_not_here(address: Address, work: Path):
    """A few bytes are asked for, not the file."""
    with session(address, work) as data, at_store(data):
        captured(data, "0123456789")
        keep(data)
        let_go(data, "captures/*.warc.gz")

        assert not (data / SITE / "a.warc.gz").exists()
        assert b"345" == read_part(data / SITE / "a.warc.gz", 3, 3)
        assert 10 == size_of(data / SITE / "a.warc.gz")
        assert size_of(data / SITE / "b.warc.gz") is None


def test_new_captures_drive_out_the_old_ones_wholly(address: Address, work: Path):
    """A site's folder changes in one step; an archive of the visit before is no part of it."""
    with session(address, work) as data, at_store(data):
        captured(data, "old")
        write(data, f"{SITE}/old-2.warc.gz", "more")
    with session(address, work) as data:
        with at_store(data):
            captured(data, "new")
        bring(data, "*")

        assert "new" == (data / SITE / "a.warc.gz").read_text()
        assert not (data / SITE / "old-2.warc.gz").exists()
        assert size_of(data / SITE / "old-2.warc.gz") is None


def test_a_file_that_was_removed_is_gone_for_all(address: Address, work: Path):
    """What a step removes of what it brought, it removes from the store."""
    with session(address, work) as data, at_store(data):
        write(data, "core/codes/a/all.parquet", "a")
    with session(address, work) as data:
        with at_store(data):
            bring(data, "core/*")
            (data / "core/codes/a/all.parquet").unlink()

        assert {} == {path: seen for seen in place_of(data).indexes().values() for path in seen.index.files}


def test_a_failed_step_changes_nothing_and_its_captures_are_gone_on_with(address: Address, work: Path):
    """What cannot be made again stays where the same command finds it; the rest goes; a person is told."""
    with capture_logs() as told, pytest.raises(ZeroDivisionError):
        fail_after(address, work, "body")
    with session(address, work / "elsewhere") as data:
        assert {} == texts(data)
    with session(address, work) as data:
        left = texts(data)
        with at_store(data):
            pass
    with session(address, work / "elsewhere") as data:
        assert "list of body" == (data / SITE / "captures.parquet").read_text()

    assert 1 == sum(event["event"] == "work_left_here" for event in told)
    assert f"{SITE}/a.warc.gz" in left
    assert "captures/2026-11/kg-two.part/captures.jsonl" in left
    assert "core/codes/a/all.parquet" not in left


def test_captures_that_somebody_else_brought_meanwhile_are_not_driven_out(address: Address, tmp_path: Path):
    """A machine that comes back after months must not put its old captures in place of newer ones."""
    with pytest.raises(ZeroDivisionError):
        fail_after(address, tmp_path / "a", "left behind")
    with session(address, tmp_path / "b") as data, at_store(data):
        captured(data, "newer")

    with (
        session(address, tmp_path / "a") as data,
        pytest.raises(StoreBusyError, match="kg-one: captures that"),
    ):
        at_store(data).__enter__()
    with session(address, tmp_path / "b") as data:
        assert "list of newer" == (data / SITE / "captures.parquet").read_text()


def test_two_who_change_the_same_do_not_both_win(address: Address, tmp_path: Path):
    """Even where a lease did not keep them apart: the second is told, and what the first wrote stays."""
    with session(address, tmp_path / "a") as first, session(address, tmp_path / "b") as second:
        write(first, "core/codes/a/all.parquet", "first")
        write(second, "core/codes/a/all.parquet", "second")
        keep(first)
        with pytest.raises(StoreBusyError, match=r"index/rest\.json: was written by somebody else") as told:
            keep(second)
    with session(address, tmp_path / "c") as data:
        bring(data, "core/*")

        assert "first" == (data / "core/codes/a/all.parquet").read_text()
    assert Exit.LOCKED is exit_for(told.value)


def test_an_object_that_is_not_what_was_put_there_is_named(address: Address, objects: Objects, work: Path):
    """Every byte that is brought is compared."""
    with session(address, work) as data, at_store(data):
        captured(data, "body")
    key = next(name for name in objects.listed("files") if "captures.parquet" in name)
    objects.put_if(f"files/{key}", b"other", objects.get(f"files/{key}").etag)

    with pytest.raises(StoreDamagedError, match=r"captures.parquet.*expected") as told:
        session(address, work / "elsewhere").__enter__()
    assert Exit.DAMAGED is exit_for(told.value)


# What a process does that is killed: at its n-th request that uploads, or the one that lists.
_KILLED = """
import os, signal, sys
from pathlib import Path
from crawlers.stores.address import address_of
from crawlers.stores.session import at_store, session
from crawlers.stores.objects import Objects
from s3fs import S3FileSystem
left = int(sys.argv[3])
ask, write = S3FileSystem._call_s3, Objects.put_if
async def killed(self, method, *rest, **about):
    count_down(method.startswith(("put", "upload", "create", "complete")))
    return await ask(self, method, *rest, **about)
def killed_too(self, name, *rest):
    count_down(name.startswith("index/"))
    return write(self, name, *rest)
def count_down(is_writing):
    global left
    left -= is_writing
    if left == 0:
        os.kill(os.getpid(), signal.SIGKILL)
S3FileSystem._call_s3, Objects.put_if = killed, killed_too
with session(address_of(sys.argv[1]), Path(sys.argv[2])) as data, at_store(data):
    for site in ("kg-one", "kg-two"):
        folder = data / "captures" / "2026-11" / site
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "a.warc.gz").write_bytes(b"x" * (17 << 20))
        (folder / "captures.parquet").write_text("list")
        (folder / "manifest.json").write_text('{"files": {"a.warc.gz": 1, "captures.parquet": 1}}')
"""


_ALL = 15  # of them there are: two bodies in three parts each, four small files, one list
_SOAK = [pytest.param(number, marks=pytest.mark.soak) for number in range(1, _ALL) if number != 3]


@pytest.mark.parametrize("number", [3, _ALL, *_SOAK])
def test_a_kill_while_uploading_leaves_nothing_that_a_reader_takes_for_whole(
    address: Address, tmp_path: Path, number: int
):
    """In the middle of a large body, or before the list is written; and it is done again, whole."""
    call = [sys.executable, "-c", _KILLED, str(address), str(tmp_path / "here")]
    killed = subprocess.run([*call, str(number)], check=False, capture_output=True)
    with session(address, tmp_path / "there") as data:
        seen = texts(data)
    again = subprocess.run([*call, "-1"], check=False, capture_output=True, text=True)

    assert -9 == killed.returncode
    assert {} == seen
    assert (0, "") == (again.returncode, again.stderr)
    with session(address, tmp_path / "there") as data:
        bring(data, "captures/*")

        assert 6 == len(list(data.glob("captures/2026-11/*/*")))


def test_without_the_extra_a_store_is_refused_in_words(address: Address, monkeypatch: pytest.MonkeyPatch):
    """With what to install."""
    objects_of.cache_clear()
    monkeypatch.setitem(sys.modules, "crawlers.stores.objects", None)
    with pytest.raises(StoreError, match=r"pip install 'baskych\[s3\]'") as told:
        objects_of(address)

    assert Exit.STORE_FAILED is exit_for(told.value)


def test_a_process_that_works_on_reads_nothing_that_others_changed_since(address: Address, tmp_path: Path):
    """Between its steps: of what another machine made anew, or removed, no older copy is left here."""
    with session(address, tmp_path / "here") as data:
        with at_store(data):
            write(data, "core/pages/a.parquet", "old")
            write(data, "core/pages/b.parquet", "old")
        with session(address, tmp_path / "there") as other, at_store(other):
            bring(other, "core/*")
            write(other, "core/pages/a.parquet", "newer")
            (other / "core/pages/b.parquet").unlink()
        with at_store(data):
            assert {} == texts(data)
            assert b"newer" == read_part(data / "core/pages/a.parquet", 0, 9)
            assert size_of(data / "core/pages/b.parquet") is None
