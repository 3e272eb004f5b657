"""Each verb that works in a data folder works on a store as it does in a folder of this machine."""

import inspect
import re
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from unittest.mock import Mock

import boto3
import pyarrow.parquet as pq
import pytest
import yaml
from command_line import baskych
from s3_server import new_store, served
from small_archive import PAGES, written
from tiny_site import Published
from typer.testing import Result

from crawlers.stores.address import address_of
from crawlers.stores.bodies import Bodies
from crawlers.stores.copying import give
from crawlers.stores.lease import leased
from crawlers.stores.reach import objects_of
from pipelines.cli import app
from pipelines.knowledge import FOLDER as KNOWLEDGE
from pipelines.operating import ports, ui
from pipelines.operating.exits import Exit
from warehouse import serve

pytestmark = pytest.mark.usefixtures("warm")  # no test here is about how a process begins

# Of a release, all that other verbs than `verify` itself read: a portal has a thousand pages more.
_OF_A_RELEASE = ("index.html", "datapackage.json", "SHA256SUMS*", "provenance/*", "data/out_service*.parquet")
_DATABASE = "data/baskych.duckdb"


@dataclass(frozen=True, slots=True, kw_only=True)
class Try:
    """How a verb is tried."""

    said: str = ""  # arguments; {names} are those of `given`
    has: Sequence[str] = ("captures", "core", "warehouse.duckdb", "publish")  # of the data folder, before
    makes: Sequence[str] = ()  # whose bytes must be the same in both places, as patterns
    says_the_same: bool = True


# Every command that takes --data must stand here. None refuses a store by now.
VERBS = {
    # Asks a site in each place, so what comes of it differs in time; a soak test has both from one crawl.
    "run": Try(said="--registry {registry} --round 2026-11", has=(), says_the_same=False),
    "crawl": Try(said="--registry {registry} --round 2026-11", has=()),
    "import": Try(said="{warc} --registry {xy} --round 2026-10", has=(), makes=("captures/*/*/*.gz",)),
    "understand": Try(said="--registry {registry}", has=("captures",), makes=("core/*/*/*.parquet",)),
    "build": Try(has=("captures", "core")),
    "publish": Try(has=("captures", "core", "warehouse.duckdb"), makes=("publish/2*/*/*.parquet",)),
    "rebuild": Try(
        said="--registry {registry}",
        has=("captures", "core", "warehouse.duckdb"),
        makes=("core/*/*/*.parquet", "publish/2*/*/*.parquet"),
    ),
    "evidence": Try(said="--registry {registry}", makes=("evidence/*",)),
    "replay": Try(said="--registry {registry} --weights {weights} --by Ada --out {out}"),
    "report": Try(said="xy-registry --language en"),
    "verify": Try(said="{service}"),
    "serve": Try(),
    "doctor": Try(said="--registry {registry}", says_the_same=False),  # looks at other things
    "ui": Try(said="--registry {registry}"),
}
# Each builds a warehouse twice; most print a portal of a thousand pages twice, and upload one.
_SLOW = ("run", "build", "publish", "rebuild", "replay")
_MARKED = [pytest.param(verb, marks=pytest.mark.soak if verb in _SLOW else ()) for verb in VERBS]


@pytest.fixture(scope="module")
def _server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    with served(), pytest.MonkeyPatch.context() as patch:
        for name in ("BASKYCH_COUNTRY", "BASKYCH_DATA", "BASKYCH_REGISTRY"):
            patch.delenv(name, raising=False)
        home = tmp_path_factory.mktemp("home")
        (home / "dagster.yaml").touch()
        patch.setenv("DAGSTER_HOME", str(home))
        patch.setattr(ui, "watch", lambda *_: None)
        patch.setattr(serve, "serve", lambda *_: None)
        patch.setattr(ports, "refuse_taken", lambda _: None)
        yield


