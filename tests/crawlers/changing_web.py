"""An imagined site that lasts for several rounds, and visits to it that are shelved like real ones."""

import asyncio
from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

from crawlers.captures import Capture
from crawlers.captures_io import read_captures
from crawlers.network.answers import Answer, Asked, Failure
from crawlers.outcomes import Outcome
from crawlers.politeness.host_book import HostBook
from crawlers.reports import counted, report_on
from crawlers.storing.journal import read_journal
from crawlers.storing.memory import Memory
from crawlers.storing.recorder import Recorder, Whose
from crawlers.storing.repair import repair
from crawlers.storing.shelf import new_part, part_of, shelve, site_folder
from crawlers.visiting.coming_back import coming_back_rules
from crawlers.visiting.earlier import earlier_folders, remember
from crawlers.visiting.returning import Returning
from crawlers.visiting.task import Task, Tools
from crawlers.visiting.visit import Visit

SITE = "tt-a"
NOV, DEC, JAN, FEB = "2026-11", "2026-12", "2027-01", "2027-02"
BOTH = {"/": Outcome.UNCHANGED, "/a": Outcome.UNCHANGED}  # of `site`, where nothing changed
_BEGIN = datetime(2026, 11, 5, tzinfo=UTC)  # of the first request; a minute passes between two


class KilledError(BaseException):
    """What no code of ours may catch: the process is gone."""


@dataclass
class Sheet:
    """One page of the site, as it is now."""

    body: str
    etag: str | None = None
    last_modified: str | None = None
    status: int = 200
    content_type: str = "text/html; charset=utf-8"


@dataclass
class ChangingWeb:
    """Answers for http://a.kg from its sheets, as a server that knows conditional requests."""

    sheets: dict[str, Sheet]
    broken: tuple[str, ...] = ()  # paths that are "not modified" to all who ask, whatever they ask
    sent: list[tuple[str, Mapping[str, str], int]] = field(default_factory=list)  # path, fields, status
    dies_at: int = -1  # during this request the visitor's process is killed

    async def fetch(self, url: str, more: Mapping[str, str] | None = None) -> Answer | Failure:
        """Answer as the sheets say; 404 for all else."""
        if len(self.sent) == self.dies_at:
            self.dies_at = -1
            raise KilledError
        path, fields = url.removeprefix("http://a.kg"), dict(more or {})
        sheet = self.sheets.get(path, Sheet("gone", status=404))
        is_same = path in self.broken or _matches(sheet, fields)
        status = 304 if is_same else sheet.status
        self.sent.append((path, fields, status))
        headers = {"ETag": sheet.etag, "Last-Modified": sheet.last_modified}
        if not is_same:
            headers |= {"Content-Type": sheet.content_type}
        return Answer(
            asked=Asked(
                url=url, asked_at=_BEGIN + timedelta(minutes=len(self.sent)), header=b"GET / HTTP/1.1\r\n\r\n"
            ),
            elapsed_seconds=0.1,
            status=status,
            headers=tuple((name, value) for name, value in headers.items() if value),
            body=b"" if is_same else sheet.body.encode(),
            ip_address=None,
            tls_fault=None,
            is_cut=False,
        )

    def statuses(self, path: str) -> list[int]:
        """The answers to a path, in order."""
        return [status for asked, _, status in self.sent if asked == path]

    def fields(self, path: str) -> Mapping[str, str]:
        """The further header fields of the last request for a path."""
        return [fields for asked, fields, _ in self.sent if asked == path][-1]


def _matches(sheet: Sheet, fields: Mapping[str, str]) -> bool:
    """Whether the sheet is what the asker has (RFC 9110, sections 13.1.2 and 13.1.3)."""
    if sheet.status != 200:
        return False
    if "If-None-Match" in fields:
        return bool(sheet.etag) and fields["If-None-Match"].removeprefix("W/") == str(
            sheet.etag
        ).removeprefix("W/")
    return bool(sheet.last_modified) and fields.get("If-Modified-Since") == sheet.last_modified


def tagged(*links: str, words: str = "", weak: bool = False) -> Sheet:
    """Return a page with links and the tag of its content."""
    body = f"<!doctype html><p>{words}</p>" + "".join(f"<a href='{link}'>x</a>" for link in links)
    tag = f'"{sha256(body.encode()).hexdigest()[:8]}"'
    return Sheet(body, etag=f"W/{tag}" if weak else tag)


def folder_of(data: Path, round_id: str) -> Path:
    """Return the folder of the site in a round."""
    return site_folder(data, round_id, SITE)


def visit_round(
    data: Path,
    round_id: str,
    web: ChangingWeb,
    services: AbstractSet[str] | None = None,
    **bounds: Any,
) -> dict[str, Capture]:
    """Visit the site in a round and shelve what came; return its pages by path, and robots.txt.

    `bounds`: other fields of the visit's task than its usual ones.
    """
    folder = folder_of(data, round_id)
    part = part_of(folder) if part_of(folder).exists() else new_part(folder)  # a killed visit goes on
    again = Returning(
        web.fetch, remember(earlier_folders(folder, coming_back_rules().remembered_rounds)), services
    )

    async def visit() -> None:
        stop = asyncio.Event()
        whose = Whose(country_id="tt", round_id=round_id, site_id=SITE)
        memory = Memory(part, repair(part).sums)
        with Recorder(part, whose, "", memory) as recorder:
            tools = Tools(
                fetch=again.fetch,
                passes_by=again.passes_by,
                is_of_service=again.is_of_service,
                hosts=HostBook(again.fetch, 0, stop),
                recorder=recorder,
                stop=stop,
            )
            owns = lambda address: address.host == "a.kg"  # noqa: E731 - one line says it
            task = Task(**{"seeds": ("http://a.kg/",), "owns": owns, "max_pages": 100} | bounds)
            finish.append(await Visit(task, tools).run())

    finish: list = []
    asyncio.run(visit())
    report = report_on(SITE, round_id, counted(read_journal(part)), finish[0])
    shelve(folder, read_journal(part), report)
    return {row.url.removeprefix("http://a.kg"): row for row in read_captures(folder)}


def outcomes(pages: Mapping[str, Capture]) -> dict[str, Outcome]:
    """Return what came of each path but robots.txt."""
    return {path: row.outcome for path, row in pages.items() if path != "/robots.txt"}


def site() -> ChangingWeb:
    """A front page that links to a page."""
    return ChangingWeb({"/": tagged("/a"), "/a": tagged(words="Passport")})
