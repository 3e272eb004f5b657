"""What must be true of a site's folder after any kill; each check returns what is wrong, in words."""

import io
from collections import Counter
from contextlib import redirect_stdout
from pathlib import Path

from warcio.archiveiterator import ArchiveIterator
from warcio.checker import Checker

from crawlers.archives.reader import read_archive
from crawlers.captures import Capture
from crawlers.errors import ArchiveError, CaptureError
from crawlers.storing.bodies import record_at
from crawlers.storing.manifest import check_manifest

WARCS = "*.warc.gz"


def records_agree(folder: Path, captures: list[Capture]) -> list[str]:
    """Each capture with a place has its response in the archives, and each response its capture."""
    named = Counter(str(row.warc_record_id) for row in captures if row.warc_file)
    there: Counter[str] = Counter()
    for path in sorted(folder.glob(WARCS)):
        with path.open("rb") as file:
            there.update(
                record.rec_headers.get_header("WARC-Record-ID")
                for record in ArchiveIterator(file)
                if record.rec_type == "response"
            )
    return [
        f"{key}: {named[key]} rows, {there[key]} records"
        for key in named.keys() | there.keys()
        if named[key] != 1 or there[key] != 1
    ]


def archives_are_whole(folder: Path) -> list[str]:
    """Every archive can be read to its last byte by a reader that notices a cut."""
    wrong = []
    for path in sorted(folder.glob(WARCS)):
        try:
            for _ in read_archive(path):
                pass
        except ArchiveError as failure:
            wrong.append(str(failure))
    return wrong


def others_are_content(folder: Path) -> list[str]:
    """`warcio check` finds nothing to complain of."""
    paths = [str(path) for path in sorted(folder.glob(WARCS))]
    said = io.StringIO()
    with redirect_stdout(said):
        checker = Checker(type("Command", (), {"inputs": paths, "verbose": False}))
        checker.process_all()
    return [said.getvalue()] if checker.exit_value or said.getvalue() else []


def offsets_lead_to_records(folder: Path, captures: list[Capture]) -> list[str]:
    """Every capture's record is read by its offset, and has its id."""
    wrong = []
    for row in captures:
        if row.warc_file:
            try:
                record_at(folder, row)
            except CaptureError as failure:
                wrong.append(str(failure))
    return wrong


def none_twice(captures: list[Capture], unkilled: Counter[str]) -> list[str]:
    """No address is captured more often than without any kill (there, only a retry repeats one)."""
    return [f"{url}: {count} too many" for url, count in (urls(captures) - unkilled).items()]


def none_lost(captures: list[Capture], answered: Counter[str], in_flight: int) -> list[str]:
    """What the server answered is captured, but for at most `in_flight` answers that were under way."""
    lost = answered - urls(captures)
    return [] if lost.total() <= in_flight else [f"{lost.total()} answers lost; expected at most {in_flight}"]


def manifest_holds(folder: Path) -> list[str]:
    """Every file is as the manifest says."""
    try:
        return [f"{one.path}: {one.found}" for one in check_manifest(folder)]
    except CaptureError as failure:
        return [str(failure)]


def urls(captures: list[Capture]) -> Counter[str]:
    """How often each address was asked for."""
    return Counter(row.url for row in captures)
