"""What is known of services is handed from round to round: in one file, that is right or not used."""

import shutil
from collections.abc import Mapping, Sequence
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest
from small_pages import passport, summary
from small_rounds import conclude, ids, lay, services
from structlog.testing import capture_logs

from pipelines.errors import RecordsError
from pipelines.records import PageSummary
from pipelines.rounds.concluded_rounds import TABLES
from pipelines.rounds.core_files import core_file
from pipelines.rounds.file_digests import FileDigests
from pipelines.rounds.kept_readings import READINGS
from pipelines.rounds.known_state import STATE

ROUNDS = ("2026-08", "2026-09", "2026-10", "2026-11")
BIRTH = summary("https://justice.kg/birth", title="Регистрация рождения", main=passport())
DEATH = summary("https://justice.kg/death", title="Регистрация смерти", main=passport("300 сомов"))


def moved(page: PageSummary, url: str) -> PageSummary:
    """Return a page at another address."""
    return replace(page, url=url, canonical_url=url, page_id=f"page-{url}")


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Four rounds in which a service moves each time, and the other is there in the first alone."""
    lay(tmp_path, ROUNDS[0], "web", BIRTH, DEATH)
    for number, round_id in enumerate(ROUNDS[1:]):
        lay(tmp_path, round_id, "web", moved(BIRTH, f"https://justice.kg/birth/{number}"))
    conclude(tmp_path, *ROUNDS)
    return tmp_path


def state(data: Path, round_id: str) -> Path:
    """Return the file with what was known after a round."""
    return core_file(data, STATE, round_id, "xx")


def digests(data: Path, *rounds: str) -> Mapping[str, str]:
    """SHA-256 of all that was written of `rounds`."""
    return {
        str(path.relative_to(data)): sha256(path.read_bytes()).hexdigest()
        for round_id in rounds
        for path in sorted((data / "core").glob(f"*/round={round_id}/*.parquet"))
    }


def added(data: Path, round_id: str) -> Sequence[tuple[str | None, Sequence[str]]]:
    """Conclude a round; return after which round a state was taken up, and what rounds were added to it."""
    with capture_logs() as told:
        conclude(data, round_id)
    return [(one["base"], one["added"]) for one in told if one["event"] == "known_services_written"]


def test_a_round_reads_of_all_before_it_the_last_alone(data: Path):
    """The rest is in the state after the last but one."""
    lay(data, "2026-12", "web", BIRTH)

    assert [("2026-10", ["2026-11"])] == added(data, "2026-12")


def test_a_round_concluded_again_reads_no_earlier_round(data: Path):
    """And gives the same files."""
    before = digests(data, *ROUNDS)

    assert [] == added(data, ROUNDS[3])
    assert before == digests(data, *ROUNDS)


def test_a_service_is_known_again_after_rounds_without_it(data: Path):
    """What is known goes on from state to state, also of what was not seen in between."""
    lay(data, "2026-12", "web", moved(DEATH, "https://justice.kg/other/1"))

    assert ids(data, "2026-12") < {row.service_id for row in services(data, ROUNDS[0])}


def test_a_state_that_is_lost_is_made_again_from_the_rounds(data: Path):
    """The same, byte for byte, also where all are lost, and all that this machine remembers."""
    before = digests(data, *ROUNDS)
    shutil.rmtree(data / "core" / STATE)
    shutil.rmtree(data / READINGS)

    assert [(None, list(ROUNDS[:3]))] == added(data, ROUNDS[3])
    assert before.items() >= digests(data, *ROUNDS).items()


def test_a_round_that_was_concluded_again_with_other_services_is_found_out(data: Path):
    """The states after it do not count any more, though nobody told them."""
    lay(
        data, ROUNDS[1], "web", moved(BIRTH, "https://justice.kg/first"), moved(DEATH, "https://justice.kg/d")
    )
    conclude(data, ROUNDS[1])

    assert [("2026-08", ["2026-09", "2026-10"])] == added(data, ROUNDS[3])
    assert state(data, ROUNDS[2]).exists()


def test_what_comes_after_a_round_concluded_again_is_what_comes_of_it_at_once(
    data: Path, tmp_path_factory: pytest.TempPathFactory
):
    """In whatever order and however often rounds were concluded, their files are the same in the end."""
    changed = (moved(BIRTH, "https://justice.kg/first"), moved(DEATH, "https://justice.kg/d"))
    lay(data, ROUNDS[1], "web", *changed)
    conclude(data, *ROUNDS[1:])
    other = tmp_path_factory.mktemp("other")
    shutil.copytree(data / "captures", other / "captures")
    shutil.copytree(data / "core" / "summaries", other / "core" / "summaries")
    conclude(other, *ROUNDS)

    assert digests(other, *ROUNDS) == digests(data, *ROUNDS)


def test_a_round_that_is_no_longer_there_is_forgotten(data: Path):
    """Its captures were removed: a service of it alone is new when it comes again."""
    gone = {row.service_id for row in services(data, ROUNDS[0])} - {
        row.service_id for row in services(data, ROUNDS[1])
    }
    shutil.rmtree(data / "captures" / ROUNDS[0])
    lay(data, "2026-12", "web", moved(DEATH, "https://justice.kg/other/1"))

    assert gone.isdisjoint(ids(data, "2026-12"))


def test_a_round_that_was_captured_and_not_concluded_is_not_waited_for(data: Path):
    """It has no services yet; when it has, it is added."""
    lay(data, "2026-12", "web", BIRTH)
    lay(data, "2027-01", "web", BIRTH)
    before = added(data, "2027-01")
    conclude(data, "2026-12")

    assert [("2026-10", ["2026-11"])] == before
    assert [("2026-11", ["2026-12"])] == added(data, "2027-01")


def test_a_file_that_was_changed_behind_our_back_is_found_out(data: Path):
    """One of the same size, with the time of the one that it replaced."""
    facts = core_file(data, TABLES[3], ROUNDS[0], "xx")
    kept, content = facts.stat(), facts.read_bytes()
    facts.write_bytes(content[:-9] + bytes([content[-9] ^ 1]) + content[-8:])
    shutil.copystat(core_file(data, TABLES[0], ROUNDS[0], "xx"), facts)

    assert kept.st_size == facts.stat().st_size
    with pytest.raises(RecordsError, match=str(facts)):
        conclude(data, ROUNDS[3])


@pytest.mark.parametrize("harm", ["cut", "flipped", "emptied"])
def test_e11_a_damaged_state_is_named(data: Path, harm: str):
    """Never read past, never half believed: every page of it has a checksum."""
    path = state(data, ROUNDS[2])
    content = path.read_bytes()
    middle = 60  # within the first page
    harmed = {
        "cut": content[:-20],
        "flipped": content[:middle] + bytes([content[middle] ^ 255]) + content[middle + 1 :],
        "emptied": b"",
    }
    path.write_bytes(harmed[harm])

    with pytest.raises(RecordsError, match=str(path)):
        conclude(data, ROUNDS[3])


def test_a_state_of_another_form_does_not_count(data: Path):
    """As one that an older version of us wrote, without a note of what it was made of."""
    before = state(data, ROUNDS[2]).read_bytes()
    shutil.copyfile(core_file(data, TABLES[0], ROUNDS[2], "xx"), state(data, ROUNDS[2]))

    assert [("2026-09", ["2026-10"])] == added(data, ROUNDS[3])
    assert before == state(data, ROUNDS[2]).read_bytes()


def test_archive_rounds_hand_on_what_they_know_back_in_time(tmp_path: Path):
    """From the first harvest to the newest archive round, and so on; one that is filled in is added."""
    lay(tmp_path, "2026-11", "web", BIRTH)
    for round_id in ("2019-05", "2012-05"):
        lay(tmp_path, round_id, "cdx", moved(BIRTH, f"https://justice.kg/{round_id}"))
    conclude(tmp_path, "2026-11", "2019-05")
    oldest = added(tmp_path, "2012-05")
    lay(tmp_path, "2015-05", "cdx", BIRTH)

    assert [("2026-11", ["2019-05"])] == oldest
    assert [] == added(tmp_path, "2015-05")
    assert [("2019-05", ["2015-05"])] == added(tmp_path, "2012-05")


def test_digests_that_cannot_be_read_are_made_again(data: Path):
    """They only spare work."""
    kept = data / READINGS / "digests-xx.json"
    before = kept.read_bytes()
    kept.write_bytes(before[:-5])
    files = digests(data, *ROUNDS)
    conclude(data, ROUNDS[3])

    assert before == kept.read_bytes()
    assert files == digests(data, *ROUNDS)


def test_a_digest_is_of_the_file_that_is_there_now(tmp_path: Path):
    """None of one that is not."""
    path = tmp_path / "file"
    with FileDigests(tmp_path, "xx") as found:
        first = found.of(path)
        path.write_bytes(b"one")
        second = found.of(path)
        path.write_bytes(b"two")

        assert (None, sha256(b"one").hexdigest(), sha256(b"two").hexdigest()) == (
            first,
            second,
            found.of(path),
        )
