"""A few kilobytes that want to be gigabytes: memory has a limit, and no word of them is used (A6)."""

import gzip
import struct
import time
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache, reduce
from itertools import chain, repeat
from pathlib import Path

import pyarrow as pa
import pytest
from faults import FaultServer, answer, links_to, sends
from hypothesis import given, settings
from hypothesis import strategies as st
from odd_child import Odd, start_odd_children
from odd_rounds import OddRound, crawl_all, server

from crawlers.network.decoding import DamagedError, TooBigError, decode
from crawlers.outcomes import Outcome
from crawlers.policy import policy

BOMBS = Path(__file__).parents[2].parent / "shared" / "vectors" / "bombs"
needs_vectors = pytest.mark.skipif(not BOMBS.exists(), reason="the shared vectors are not here")

MIB = 1024 * 1024
MEMORY_LIMIT_KIB = 512 * 1024  # of the crawling process, with everything that it imports
GIB_OF_ZEROS = 1024
PAGE = "<!doctype html><p>Төлөмдү онлайн төлөңүз</p>".encode()
UNUSABLE = {Outcome.BOMB, Outcome.BAD_CONTENT, Outcome.TRUNCATED}


def _gzip(pieces: Iterator[bytes]) -> bytes:
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    return b"".join(map(packer.compress, pieces)) + packer.flush()


def _deflate(pieces: Iterator[bytes]) -> bytes:
    packer = zlib.compressobj(9)
    return b"".join(map(packer.compress, pieces)) + packer.flush()


def _by_arrow(codec: str) -> Callable[[Iterator[bytes]], bytes]:
    def pack(pieces: Iterator[bytes]) -> bytes:
        packed = pa.BufferOutputStream()
        with pa.CompressedOutputStream(packed, codec) as stream:
            for piece in pieces:
                stream.write(piece)
        return bytes(packed.getvalue().to_pybytes())

    return pack


PACKERS = {"gzip": _gzip, "deflate": _deflate, "br": _by_arrow("brotli"), "zstd": _by_arrow("zstd")}


@cache
def bomb(encoding: str) -> bytes:
    """Return a gibibyte that begins as a page, packed."""
    if encoding in _OF_ZLIB:
        return _packed_once(encoding)
    return PACKERS[encoding](chain([PAGE], repeat(bytes(MIB), GIB_OF_ZEROS)))


def _packed_once(encoding: str) -> bytes:
    """Pack a mebibyte of zeros once, and repeat that: after a full flush, a piece stands for itself.

    With its checksum, the same page as if zlib had packed a gibibyte, which takes it three seconds.
    """
    packer, zeros = zlib.compressobj(9, zlib.DEFLATED, -15), bytes(MIB)
    page, again = (packer.compress(piece) + packer.flush(zlib.Z_FULL_FLUSH) for piece in (PAGE, zeros))
    head, check, tail = _OF_ZLIB[encoding]
    total = reduce(lambda so_far, _: check(zeros, so_far), range(GIB_OF_ZEROS), check(PAGE))
    return head + page + again * GIB_OF_ZEROS + packer.flush() + tail(total)


# Of each encoding of zlib's: its header, its checksum, and what follows the data (RFC 1952 and RFC 1950).
_OF_ZLIB: dict[str, tuple[bytes, Callable[..., int], Callable[[int], bytes]]] = {
    "gzip": (
        b"\x1f\x8b\x08" + bytes(7),
        zlib.crc32,
        lambda total: struct.pack("<II", total, len(PAGE) + GIB_OF_ZEROS * MIB),
    ),
    "deflate": (b"\x78\xda", zlib.adler32, lambda total: struct.pack(">I", total)),
}


@dataclass(frozen=True)
class Measured:
    """A round, and how much memory the crawling process needed at most."""

    round: OddRound
    peak_kib: int


@pytest.fixture(scope="module")
def measured(tmp_path_factory: pytest.TempPathFactory) -> Measured:
    """One crawl of every bomb at once."""
    data = tmp_path_factory.mktemp("bombs")
    with pytest.MonkeyPatch.context() as patch:
        start_odd_children(patch, Odd(peak_memory=str(data / "peak")))
        left = crawl_all(data, _servers())
    return Measured(left, int((data / "peak").read_text()))


