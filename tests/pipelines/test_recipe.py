"""What a release says it was made from is laid out in a data folder of its own."""

import json
import shutil
from pathlib import Path

import pytest
from tiny_site import Published

from pipelines.operating.progress import Quiet
from pipelines.provenance.record import ProvenanceError
from pipelines.recipe import take_names
from pipelines.rederive import rederived
from pipelines.steps import publishing
from pipelines.verify import verify


def taken(folder: Path, version: str) -> list[str]:
    """Return the names that are taken where a release of this version is made anew."""
    (folder / "datapackage.json").write_text(json.dumps({"version": version}))
    take_names(folder / "own", folder)
    return sorted(path.name for path in folder.glob("own/publish/*"))


@pytest.mark.parametrize(
    ("version", "names"),
    [
        ("2026-11-0a1b2c3d", []),
        ("2026-11-0a1b2c3d-2", ["2026-11-0a1b2c3d"]),
        ("2026-11-0a1b2c3d-3", ["2026-11-0a1b2c3d", "2026-11-0a1b2c3d-2"]),
        ("2026-11-0a1b2c3d-99999", []),
        ("../2026-11-0a1b2c3d-2", []),
    ],
)
def test_the_names_before_a_release_s_own_are_taken(tmp_path: Path, version: str, names: list[str]):
    """So it gets the name that it was published under; a name that no release has takes none."""
    assert names == taken(tmp_path, version)


def test_a_release_that_does_not_say_its_name_cannot_be_made_anew(tmp_path: Path):
    """The file that should say it is named."""
    with pytest.raises(ProvenanceError, match=r"datapackage\.json"):
        take_names(tmp_path / "own", tmp_path)


@pytest.mark.soak
def test_a_second_release_of_the_same_data_is_made_anew_under_its_own_name(
    published: Published, tmp_path: Path
):
    """Another portal, or a first that was damaged: papers and pages repeat the name with the number."""
    data = tmp_path / "data"
    shutil.copytree(published.data, data, symlinks=True)
    first = (data / "publish" / "latest").resolve()
    (first / "README.txt").write_text("damaged")
    second = publishing.publish_at(data, Quiet(), None, (), address="https://data.example/", issues_url=None)
    found = verify(
        second.folder, data, derive=lambda release, data: rederived(release, data, Quiet(), jobs=1)
    )

    assert f"{first.name}-2" == second.version
    assert found.is_true, found.words()
    assert found.files == found.derived
