"""A release that was published is never touched again, and `latest` always leads to a whole one."""

from pathlib import Path

import pytest
from test_release import listing

from warehouse import release, switch
from warehouse.engine import connect
from warehouse.errors import StorageError
from warehouse.release import publish


class KilledError(BaseException):
    """Stands for kill -9: nothing that handles errors hears of it."""


@pytest.mark.soak
@pytest.mark.usefixtures("small_release")
def test_e2_another_portal_of_the_same_data_does_not_replace_the_first(
    own: Path, monkeypatch: pytest.MonkeyPatch
):
    """Who cited a release finds its very bytes again: the other one gets a name of its own, once."""
    first = publish(own, threads=1)
    before = listing(first.folder)
    monkeypatch.setattr(release, "render", lambda _c, folder, *_: (folder / "index.html").write_text("new"))
    second, again = publish(own, threads=1), publish(own, threads=1)

    assert before == listing(first.folder)
    assert f"{first.version}-2" == second.version == again.version
    assert second.version == str((own / "publish" / "latest").readlink())


@pytest.mark.soak
@pytest.mark.usefixtures("small_release")
def test_e2_a_release_that_was_damaged_since_is_not_pointed_at_again(own: Path):
    """Publishing the same data again gives a whole release beside the damaged one."""
    first = publish(own, threads=1)
    (first.folder / "data" / "out_services.csv").write_text("gone wrong")
    second = publish(own, threads=1)

    assert f"{first.version}-2" == second.version


@pytest.mark.soak
@pytest.mark.parametrize("step", ["rename", "symlink_to", "unlink"])
@pytest.mark.usefixtures("small_release")
def test_e2_a_kill_in_the_switch_leaves_a_whole_release_and_the_next_run_goes_on(
    own: Path, monkeypatch: pytest.MonkeyPatch, step: str
):
    """Wherever it dies, `latest` leads to the old release or the new one, never to a part."""
    first = publish(own, threads=1)
    before = listing(first.folder)
    with connect(own / "warehouse.duckdb") as connection:
        connection.execute("update out_services set name = 'Another' where service_id = 'lunch'")
    with monkeypatch.context() as killing:
        killing.setattr(switch, "clean", lambda _: None)
        killing.setattr(Path, step, _kill)
        with pytest.raises(KilledError):
            publish(own, threads=1)
    seen = (own / "publish" / "latest").resolve()
    second = publish(own, threads=1)

    assert first.folder == seen
    assert before == listing(first.folder)
    assert second.version == str((own / "publish" / "latest").readlink())
    assert [] == list((own / "publish").glob("*.part"))


def test_e14_a_real_folder_called_latest_is_refused_before_any_work(own: Path):
    """A copy without links has one; nothing is written before a person is told."""
    (own / "publish" / "latest").mkdir(parents=True)

    with pytest.raises(StorageError, match=r"latest: is a folder or a file; expected a link"):
        publish(own, threads=1)
    assert ["latest"] == [path.name for path in (own / "publish").iterdir()]


@pytest.mark.usefixtures("small_release")
def test_e14_a_link_that_leads_nowhere_is_replaced(own: Path):
    """Somebody removed the release that `latest` led to: the next one takes its place."""
    (own / "publish").mkdir()
    (own / "publish" / "latest").symlink_to("2026-01-gone")
    found = publish(own, threads=1)

    assert found.version == str((own / "publish" / "latest").readlink())


def _kill(*_: object, **__: object) -> None:
    raise KilledError
