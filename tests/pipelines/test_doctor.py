"""What the doctor sees and advises."""

from collections import namedtuple
from pathlib import Path

import pytest
from elsewhere import at_work_elsewhere

from crawlers.rendering.rules import rendering_rules
from crawlers.storing.manifest import write_manifest
from pipelines.operating import doctor
from pipelines.operating.doctor import examine, stops_a_run
from pipelines.operating.signs import Sign


def sign(signs: tuple[Sign, ...], name: str) -> Sign:
    """Return the sign of that name."""
    return next(found for found in signs if found.name == name)


def test_the_doctor_looks_at_everything_that_a_run_needs(tmp_path: Path):
    """One line each, in the order in which a run needs them."""
    names = [found.name for found in examine("kg", None, tmp_path)]

    assert [
        "Python",
        "packages",
        "Chromium",
        "clock",
        "registry kg",
        "contact",
        "data folder",
        "disk",
        "captures",
        "lock",
        "latest release",
    ] == names


def test_every_fault_comes_with_an_advice(tmp_path: Path):
    """A fault without a way out is only bad news."""
    blocked = tmp_path / "file"
    blocked.write_text("no folder")

    faults = [found for found in examine("atlantis", None, blocked / "data") if found.state == "fault"]

    assert ["registry atlantis", "data folder"] == [fault.name for fault in faults]
    assert all(fault.advice for fault in faults)


def test_the_doctor_changes_nothing(tmp_path: Path):
    """It may be asked at any time, also before a folder is there."""
    examine("sample", None, tmp_path / "not-yet")

    assert [] == list(tmp_path.iterdir())


def test_a_held_lock_stops_a_run_and_names_its_holder(tmp_path: Path):
    """One knows whom to wait for."""
    with at_work_elsewhere(tmp_path):
        seen = sign(examine("sample", None, tmp_path), "lock")

    assert "fault" == seen.state
    assert "process" in seen.seen


def test_an_almost_full_disk_stops_a_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """A crawl that cannot be kept is impolite."""
    usage = namedtuple("usage", ["total", "used", "free"])  # noqa: PYI024 - the shape of shutil's own
    monkeypatch.setattr(doctor.shutil, "disk_usage", lambda _path: usage(10**9, 10**9 - 1, 1))

    assert "fault" == sign(examine("sample", None, tmp_path), "disk").state


def test_a_release_is_named_once_there_is_one(tmp_path: Path):
    """The version that readers see."""
    (tmp_path / "publish" / "2026-11-abc").mkdir(parents=True)
    (tmp_path / "publish" / "latest").symlink_to("2026-11-abc")

    assert "2026-11-abc" == sign(examine("sample", None, tmp_path), "latest release").seen


def test_a_note_does_not_stop_a_run():
    """Only a fault does."""
    note = Sign(name="Chromium", state="note", seen="not found")

    assert not stops_a_run([note])
    assert stops_a_run([note, Sign(name="disk", state="fault", seen="full")])


def test_l15_a_cut_archive_is_named_with_its_size(tmp_path: Path):
    """Sizes are compared with the manifest's; nobody has to read every byte for that."""
    folder = tmp_path / "captures" / "2026-11" / "zz-a"
    folder.mkdir(parents=True)
    (folder / "a.warc.gz").write_bytes(b"whole")
    write_manifest(folder)
    before = sign(examine("sample", None, tmp_path), "captures")
    (folder / "a.warc.gz").write_bytes(b"cut")
    after = sign(examine("sample", None, tmp_path), "captures")

    assert ("ok", "fault") == (before.state, after.state)
    assert "captures/2026-11/zz-a/a.warc.gz: expected 5 bytes" in after.seen


def test_the_doctor_finds_the_browser_that_the_crawler_would_start(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    """Whatever its name: the commands to try are the crawler's."""
    browser = tmp_path / rendering_rules().commands[-1]
    browser.touch(mode=0o755)
    monkeypatch.setenv("PATH", str(tmp_path))

    assert str(browser) == sign(examine("sample", None, tmp_path), "Chromium").seen


def test_a_contact_that_is_nobody_s_stops_a_run_on_the_web(tmp_path: Path):
    """Sites' owners must be able to write to us: file, contact and the way out are named."""
    seen = sign(examine("kg", None, tmp_path), "contact")

    assert "fault" == seen.state
    assert "kg.yml: crawler.contact: 'https://baskych.example/bot'" in seen.seen
    assert "crawler.contact" in seen.advice


def test_the_sample_republic_may_be_asked_under_any_contact(tmp_path: Path):
    """It is on this machine: its owner is whoever asks."""
    assert "ok" == sign(examine("sample", None, tmp_path), "contact").state
