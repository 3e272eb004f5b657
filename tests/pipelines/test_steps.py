"""The steps of a harvest, taken one by one without Dagster."""

import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from elsewhere import at_work_elsewhere
from tiny_site import Published, served

from crawlers.errors import LockHeldError
from crawlers.outcomes import Outcome
from crawlers.reports import Finish, read_report, write_report
from pipelines.captured_scopes import scopes_in
from pipelines.cli import closing
from pipelines.operating.exits import Exit
from pipelines.operating.failures import DiskFullError, NothingReachedError, NothingThereError, exit_for
from pipelines.operating.progress import Lines, Quiet
from pipelines.rounds.tally import tally
from pipelines.scope import Scope, scope_of
from pipelines.steps import crawling, publishing, rebuilding, understanding
from warehouse.errors import ChecksFailedError

WITHOUT_DAGSTER = """
import sys
from pathlib import Path
from pipelines.steps import building, crawling, publishing, rebuilding, understanding
from pipelines.operating.progress import Quiet
from pipelines.scope import scope_of
scope = scope_of(None, Path(sys.argv[1]), Path(sys.argv[2]), "2026-11")
crawling.crawl(scope, Quiet())
understanding.understand(scope, Quiet(), jobs=1)
building.build(scope.data, Quiet())
print(publishing.publish(scope.data, Quiet()).version, "dagster" in sys.modules)
"""


def scope_in(published: Published, data: Path) -> Scope:
    """Return the scope of the published round, in a copy of its captures that one may change."""
    shutil.copytree(published.data / "captures", data / "captures")
    return scope_of(None, published.registry, data, "2026-11")


@pytest.mark.soak
def test_the_whole_pipeline_runs_without_dagster(tmp_path: Path):
    """Dagster watches and repeats; it is not needed."""
    with served(tmp_path) as registry:
        command = [sys.executable, "-c", WITHOUT_DAGSTER, str(registry), str(tmp_path / "data")]
        done = subprocess.run(command, capture_output=True, text=True, check=True)
    version, with_dagster = done.stdout.splitlines()[-1].split()

    assert version.startswith("2026-11-")
    assert "False" == with_dagster


@pytest.mark.soak
def test_a_rebuild_from_the_captures_gives_the_same_release(published: Published, tmp_path: Path):
    """The version is made of the data: the same version, the same bytes."""
    scope = scope_in(published, tmp_path)
    release = rebuilding.rebuild(scopes_in(None, published.registry, scope.data), scope.data, Quiet(), jobs=1)

    assert (published.data / "publish" / "latest").resolve().name == release.version


@pytest.mark.soak
def test_e1_a_crawl_that_was_interrupted_cannot_pass_as_a_whole_one(published: Published, tmp_path: Path):
    """Its captures can be understood and built; to publish them, a person has to say so."""
    scope, name = scope_in(published, tmp_path), "visits_were_not_cut_short"
    (site,) = (tmp_path / "captures" / "2026-11").glob("xy-*/")
    write_report(site, replace(read_report(site), finish=Finish.INTERRUPTED))
    with pytest.raises(ChecksFailedError, match=f"{name}: .*finish=interrupted"):
        rebuilding.rebuild([scope], tmp_path, Quiet(), jobs=1)
    is_published = (tmp_path / "publish" / "latest").exists()
    release = publishing.publish(tmp_path, Quiet(), approved=[name])

    assert not is_published
    assert name in {each.name for each in release.warnings}


def test_a_rebuild_leaves_captures_and_releases_alone(published: Published, tmp_path: Path):
    """What cannot be made again is never removed."""
    scope = scope_in(published, tmp_path)
    (tmp_path / "publish" / "2026-10-earlier").mkdir(parents=True)
    (tmp_path / "core").mkdir()
    rebuilding.forget_what_follows(scope.data)

    assert ["captures", "publish"] == sorted(p.name for p in tmp_path.iterdir() if p.is_dir())


def test_every_step_waits_for_nobody_and_names_who_is_at_work(published: Published, tmp_path: Path):
    """A step that Dagster starts is refused as a command is."""
    scope = scope_in(published, tmp_path)
    with at_work_elsewhere(tmp_path) as holder, pytest.raises(LockHeldError, match=str(holder)):
        understanding.understand(scope, Quiet())


def test_a_round_without_captures_cannot_be_understood(published: Published, tmp_path: Path):
    """The message says which step comes before."""
    scope = scope_in(published, tmp_path).at("2026-12")
    with pytest.raises(NothingThereError, match="baskych crawl --round 2026-12"):
        understanding.understand(scope, Quiet())


def test_understanding_tells_of_each_site(published: Published, tmp_path: Path):
    """What was read, and how much was found."""
    said: list[str] = []
    understanding.understand(scope_in(published, tmp_path), Lines(said.append), jobs=1)

    assert said[0].startswith("understand  1 of 1  xy-registry: 3 pages, ")


def test_the_tally_counts_what_was_seen_and_what_not(published: Published):
    """Two pages were seen; the form that the page offers was not there."""
    found = tally(published.data, "xy", "2026-11")
    site = found.sites[0]

    assert ("xy-registry", 3, 2) == (site.site_id, site.asked, site.seen)
    assert {Outcome.GONE: 1} == site.unseen
    assert "site" == site.fault
    assert 1 == sum(found.stages.values())


def test_captures_are_counted_without_what_reading_them_gave(published: Published, tmp_path: Path):
    """A page that opened may be one that only scripts fill: the crawl cannot know, and says "opened"."""
    scope = scope_in(published, tmp_path)
    shutil.copytree(published.data / "core", tmp_path / "core", dirs_exist_ok=True)
    (pages,) = (tmp_path / "core" / "pages").glob("round=*/xy-registry.parquet")
    table = pq.read_table(pages, partitioning=None)
    blank = pa.array([Outcome.NEEDS_JS.value] * table.num_rows)
    pq.write_table(table.set_column(table.schema.get_field_index("outcome"), "outcome", blank), pages)

    assert "2 pages opened on 1 of 1 sites" in closing.of_captures(scope)
    assert "services" not in closing.of_captures(scope)
    assert "0 pages seen on 0 of 1 sites" in closing.of_sites(scope)


def test_a_round_in_which_nothing_was_seen_is_told(published: Published, tmp_path: Path):
    """Silence must not look like a country without services."""
    scope = replace(scope_in(published, tmp_path), round_id="2026-12")

    with pytest.raises(NothingReachedError, match="2026-12"):
        crawling.refuse_silence(scope)


def test_e1_a_crawl_that_a_full_disk_stopped_ends_with_that_exit(
    published: Published, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    """Nothing is understood or published on a disk without room; the number and the words say what to do."""
    report = replace(
        read_report(next(published.data.glob("captures/*/*"))), finish=Finish.DISK_FULL, detail="no room"
    )
    monkeypatch.setattr("crawlers.harvest.crawl", lambda *_, **__: (report,))
    with pytest.raises(DiskFullError, match="no room") as caught:
        crawling.crawl(scope_in(published, tmp_path), Quiet())

    assert Exit.DISK_FULL == exit_for(caught.value)