@pytest.fixture(scope="module")
def base(_server: None, published: Published, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with one round, and of its release what verbs read; to be copied, never changed."""
    folder = tmp_path_factory.mktemp("base")
    for name in ("captures", "core"):
        shutil.copytree(published.data / name, folder / name)
    shutil.copyfile(published.data / "warehouse.duckdb", folder / "warehouse.duckdb")
    release = (published.data / "publish" / "latest").resolve()
    for path in (path for pattern in (*_OF_A_RELEASE, _DATABASE) for path in release.glob(pattern)):
        place = folder / "publish" / release.name / path.relative_to(release)
        place.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, place)
    (folder / "publish" / "latest").symlink_to(release.name)
    return folder


@pytest.fixture(scope="module")
def filled(base: Path) -> str:
    """A store that has all of `base`; for verbs that change nothing but by adding to it."""
    store = new_store()
    assert Exit.OK == baskych("copy", str(base), store).exit_code
    return store


@pytest.fixture(scope="module")
def given(base: Path, published: Published, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """What the arguments of verbs name."""
    folder = tmp_path_factory.mktemp("given")
    weights = yaml.safe_load((KNOWLEDGE / "index.yml").read_text("utf-8"))["weights"]
    (folder / "weights.yml").write_text(yaml.safe_dump({"weights": weights}), "utf-8")
    services = pq.read_table(base / "publish" / "latest" / "data" / "out_services.parquet")
    return {
        "registry": str(published.registry),
        "xy": str(published.registry),
        "warc": str(written(folder / "pages.warc.gz", PAGES)),
        "weights": str(folder / "weights.yml"),
        "service": str(services["service_id"][0]),
    }


def folder_of(base: Path, verb: str, place: Path) -> Path:
    """Make `place` a data folder that has of `base` what the verb is tried on; return it."""
    place.mkdir()
    for name in VERBS[verb].has:
        if (base / name).is_dir():
            shutil.copytree(base / name, place / name, symlinks=True)
        else:
            shutil.copyfile(base / name, place / name)
    return place


def words(ended: Result, *places: str) -> str:
    """What was said, whatever the place is called, and however the portal is to be opened there."""
    said = ended.stdout
    for place in places:
        said = said.replace(place, "PLACE")
    return re.sub(r"file://.*\n +(?=http)", "", said)


@pytest.mark.parametrize("verb", _MARKED)
def test_a_verb_on_a_store_does_what_it_does_in_a_folder(
    verb: str,
    base: Path,
    given: dict[str, str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
):
    """It ends alike, says the same, and makes the same bytes; nothing of it is left on this machine."""
    monkeypatch.setenv("BASKYCH_STATE", str(tmp_path / "state"))
    tried, here, store = VERBS[verb], folder_of(base, verb, tmp_path / "here"), new_store()
    assert Exit.OK == baskych("copy", str(here), store).exit_code
    outs = {str(here): str(tmp_path / "out"), store: new_store()}
    local, far = (
        baskych(verb, *tried.said.format(**given, out=out).split(), "--data", data)
        for data, out in outs.items()
    )
    give(address_of(store), tmp_path / "back")

    assert (Exit.OK, Exit.OK) == (local.exit_code, far.exit_code), far.stderr
    if tried.says_the_same:
        assert words(local, str(here), str(tmp_path / "out")) == words(far, *outs.keys(), *outs.values())
    assert contents(here, tried.makes) == contents(tmp_path / "back", tried.makes)
    assert [] == [path for path in (tmp_path / "state" / "stores").glob("*/*") if path.is_file()]


@pytest.mark.parametrize(
    "verb", ["run", "crawl", "import", "understand", "build", "publish", "rebuild", "evidence"]
)
def test_8_a_verb_that_writes_does_not_begin_while_another_process_is_at_work(
    verb: str, filled: str, given: dict[str, str]
):
    """Of two writers one is told whom to wait for, and the store has what it had."""
    before = objects_of(address_of(filled)).listed("index")
    with leased(objects_of(address_of(filled))):
        ended = baskych(verb, *VERBS[verb].said.format(**given).split(), "--data", filled)

    assert Exit.LOCKED == ended.exit_code
    assert "lease.json: held by process" in ended.stderr
    assert before == objects_of(address_of(filled)).listed("index")


def contents(data: Path, patterns: Sequence[str]) -> dict[str, bytes]:
    """The files that `patterns` name, and their bytes; there must be some of each."""
    found = {pattern: list(data.glob(pattern)) for pattern in patterns}
    assert all(found.values())
    return {str(path.relative_to(data)): path.read_bytes() for paths in found.values() for path in paths}


def test_every_verb_that_takes_a_data_folder_is_tried_on_a_store():
    """Whoever adds one says here what it does on a store."""
    taking = {
        command.name
        for command in app.registered_commands
        if command.callback and "data" in inspect.signature(command.callback).parameters
    }

    assert taking == VERBS.keys()


@pytest.mark.parametrize(
    ("said", "fetched"), [("evidence --registry {registry}", 0), ("verify {service}", 1)]
)
def test_of_archives_only_what_is_needed_is_fetched(
    said: str, fetched: int, filled: str, given: dict[str, str], monkeypatch: pytest.MonkeyPatch
):
    """For evidence its records alone; for a service's chain the one file whose digest it gives."""
    names: list[str] = []
    download = Bodies.download
    monkeypatch.setattr(Bodies, "download", lambda *them: (names.append(them[1]), download(*them)))
    assert Exit.OK == baskych(*said.format(**given).split(), "--data", filled).exit_code

    assert names
    assert fetched == len([name for name in names if ".warc.gz" in name])


def test_the_doctor_names_an_object_that_is_gone_and_who_is_at_work(
    base: Path, given: dict[str, str], tmp_path: Path
):
    """A bucket that somebody tidied by hand; and whom to wait for."""
    folder_of(base, "understand", tmp_path / "here")
    store = new_store()
    assert Exit.OK == baskych("copy", str(tmp_path / "here"), store).exit_code
    bucket = address_of(store).bucket
    s3 = boto3.client("s3")
    lost = next(
        one["Key"] for one in s3.list_objects_v2(Bucket=bucket)["Contents"] if ".warc.gz." in one["Key"]
    )
    s3.delete_object(Bucket=bucket, Key=lost)
    with leased(objects_of(address_of(store))):
        ended = baskych("doctor", "--registry", given["registry"], "--data", store)

    assert Exit.UNWELL == ended.exit_code
    assert re.search(
        rf"s3://{bucket}/{re.escape(lost)}: expected \d+ bytes, found no such object", ended.stdout
    )
    assert "held by process" in ended.stdout
    assert "baskych rebuild" in ended.stdout


def test_the_page_of_dagster_is_told_the_address(
    filled: str, given: dict[str, str], monkeypatch: pytest.MonkeyPatch
):
    """Its processes have workplaces of their own."""
    watch = Mock()
    monkeypatch.setattr(ui, "watch", watch)
    assert Exit.OK == baskych("ui", "--registry", given["registry"], "--data", filled).exit_code

    assert filled == watch.call_args.args[2]["BASKYCH_DATA"]


def test_2_a_release_of_another_store_is_refused(filled: str):
    """With what was expected."""
    ended = baskych("report", "xy-registry", "--release", "s3://other/publish/2026-11", "--data", filled)

    assert Exit.USAGE == ended.exit_code
    assert f"a release on the store of --data: {filled}/publish/" in ended.stderr


def test_a_release_may_be_named_by_its_address(filled: str, base: Path):
    """As the end of a run gives it."""
    release = (base / "publish" / "latest").readlink().name
    ended = baskych("report", "xy-registry", "--release", f"{filled}/publish/{release}", "--data", filled)

    assert Exit.OK == ended.exit_code, ended.stderr


def test_2_what_comes_out_of_a_replay_takes_no_place_of_another(filled: str, given: dict[str, str]):
    """A store that has something already is left alone, before anything is judged."""
    said = VERBS["replay"].said.format(**given, out=filled).split()
    ended = baskych("replay", *said, "--data", filled)

    assert Exit.USAGE == ended.exit_code
    assert f"--out {filled}: holds something already" in ended.stderr