def _servers() -> dict[str, FaultServer]:
    broken = bytearray(gzip.compress(PAGE * 1000))
    broken[-6] ^= 255  # within the checksum
    made = {f"tt-{encoding}": _packed(bomb(encoding), encoding) for encoding in PACKERS}
    return made | {
        "tt-fine": _packed(gzip.compress(PAGE), "gzip"),
        "tt-double": _packed(gzip.compress(bomb("gzip")), "gzip, gzip"),
        "tt-mixed": _packed(gzip.compress(bomb("deflate")), "deflate, gzip"),
        "tt-many-layers": _packed(gzip.compress(PAGE), ", ".join(["gzip"] * 500)),
        "tt-members": _packed(gzip.compress(b"") * 500_000, "gzip"),
        "tt-checksum": _packed(bytes(broken), "gzip"),
        "tt-early-end": _packed(gzip.compress(PAGE * 1000)[:-30], "gzip"),
    }


def _packed(body: bytes, encoding: str) -> FaultServer:
    page = sends(answer(body, f"Content-Encoding: {encoding}"))
    return server(links_to("/packed"), {"/packed": page})


@pytest.mark.parametrize("encoding", [*PACKERS, "double", "mixed"])
def test_a6_a_bomb_is_an_outcome(measured: Measured, encoding: str):
    """Of each encoding that we know, also one within another."""
    capture = measured.round.capture(f"tt-{encoding}", "/packed")

    assert (Outcome.BOMB, 0) == (capture.outcome, capture.byte_count)


@pytest.mark.parametrize("site_id", ["tt-many-layers", "tt-members", "tt-checksum", "tt-early-end"])
def test_a6_damaged_bodies_give_no_partial_text(measured: Measured, site_id: str):
    """Five hundred layers, half a million members, a wrong checksum, an early end: no byte is used."""
    capture = measured.round.capture(site_id, "/packed")

    assert capture.outcome in UNUSABLE
    assert 0 == capture.byte_count


def test_a6_a_packed_page_is_no_bomb(measured: Measured):
    """The control: packed as servers pack, it is read."""
    capture = measured.round.capture("tt-fine", "/packed")

    assert (Outcome.OK, len(PAGE)) == (capture.outcome, capture.byte_count)


def test_a6_memory_stays_within_a_fixed_limit(measured: Measured):
    """Eleven bombs at once, six of them of a gibibyte; the packed bodies are kept for the archive."""
    assert measured.peak_kib < MEMORY_LIMIT_KIB
    assert policy().max_unpacked_bytes < GIB_OF_ZEROS * MIB


def test_a6_members_without_number_take_no_time():
    """A million of them took minutes, when the rest was copied for each."""
    begun = time.monotonic()
    with pytest.raises(DamagedError, match="members"):
        decode(gzip.compress(b"") * 800_000, content_encoding="gzip")

    assert time.monotonic() - begun < 10


@needs_vectors
@pytest.mark.parametrize("name", ["br", "deflate", "gzip", "zstd"])
def test_a6_scrapys_own_bombs_stop_at_any_limit(name: str):
    """Whatever the limit below their eleven megabytes."""
    packed = (BOMBS / f"bomb-{name}.bin").read_bytes()
    for limit in (1, 1000, MIB, 8 * MIB):
        with pytest.raises(TooBigError):
            decode(packed, content_encoding=name, limit=limit)


@given(body=st.binary(min_size=1, max_size=3000), name=st.sampled_from(sorted(PACKERS)))
@settings(max_examples=60, deadline=None)
def test_a6_what_was_packed_is_unpacked(body: bytes, name: str):
    """For every body and encoding; even where the packed bytes begin like a page."""
    assert body == decode(PACKERS[name](iter([body])), content_encoding=name)


def test_a6_packed_bytes_that_begin_as_text_are_no_text():
    """The first byte of a Brotli stream may be a brace: cut, it is damaged, not unpacked already."""
    packed = PACKERS["br"](iter([bytes(range(256)) * 3]))
    with pytest.raises(DamagedError):
        decode(b"{" + packed[1:40], content_encoding="br")


@pytest.mark.parametrize("encoding", ["utf-8", "windows-1251"])
def test_a6_a_page_that_was_unpacked_already_is_taken_as_it_is(encoding: str):
    """Whatever letters it is written in."""
    page = ("<!doctype html><p>Заявление принимается онлайн</p>" * 20).encode(encoding)

    assert page == decode(page, content_encoding="br")


@given(
    body=st.binary(min_size=30, max_size=3000),
    name=st.sampled_from(["gzip", "zstd", "br"]),
    share=st.floats(0.1, 0.9),
)
@settings(max_examples=60, deadline=None)
def test_a6_what_ends_too_early_is_never_a_shorter_page(body: bytes, name: str, share: float):
    """Wherever it was cut."""
    packed = PACKERS[name](iter([body]))
    cut = packed[: max(5, int(len(packed) * share))]
    with pytest.raises(DamagedError):
        decode(cut, content_encoding=name)
