"""The archive has what was said on the wire, byte by byte, in both directions."""

from collections.abc import Iterator

import pytest
from faults import links_to, sends
from odd_child import Odd, start_odd_children
from odd_rounds import OddRound, crawl_all, server
from warcio.checker import Checker

from crawlers.captures_io import read_body
from crawlers.network.answers import Answer, Asked
from crawlers.outcomes import Outcome

HEAD = (
    b"HTTP/1.1 200 Barakelde\r\n"
    b"date: Thu, 05 Nov 2026 06:07:08 GMT\r\n"
    b"SET-COOKIE: a=1; Path=/\r\n"
    b"X-Odd:no space\r\n"
    b"Content-Type: text/html; charset=utf-8\r\n"
    b"set-cookie: b=2; Path=/\r\n"
    b"X-Ministry: \xd0\xad\xd0\xba\xd0\xbe\xd0\xbd\xd0\xbe\xd0\xbc\xd0\xb8\xd0\xba\xd0\xb0 \xff\r\n"
    b"X-Folded: one\r\n two\r\n"
    b"a line without its colon\r\n"
    b"Content-Length: 5\r\n"
    b"Connection: close\r\n"
    b"\r\n"
)
OLD = b"HTTP/1.0 200 OK\nContent-Type: text/html\n\n<p>old"
CHUNKED = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n"
CHUNKS = b"6\r\n<p>one\r\n4;x=y\r\n two\r\n0\r\nX-Trailer: 1\r\n\r\n"
HINTED = b"HTTP/1.1 103 Early Hints\r\nLink: </x.css>; rel=preload\r\n\r\n" + HEAD + b"early"


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Iterator[OddRound]:
    """One crawl of a server that speaks oddly, and within the rules."""
    pages = {
        "/head": sends(HEAD + b"hello"),
        "/old": sends(OLD),
        "/chunked": sends(CHUNKED + CHUNKS),
        "/hinted": sends(HINTED),
        "/empty": sends(b"HTTP/1.1 204 No Content\r\nX-Nothing: here\r\n\r\n"),
    }
    with pytest.MonkeyPatch.context() as patch:
        start_odd_children(patch, Odd(policy={"timeout_seconds": 20}))
        yield crawl_all(
            tmp_path_factory.mktemp("wire"), {"tt-a": server(links_to(*pages, "/ask?a=1&b=%D2%AF"), pages)}
        )


def _block(told: OddRound, path: str) -> bytes:
    record = told.record(told.capture("tt-a", path))
    return bytes(record.reader.read())


def test_an_answer_is_archived_as_it_came(told: OddRound):
    """Status line, names in their own spelling, order, repetitions, folds, bytes that are no text, faults."""
    assert HEAD + b"hello" == _block(told, "/head")


def test_a_request_is_archived_as_it_went(told: OddRound):
    """Each byte that the server got, with the cookies of the visit, in the order of the visit."""
    server_heard = told.servers["tt-a"].requests

    assert server_heard == told.blocks("tt-a", "request")
    assert any(b"Cookie: a=1; b=2" in request for request in server_heard)


def test_an_answer_of_http_1_0_is_archived_as_it_came(told: OddRound):
    """Closed by the end of the connection, its lines ended by line feeds alone."""
    assert (Outcome.OK, OLD) == (told.capture("tt-a", "/old").outcome, _block(told, "/old"))


def test_chunks_are_joined_and_the_header_says_so(told: OddRound):
    """A reader must not look for chunk sizes that are no longer there: the field is renamed, as others do."""
    expected = CHUNKED.replace(b"Transfer-Encoding", b"X-Crawl-Transfer-Encoding") + b"<p>one two"

    assert expected == _block(told, "/chunked")


def test_early_hints_are_not_the_answer(told: OddRound):
    """What comes before the answer (RFC 8297) is passed over."""
    assert HEAD + b"early" == _block(told, "/hinted")


def test_an_answer_without_a_body_keeps_its_header(told: OddRound):
    """204 and its fields."""
    assert b"HTTP/1.1 204 No Content\r\nX-Nothing: here\r\n\r\n" == _block(told, "/empty")


@pytest.mark.parametrize(
    ("path", "body"), [("/head", b"hello"), ("/old", b"<p>old"), ("/chunked", b"<p>one two")]
)
def test_bodies_are_read_back(told: OddRound, path: str, body: bytes):
    """Whatever the header looked like."""
    assert body == read_body(told.folder("tt-a"), told.capture("tt-a", path))


def test_another_tool_reads_all_of_it(told: OddRound, capsys: pytest.CaptureFixture[str]):
    """`warcio check` finds nothing to complain of."""
    (path,) = told.folder("tt-a").glob("*.warc.gz")
    checker = Checker(type("Command", (), {"inputs": [str(path)], "verbose": False}))
    checker.process_all()

    assert (0, "") == (checker.exit_value, capsys.readouterr().out)


def test_an_answer_whose_header_is_unknown_gets_a_plain_one(told: OddRound):
    """As of an answer that was made up of its parts."""
    asked = Asked(url="http://a.kg/", asked_at=told.capture("tt-a").captured_at, header=b"")
    answer = Answer(
        asked=asked,
        elapsed_seconds=0,
        status=200,
        headers=(("A", "1"), ("A", "2")),
        body=b"x",
        ip_address=None,
        tls_fault=None,
        is_cut=False,
    )

    assert b"HTTP/1.1 200 OK\r\nA: 1\r\nA: 2\r\n\r\nx" == answer.block()
