"""Write WARC: what keeping request and answer costs, beside warcio's gzip, and how large the files are.

Both get the corpus's real pages with the same header fields, records of the same kinds, a gzip member and
digests each, and write them to a file, by turns; the best turn of each counts. warcio is told the length of
every body, which is its fastest way: else it copies each into a temporary file first. Afterwards every
record of ours is opened alone at its offset, and its digests are computed again by FastWARC and by warcio.
"""

import gzip
import io
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import redirect_stdout
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TypeVar

from fastwarc.warc import ArchiveIterator
from warcio.checker import Checker
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

sys.path.insert(0, str(Path(__file__).parents[1]))
from crawlers.network.answers import Answer, Asked
from crawlers.storing.answer_records import request_record, response_record
from crawlers.storing.warc import Place, WarcWriter, new_record_id, warc_time

CORPUS = Path(__file__).parents[2] / "shared" / "corpus" / "pages"
TURNS = 7
TIMES_WARCIO, OF_ITS_SIZE = 5.0, 1.02  # asked for
_BEGUN = datetime(2026, 11, 1, 6, tzinfo=UTC)
_AGENT = "Baskych/0.1 (+https://example.org/about-our-robot)"
Result = TypeVar("Result")


def main() -> int:
    """Print a row for bodies as they are, and one for bodies that servers packed; return 1 for a miss."""
    pages = [path.read_bytes() for path in sorted(CORPUS.glob("*.html"))]
    if not pages:
        print("warc | skipped: the corpus of real pages is not here")
        return 0
    plain = answers(pages)
    packed = [
        _answer(number, gzip.compress(body, 6, mtime=0), (("Content-Encoding", "gzip"),))
        for number, body in enumerate(pages)
    ]
    return max([measured("plain bodies", plain, TIMES_WARCIO), measured("packed bodies", packed, None)])


