"""What an archive keeps of a page that came again as it was: a record that names the original."""

from pathlib import Path

import pytest
from changing_web import DEC, NOV, ChangingWeb, Sheet, folder_of, site, tagged, visit_round
from fastwarc.warc import ArchiveIterator
from warcio.checker import Checker

from crawlers.captures_io import read_body
from crawlers.outcomes import Outcome
from crawlers.storing.sums import warc_digest


def records(folder: Path, kind: str) -> list[dict[str, str]]:
    """The WARC header fields of the records of a kind in a folder."""
    return [
        dict(record.headers)
        for path in sorted(folder.glob("*.warc.gz"))
        for record in ArchiveIterator(path.open("rb"), parse_http=False)
        if record.headers["WARC-Type"] == kind
    ]


def test_the_same_bytes_sent_again_are_not_stored_again(tmp_path: Path):
    """A server without tags sends the whole page; the archive keeps it once."""
    web = ChangingWeb({"/": Sheet("<p>" + "words " * 5000)})
    first = visit_round(tmp_path, NOV, web)["/"]
    second = visit_round(tmp_path, DEC, web)["/"]

    assert (Outcome.UNCHANGED, 200, first.capture_id) == (
        second.outcome,
        second.http_status,
        second.revisit_of,
    )
    assert read_body(folder_of(tmp_path, NOV), first) == read_body(folder_of(tmp_path, DEC), second)


def test_revisit_records_say_what_they_repeat(tmp_path: Path):
    """ISO 28500, section 6.7: the profile, and the original by its id, address, date and digest."""
    web = ChangingWeb({"/": tagged("/plain"), "/plain": Sheet("<p>x")})
    first = visit_round(tmp_path, NOV, web)
    visit_round(tmp_path, DEC, web)
    dates = {
        one["WARC-Target-URI"]: one["WARC-Date"] for one in records(folder_of(tmp_path, NOV), "response")
    }
    said = {
        row["WARC-Target-URI"].removeprefix("http://a.kg"): (
            row["WARC-Profile"].rpartition("/")[2],
            row["WARC-Refers-To"],
            row["WARC-Refers-To-Target-URI"],
            row["WARC-Refers-To-Date"],
            row["WARC-Payload-Digest"],
        )
        for row in records(folder_of(tmp_path, DEC), "revisit")
    }

    assert said == {
        path: (
            profile,
            first[path].warc_record_id,
            first[path].url,
            dates[first[path].url],
            warc_digest(web.sheets[path].body.encode()),
        )
        for path, profile in {"/": "server-not-modified", "/plain": "identical-payload-digest"}.items()
    }


def test_revisit_records_pass_another_tools_check(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    """`warcio check` finds nothing to complain of in a second round."""
    web = ChangingWeb({"/": tagged("/plain"), "/plain": Sheet("<p>x")})
    visit_round(tmp_path, NOV, web)
    visit_round(tmp_path, DEC, web)
    (path,) = folder_of(tmp_path, DEC).glob("*.warc.gz")
    checker = Checker(type("Options", (), {"verbose": True, "inputs": [str(path)]})())
    checker.process_all()

    assert (0, True) == (checker.exit_value, "digest pass" in capsys.readouterr().out)


def test_a_body_is_stored_again_when_its_round_is_long_past(tmp_path: Path):
    """So that no round rests on more than the twelve before it."""
    web = site()
    rounds = [f"{2026 + month // 12}-{month % 12 + 1:02}" for month in range(14)]
    pages = [visit_round(tmp_path, round_id, web)["/a"] for round_id in rounds]
    stored = [number for number, row in enumerate(pages) if row.revisit_of is None]

    assert [0, 13] == stored
