"""A release can be made anew from its captures by anyone, so whatever was altered is found and named."""

import random
import shutil
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path

import pytest
from alterations import KINDS, copied, replace, seal
from command_line import baskych
from tiny_site import Published

from pipelines.operating.exits import Exit
from pipelines.operating.progress import Quiet
from pipelines.provenance.record import ProvenanceError, read_captures_list, read_provenance
from pipelines.rederive import OtherCodeError, rederived, refuse_other_code
from pipelines.verify import Verification, verify

pytestmark = pytest.mark.soak


@pytest.fixture(scope="module")
def derived(published: Published, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The release of the small office, made anew once."""
    place = tmp_path_factory.mktemp("derived") / "release"
    with rederived(latest(published), published.data, Quiet(), jobs=1) as folder:
        return Path(shutil.copytree(folder, place))


@pytest.fixture
def own(published: Published, tmp_path: Path) -> tuple[Path, Path]:
    """A release and its captures of one's own, to alter."""
    data = tmp_path / "data"
    copied(published.data / "captures", data / "captures")
    return copied(latest(published), data / "publish" / latest(published).name), data


def latest(published: Published) -> Path:
    """Return the folder of the newest release."""
    return (published.data / "publish" / "latest").resolve()


def seen(release: Path, data: Path, derived: Path) -> Verification:
    """Verify with a release that was made anew before."""
    return verify(release, data, derive=lambda *_: nullcontext(derived))


def test_what_the_captures_give_is_what_was_published(published: Published, derived: Path):
    """Every file but the chance bytes of DuckDB, whose rows are compared."""
    found = seen(latest(published), published.data, derived)

    assert found.is_true, found.words()
    assert found.files == found.derived


@pytest.mark.parametrize("kind", KINDS)
def test_an_alteration_is_found_though_the_sums_were_made_to_fit(
    own: tuple[Path, Path], derived: Path, kind: str
):
    """Of a table, a page, a database, a list, or the captures themselves."""
    release, data = own
    KINDS[kind](release, data, random.Random(2026))
    seal(release, kind)

    assert not seen(release, data, derived).is_true


def test_the_row_and_the_column_that_were_changed_are_named(own: tuple[Path, Path], derived: Path):
    """Beside what the captures give."""
    release, data = own
    KINDS["stage"](release, data, random.Random(1))
    seal(release, "stage")
    faults = seen(release, data, derived).faults
    (fault,) = (fault for fault in faults if fault.subject.startswith("data/out_services.parquet svc-"))

    assert fault.subject.endswith(", stage")
    assert fault.expected != fault.found


def test_e11_a_table_that_was_cut_is_named(own: tuple[Path, Path], published: Published):
    """A download that broke off, a spreadsheet that is no zip any more: differences, no failure of ours."""
    release, _ = own
    for path in ("data/out_services.parquet", "data/out_service_facts.parquet", "spreadsheet/out_sites.xlsx"):
        replace(release / path, (release / path).read_bytes()[:-100])
    ended = baskych("verify", str(release), "--quick", "--data", str(published.data))

    assert Exit.DIFFERENCES == ended.exit_code, ended.stdout
    assert all(name in ended.stdout for name in ("out_services", "out_service_facts", "out_sites.xlsx"))


def test_e11_a_spreadsheet_whose_inside_is_no_xml_is_named(own: tuple[Path, Path]):
    """A zip may be whole and hold nonsense; found by an alteration of the sample republic's release."""
    release, data = own
    path = release / "spreadsheet/out_sites.xlsx"
    with zipfile.ZipFile(path) as book:
        members = {name: book.read(name) for name in book.namelist()}
    path.unlink()
    with zipfile.ZipFile(path, "w") as book:
        for name, content in members.items():
            book.writestr(name, content.replace(b"</row>", b"<\x00row>"))
    found = {fault.subject: fault.found for fault in verify(release, data).faults if "rows" in fault.expected}

    assert "unreadable" in found["spreadsheet/out_sites.xlsx"]


@pytest.mark.parametrize("content", [b"{", b"[]", b'{"resources": [1]}', b"\xff"])
def test_e11_a_data_package_that_is_none_is_named(own: tuple[Path, Path], content: bytes):
    """It is a fault of the release, not of ours."""
    release, data = own
    replace(release / "datapackage.json", content)
    subjects = [fault.subject for fault in verify(release, data).faults]

    assert ["datapackage.json", "datapackage.json"] == subjects


def test_a_release_that_does_not_say_what_it_was_made_from_is_not_taken_for_true(
    own: tuple[Path, Path], derived: Path
):
    """Else whoever removes that would escape the comparison."""
    release, data = own
    shutil.rmtree(release / "provenance")
    seal(release, "provenance")

    assert "provenance/provenance.json" in {fault.subject for fault in seen(release, data, derived).faults}


def test_a_release_names_its_code_its_rules_its_registry_and_its_captures(published: Published):
    """Enough to make it anew, with the captures that it names."""
    provenance = read_provenance(latest(published))
    (origin,) = provenance.rounds

    assert 64 == len(provenance.code.digest)
    assert ("xy", "2026-11") == (origin.country_id, origin.round_id)
    assert (latest(published) / "provenance" / str(origin.registry)).is_file()
    assert ["captures/2026-11/xy-registry/manifest.json"] == list(read_captures_list(latest(published)))


def test_other_code_is_named_with_the_way_to_get_it(published: Published):
    """A difference would say nothing: it might be the code's."""
    provenance = read_provenance(latest(published))
    other = provenance.model_copy(
        update={"code": provenance.code.model_copy(update={"digest": "0" * 64, "commit": "1a2b"})}
    )
    with pytest.raises(OtherCodeError, match="git checkout 1a2b"):
        refuse_other_code(other)


def test_18_a_release_of_other_code_does_not_pass_for_verified(
    published: Published, monkeypatch: pytest.MonkeyPatch
):
    """Hashes, counts and quotes were found; that nothing was derived is said, and the number is not 0."""

    @contextmanager
    def refusing(*_: object, **__: object) -> Iterator[Path]:
        raise OtherCodeError("made by code 0000")
        yield Path()

    monkeypatch.setattr("pipelines.rederive.rederived", refusing)
    ended = baskych("verify", "--data", str(published.data))

    assert Exit.OTHER_CODE == ended.exit_code
    assert "not made anew from the captures: made by code 0000" in ended.stdout


def test_captures_outside_the_data_folder_are_refused(own: tuple[Path, Path]):
    """A release may have been made by anybody."""
    release, data = own
    replace(release / "provenance/captures.sha256", b"%064d  captures/2026-11/../manifest.json\n" % 0)
    with (
        pytest.raises(ProvenanceError, match="expected a SHA-256 and captures/<round>/<site>"),
        rederived(release, data, Quiet()),
    ):
        pass
