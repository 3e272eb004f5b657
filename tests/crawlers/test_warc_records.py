"""Records of what was asked and answered: each stands alone at its place, and its digests vouch for it."""

import gzip
import io
from datetime import UTC, datetime
from pathlib import Path

import pytest
from fastwarc.warc import ArchiveIterator

from crawlers.network.answers import Answer, Asked
from crawlers.storing.answer_records import request_record, response_record
from crawlers.storing.warc import Place, WarcWriter, new_record_id

BODY = "<p>Паспорт алуу</p>".encode() * 50


def _answer(number: int) -> Answer:
    asked = Asked(
        url=f"http://a.kg/{number}",
        asked_at=datetime(2026, 11, 1, tzinfo=UTC),
        header=f"GET /{number} HTTP/1.1\r\nHost: a.kg\r\n\r\n".encode(),
    )
    return Answer(
        asked=asked, elapsed_seconds=0.1, status=200, headers=(("Content-Type", "text/html"),),
        body=BODY, ip_address="192.0.2.1", tls_fault=None, is_cut=False,
    )  # fmt: skip


@pytest.fixture
def written(tmp_path: Path) -> list[tuple[Place, bytes]]:
    """Two answers and their requests: where each lies, and the bytes there."""
    with WarcWriter(tmp_path, "x", "a: b\r\n") as writer:
        places = []
        for number in range(2):
            response_id = new_record_id()
            places.append(writer.write(response_record(_answer(number)), response_id))
            places.append(writer.write(request_record(_answer(number), response_id)))
    return [(place, _bytes_at(tmp_path, place)) for place in places]


def _bytes_at(folder: Path, place: Place) -> bytes:
    data = (folder / place.warc_file).read_bytes()
    return data[place.warc_offset : place.warc_offset + place.warc_length]


def test_every_record_stands_alone_at_its_place(written: list[tuple[Place, bytes]]):
    """The bytes at a record's offset are one gzip member, and that is this record."""
    found = [[one.record_id for one in ArchiveIterator(io.BytesIO(raw))] for _, raw in written]

    assert [[place.warc_record_id] for place, _ in written] == found


def test_a_request_names_the_answer_that_it_got(written: list[tuple[Place, bytes]]):
    """By WARC-Concurrent-To, as ISO 28500 has it."""
    named = [next(ArchiveIterator(io.BytesIO(raw))).headers.get("WARC-Concurrent-To") for _, raw in written]

    assert [None, written[0][0].warc_record_id, None, written[2][0].warc_record_id] == named


@pytest.mark.parametrize("number", range(4))
def test_a_changed_letter_breaks_the_digest_of_its_record(written: list[tuple[Place, bytes]], number: int):
    """Also where somebody packed the record again, so that gzip's own checksum is right."""
    unpacked = gzip.decompress(written[number][1])
    changed = unpacked[:-5] + bytes([unpacked[-5] ^ 1]) + unpacked[-4:]
    records = [
        next(ArchiveIterator(io.BytesIO(gzip.compress(raw)), parse_http=False)) for raw in (unpacked, changed)
    ]

    assert [True, False] == [record.verify_block_digest() for record in records]
