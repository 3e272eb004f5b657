"""The digest of a run: what it says, in which files, and to whom it is sent."""

import json
import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from desk_country import change, country, remember
from small_servers import mailbox, webhook

from pipelines.desk import silence
from pipelines.desk.digest import FailedCheck, Story, gather
from pipelines.desk.errors import DigestError
from pipelines.desk.post import tell
from pipelines.desk.telling import as_text
from pipelines.desk.words import LANGUAGES, Language
from pipelines.scope import Scope

BEGAN, ENDED = datetime(2026, 11, 1, 3, tzinfo=UTC), datetime(2026, 11, 1, 5, 30, tzinfo=UTC)
REFUSED: dict[str, Any] = {
    "status": "failure",
    "failed_step": "harvest_release",
    "error_kind": "ChecksFailedError",
    "why": "stages_add_up: broken by 3 rows",
    "failed_checks": (FailedCheck(name="stages_add_up", is_error=True, found="breaches: 3"),),
}


def story(**told: Any) -> Story:
    """Return what Dagster knew of a run of two and a half hours."""
    usual: dict[str, Any] = {"status": "success", "version": "2026-11-abc"}
    return Story(run_id="0123456789", job="harvest", began_at=BEGAN, ended_at=ENDED, **(told or usual))


@pytest.fixture
def scope(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Scope:
    """A country in November 2026: one site fell silent, one service is new, one rose a stage."""
    scope = country(tmp_path)
    monkeypatch.setattr(silence, "this_round", lambda _: "2026-11")
    remember(scope, "xy-id", r2026_11=None)
    remember(scope, "xy-tax", r2026_08=None, r2026_11="unreachable_timeout")
    change(scope, "new", "Pay a fine")
    change(scope, "stage_up", "Register a car")
    return scope


def test_a_digest_tells_what_was_published_and_what_changed(scope: Scope):
    """Who reads no more than the text knows how the month went."""
    text = as_text(gather(scope, story()), "en")

    assert text.startswith("# xy, round 2026-11: harvest. Done.\n\nFrom 2026-11-01 03:00 to 2026-11-01 05:30")
    assert "- Published: 2026-11-abc." in text
    assert "- new: 1 (Pay a fine)" in text
    assert "- xy-tax: Last seen in round 2026-08, months since: 3" in text


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("ky", "- баскычы көтөрүлгөн: 1 (Register a car)"),
        ("ru", "- стадия выше: 1 (Register a car)"),
        ("en", "- higher stage: 1 (Register a car)"),
    ],
)
def test_changes_are_called_as_on_the_portal(scope: Scope, language: Language, line: str):
    """Not by their names in the data."""
    assert line in as_text(gather(scope, story()), language)


def test_a_digest_tells_why_a_release_was_refused(scope: Scope):
    """With the check, the number that the runbook explains, and what readers see meanwhile."""
    text = as_text(gather(scope, story(**REFUSED)), "en")

    assert "Step: harvest_release." in text
    assert "Why: stages_add_up: broken by 3 rows" in text
    assert "Exit code 10; RUNBOOK.md says what to do." in text
    assert "- Not published; readers see none." in text
    assert "- stages_add_up: breaches: 3" in text


def test_a_stale_site_is_told_once(scope: Scope):
    """In the reader's language, under the stale sites; not as a failed check too."""
    failed = FailedCheck(name="fresh_xy_tax", is_error=True, found="why: silent")
    text = as_text(gather(scope, story(status="success", failed_checks=(failed,))), "en")

    assert "fresh_xy_tax" not in text
    assert "- xy-tax: Last seen" in text


def test_a_digest_of_a_run_before_any_warehouse_says_that_there_is_nothing(tmp_path: Path):
    """The first run of all may fail at its first step."""
    scope = country(tmp_path)
    scope.data.mkdir()
    text = as_text(gather(scope, story(status="canceled")), "en")

    assert "xy, round 2026-11: harvest. Stopped." in text
    assert "Sites: 0, seen: 0. Pages: 0. Services: 0." in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_digest_leaves_no_brace_open_in_any_language(scope: Scope, language: str):
    """All languages say the same things."""
    text = as_text(gather(scope, story(**REFUSED)), language)

    assert not re.search(r"[{}]|None", text)
    assert 6 == text.count("\n## ")


def test_a_digest_is_four_files_of_one_name(scope: Scope):
    """When the run ended, and which it was; no half-written file is left."""
    written = tell(scope, story(), {})

    assert "2026-11-01T053000-01234567.json" == written.name
    assert {"json", "ky.md", "ru.md", "en.md"} == {
        path.name.split(".", 1)[1] for path in written.parent.iterdir()
    }


