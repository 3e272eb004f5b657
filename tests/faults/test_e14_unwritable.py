"""E14: where nothing can be written, that is said before any page is asked for."""

from pathlib import Path

import pytest
from faulty_disk import READ_ONLY, FaultyDisk
from small_countries import SLIM, Office, copied, digests
from tiny_site import served

from pipelines.operating.exits import Exit


@pytest.mark.parametrize("folder", ["", "captures", "publish"])
def test_e14_a_crawl_does_not_begin_where_something_is_read_only(
    disk: FaultyDisk, tmp_path: Path, folder: str
):
    """The data folder itself, or one that a later step will need; the folder is named."""
    data = tmp_path / "data"
    (data / folder).mkdir(parents=True)
    with served(tmp_path) as registry:
        crawl = ("crawl", "--registry", registry, "--data", data, "--round", "2026-11")
        ended = disk.run(*crawl, under=data / folder, at=1, fault=READ_ONLY)

    assert Exit.NOT_WRITABLE == ended.code, ended
    assert f"{data / folder}".rstrip("/") in ended.said
    assert "crawl  1 of" not in ended.said
    assert [] == list(data.glob("captures/*"))


def test_e14_a_disk_that_turns_read_only_in_the_middle_ends_the_step_in_words(
    disk: FaultyDisk, office: Office, tmp_path: Path
):
    """Linux does that to a disk with faults: the exit says so, and what was there is as it was."""
    data = copied(office.understood, tmp_path / "data")
    disk.run("build", "--data", data, under=data)
    count = disk.run("publish", "--data", data, under=data, before=SLIM).operations
    before = digests(data / "publish")
    ended = disk.run("publish", "--data", data, under=data, before=SLIM, at=count // 2, fault=READ_ONLY)

    assert Exit.NOT_WRITABLE == ended.code, ended
    assert before.items() <= digests(data / "publish").items()


def test_e14_a_data_folder_behind_a_link_is_written_to_where_it_is(
    disk: FaultyDisk, office: Office, tmp_path: Path
):
    """A link to another disk is as good as a folder, and stays a link."""
    real, link = copied(office.captured, tmp_path / "other disk"), tmp_path / "data"
    link.symlink_to(real.name)
    ended = disk.run("understand", "--registry", office.registry, "--jobs", "1", "--data", link, under=real)

    assert Exit.OK == ended.code, ended
    assert link.is_symlink()
    assert (real / "core").is_dir()