def answers(pages: Sequence[bytes]) -> list[Answer]:
    """Return an answer with each of `pages` as it is."""
    return [_answer(number, body, ()) for number, body in enumerate(pages)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """Both writers on the same answers."""

    seconds: dict[str, float]  # of CPU, the best turn of each
    share: float  # of warcio's size
    records: int  # of ours
    faults: int  # of them

    @property
    def speed(self) -> float:
        """How many times as fast as warcio ours is."""
        return self.seconds["warcio"] / self.seconds["ours"]


def compared(given: Sequence[Answer], turns: int = TURNS) -> Compared:
    """Write `given` with both, by turns; look at each record of ours."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        seconds = {"ours": float("inf"), "warcio": float("inf")}
        for turn in range(turns):
            here = folder / f"{turn}"
            here.mkdir()
            places, spent = timed(lambda: ours(here, given))  # noqa: B023 - called at once
            seconds["ours"] = min(seconds["ours"], spent)
            peer = here.with_suffix(".gz")
            seconds["warcio"] = min(seconds["warcio"], timed(lambda: by_warcio(peer, given))[1])  # noqa: B023
        share = (here / places[0].warc_file).stat().st_size / peer.stat().st_size
        return Compared(seconds=seconds, share=share, records=len(places), faults=damaged(here, places))


def measured(what: str, given: Sequence[Answer], asked: float | None) -> int:
    """Print how both do on `given`; return 1 where ours misses what is `asked`, or lost a record."""
    found = compared(given)
    said = " | ".join(
        f"{who} {2 * len(given) / spent:.0f} records/CPU-s" for who, spent in found.seconds.items()
    )
    wanted = f" (asked: {asked:.0f})" if asked else ""
    print(
        f"warc | {what} | {said} | {found.speed:.2f} x warcio's gzip{wanted} |"
        f" {found.share:.4f} of its size (asked: {OF_ITS_SIZE}) |"
        f" {found.faults} of {found.records} records at fault"
    )
    return int(found.faults > 0 or found.share > OF_ITS_SIZE or (asked is not None and found.speed < asked))


def ours(folder: Path, given: Sequence[Answer]) -> list[Place]:
    """Write `given` as a visit does; return where every record lies."""
    places = []
    with WarcWriter(folder, "site", "software: baskych\r\nformat: WARC File Format 1.1\r\n") as writer:
        for answer in given:
            response_id = new_record_id()
            places.append(writer.write(response_record(answer), response_id))
            places.append(writer.write(request_record(answer, response_id)))
    return places


def by_warcio(path: Path, given: Sequence[Answer]) -> None:
    """Write the same records to `path` with warcio."""
    with path.open("wb") as file:
        writer = WARCWriter(file, gzip=True, warc_version="WARC/1.1")
        for answer in given:
            fields = {
                "WARC-Date": warc_time(answer.asked.asked_at),
                "WARC-IP-Address": answer.ip_address or "",
            }
            response = writer.create_warc_record(
                answer.asked.url,
                "response",
                payload=io.BytesIO(answer.body),
                length=len(answer.body),
                warc_headers_dict=fields,
                http_headers=StatusAndHeaders("200 OK", list(answer.headers), protocol="HTTP/1.1"),
            )
            line, *rest = answer.asked.header.decode().strip().split("\r\n")
            sent = StatusAndHeaders(line, [tuple(each.split(": ", 1)) for each in rest], is_http_request=True)
            request = writer.create_warc_record(
                answer.asked.url, "request", warc_headers_dict=fields, http_headers=sent
            )
            writer.write_request_response_pair(request, response)


def timed(work: Callable[[], Result]) -> tuple[Result, float]:
    """Return what `work` gives, and the CPU seconds that it took."""
    begun = time.process_time()
    result = work()
    return result, time.process_time() - begun


def damaged(folder: Path, places: Sequence[Place]) -> int:
    """Return how many records do not stand alone at their place, whole by their digests."""
    found = [not _is_whole(folder, place) for place in places]
    with redirect_stdout(io.StringIO()) as said:  # warcio's checker prints what is wrong
        checker = Checker(_Files(folder))
        checker.process_all()
    return sum(found) + (checker.exit_value and max(1, said.getvalue().count("failed")))


class _Files:
    """What warcio's checker is told on the command line."""

    verbose = False

    def __init__(self, folder: Path) -> None:
        self.inputs = [str(path) for path in folder.iterdir()]


def _is_whole(folder: Path, place: Place) -> bool:
    """Whether the bytes at a place are one record, the one that was written, with right digests."""
    with (folder / place.warc_file).open("rb") as file:
        file.seek(place.warc_offset)
        member = file.read(place.warc_length)
    ids = [record.record_id for record in ArchiveIterator(io.BytesIO(member), parse_http=False)]
    whole = next(ArchiveIterator(io.BytesIO(member), parse_http=False)).verify_block_digest()
    parsed = next(ArchiveIterator(io.BytesIO(member), parse_http=True))
    has_body = parsed.headers["WARC-Type"] == "response"
    return ids == [place.warc_record_id] and whole and (not has_body or parsed.verify_payload_digest())


def _answer(number: int, body: bytes, encoding: tuple[tuple[str, str], ...]) -> Answer:
    """An answer with the header fields that a public body's server sends."""
    host, path = f"office-{number % 40}.example.org", f"/services/{number}"
    asked_at = _BEGUN + timedelta(seconds=5 * number)
    fields = [
        ("Host", host), ("User-Agent", _AGENT), ("Accept", "text/html,application/xhtml+xml;q=0.9,*/*;q=0.8"),
        ("Accept-Language", "ky,ru;q=0.8,en;q=0.5"), ("Accept-Encoding", "gzip, deflate"),
    ]  # fmt: skip
    headers = (
        ("Server", "nginx"), ("Date", f"{asked_at:%a, %d %b %Y %H:%M:%S} GMT"),
        ("Content-Type", "text/html; charset=utf-8"), ("Content-Length", str(len(body))),
        ("Last-Modified", "Tue, 06 Oct 2026 09:12:44 GMT"), ("ETag", f'"{len(body):x}-{number:x}"'),
        ("Cache-Control", "max-age=600"), ("X-Frame-Options", "SAMEORIGIN"), *encoding,
    )  # fmt: skip
    lines = "".join(f"{name}: {value}\r\n" for name, value in fields)
    return Answer(
        asked=Asked(
            url=f"https://{host}{path}",
            asked_at=asked_at,
            header=f"GET {path} HTTP/1.1\r\n{lines}\r\n".encode(),
        ),
        elapsed_seconds=0.2, status=200, headers=headers, body=body, ip_address="192.0.2.10",
        tls_fault=None, is_cut=False,
    )  # fmt: skip


if __name__ == "__main__":
    sys.exit(main())