def test_a_program_finds_in_the_json_what_a_person_reads(scope: Scope):
    """With the exit code as a number, and each stale site's reason."""
    told = json.loads(tell(scope, story(**REFUSED), {}).read_text(encoding="utf-8"))

    assert ("failure", 10) == (told["run"]["status"], told["run"]["exit_code"])
    assert ["xy-tax"] == [site["site_id"] for site in told["stale_sites"]]
    assert ["new", "stage_up"] == [each["change"] for each in told["changes"]]


def test_a_digest_is_posted_to_the_webhook_with_its_token(scope: Scope):
    """The body is the file."""
    with webhook() as hook:
        written = tell(scope, story(), {"BASKYCH_DIGEST_URL": hook.url, "BASKYCH_DIGEST_TOKEN": "s3cret"})
    header, body = hook.posted[0]

    assert written.read_bytes() == body
    assert "Bearer s3cret" == header["Authorization"]


@pytest.mark.parametrize(
    ("status", "problem"), [(500, "answered 500"), (302, "answered 302"), (404, "answered 404")]
)
def test_a_webhook_that_refuses_is_told_and_fails_nothing(scope: Scope, status: int, problem: str):
    """A redirect is refused too: the token would go wherever it leads."""
    with webhook(status) as hook:
        written = tell(scope, story(), {"BASKYCH_DIGEST_URL": hook.url})
    noted = (written.parent / "sent.log").read_text(encoding="utf-8")

    assert 1 == len(hook.posted)
    assert noted.endswith(f"webhook 127.0.0.1  failed: {problem}\n")


@pytest.mark.parametrize("url", ["http://127.0.0.1:1/hook/secret-path", "file:///secret-path", "secret-path"])
def test_no_secret_is_written_where_a_digest_cannot_be_sent(scope: Scope, url: str):
    """Neither the token nor the path of the address, which often is one."""
    settings = {"BASKYCH_DIGEST_URL": url, "BASKYCH_DIGEST_TOKEN": "s3cret"}
    folder = tell(scope, story(), settings).parent
    texts = "".join(path.read_text(encoding="utf-8") for path in folder.iterdir())

    assert "failed: " in texts
    assert "secret-path" not in texts
    assert "s3cret" not in texts


def test_a_digest_is_mailed_in_the_language_that_was_asked_for(scope: Scope):
    """As plain text, its JSON attached."""
    with mailbox() as box:
        settings = {
            "BASKYCH_DIGEST_MAIL": "desk@example.org",
            "BASKYCH_DIGEST_LANGUAGE": "ru",
            "BASKYCH_SMTP": f"127.0.0.1:{box.port}",
        }
        noted = (tell(scope, story(), settings).parent / "sent.log").read_text(encoding="utf-8")
    letter = "\n".join(box.lines)

    assert noted.endswith("mail 127.0.0.1  sent\n")
    assert "To: desk@example.org" in letter
    assert 'filename="2026-11-01T053000-01234567.json"' in letter


@pytest.mark.parametrize(
    ("settings", "problem"),
    [
        ({"BASKYCH_SMTP": "127.0.0.1:1"}, "not reached: ConnectionRefusedError"),
        ({"BASKYCH_DIGEST_LANGUAGE": "de"}, "BASKYCH_DIGEST_LANGUAGE: 'de'; expected ky, ru or en"),
    ],
)
def test_a_letter_that_cannot_be_sent_is_told(scope: Scope, settings: dict[str, str], problem: str):
    """The digest is there all the same."""
    with mailbox() as box:
        usual = {"BASKYCH_DIGEST_MAIL": "desk@example.org", "BASKYCH_SMTP": f"127.0.0.1:{box.port}"}
        written = tell(scope, story(), usual | settings)

    assert written.is_file()
    assert f"failed: {problem}\n" in (written.parent / "sent.log").read_text(encoding="utf-8")


def test_a_digest_that_cannot_be_written_is_named(scope: Scope):
    """A file stands where the folder should be."""
    (scope.data / "digests").write_text("", encoding="utf-8")
    with pytest.raises(DigestError, match="digests: no digest of run 0123456789"):
        tell(scope, story(), {})


def test_a_digest_from_a_warehouse_that_cannot_be_read_is_named(scope: Scope):
    """The run may have failed for that very reason, which must not be hidden by a second error."""
    (scope.data / "warehouse.duckdb").write_bytes(b"no database")

    with pytest.raises(DigestError, match=r"no digest of run 0123456789 \(.*warehouse\.duckdb"):
        tell(scope, story(), {})


def test_a_service_s_name_in_a_digest_is_words_and_no_mark_up(scope: Scope):
    """Sites write names: one may look like a picture that tells who reads the digest, or like a heading."""
    change(scope, "new", "![](https://spy.example/x)\n# Paid")
    text = as_text(gather(scope, story()), "en")

    assert r"\!\[\]\(https://spy.example/x\) \# Paid" in text
    assert "\n# Paid" not in text
