"""Objects are read, written, and written only where nobody else did."""

import logging
from pathlib import Path

import pytest
from s3_server import KEY, SECRET, led_to

from crawlers.stores.address import Address, address_of
from crawlers.stores.errors import StoreError
from crawlers.stores.objects import Objects
from crawlers.stores.reach import objects_of
from pipelines.operating.exits import Exit
from pipelines.operating.failures import exit_for


def test_an_object_is_written_only_where_nobody_else_wrote(objects: Objects):
    """Of two who saw the same, the first is heard, and the second is told."""
    assert objects.put_if("one", b"first", None)
    assert objects.put_if("one", b"second", None) is None

    found = objects.get("one")

    assert found
    assert b"first" == found.body
    assert objects.put_if("one", b"third", found.etag)
    assert objects.put_if("one", b"fourth", found.etag) is None
    assert objects.put_if("none", b"fifth", found.etag) is None


def test_a_write_whose_answer_was_lost_counts(objects: Objects):
    """The library asks again where it got no answer, and then finds its own writing there."""
    first = objects.put_if("one", b"ours alone", None)

    assert first
    assert first == objects.put_if("one", b"ours alone", None)


def test_a_body_goes_through_in_pieces(objects: Objects, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Twenty MiB are several parts; the same bytes come back, whole and in part."""
    body = bytes(range(256)) * (20 << 12)
    (tmp_path / "sent").write_bytes(body)
    pieces: list[str] = []
    ask = type(objects.files)._call_s3

    async def noting(self: object, method: str, *rest: object, **about: object) -> object:
        pieces.append(method)
        return await ask(self, method, *rest, **about)

    monkeypatch.setattr(type(objects.files), "_call_s3", noting)
    objects.upload(tmp_path / "sent", "big")
    objects.download("big", tmp_path / "got")

    assert 3 == pieces.count("upload_part")
    assert body == (tmp_path / "got").read_bytes()
    assert body[700:900] == objects.part("big", 700, 200)
    assert len(body) == objects.size("big")


def test_what_is_not_there_is_none_or_told(objects: Objects, tmp_path: Path):
    """Nobody takes a missing object for an empty one."""
    assert objects.get("none") is None
    assert objects.size("none") is None
    with pytest.raises(StoreError, match="NoSuchKey"):
        objects.part("none", 0, 1)
    with pytest.raises(StoreError, match="NoSuchKey"):
        objects.download("none", tmp_path / "none")


def test_a_bucket_that_is_not_there_is_named():
    """With the server's own word for it."""
    with pytest.raises(
        StoreError, match=r"s3://no-such-bucket/data/one: NoSuchBucket.*expected a bucket"
    ) as told:
        objects_of(address_of("s3://no-such-bucket/data")).get("one")

    assert Exit.STORE_FAILED is exit_for(told.value)


def test_a_server_that_is_not_there_is_named():
    """By its address, as the environment has it."""
    with led_to("http://127.0.0.1:9"), pytest.raises(StoreError, match=r"127\.0\.0\.1:9") as told:
        objects_of(address_of("s3://bucket/data")).get("one")

    assert Exit.STORE_FAILED is exit_for(told.value)


def test_missing_credentials_are_told(endpoint: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    """No other way is tried behind the operator's back."""
    with led_to(endpoint):
        for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
            monkeypatch.delenv(name)
        monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", str(tmp_path / "none"))
        monkeypatch.setenv("AWS_CONFIG_FILE", str(tmp_path / "none"))
        with pytest.raises(StoreError, match="credentials") as told:
            objects_of(address_of("s3://bucket/data")).get("one")

    assert Exit.STORE_FAILED is exit_for(told.value)


def test_credentials_that_the_server_does_not_know_are_told(
    endpoint: str, address: Address, monkeypatch: pytest.MonkeyPatch
):
    """The server's refusal, and what was expected, and no secret."""
    monkeypatch.setattr("moto.core.responses.ActionAuthenticatorMixin.request_count", 0)
    monkeypatch.setattr("moto.settings.INITIAL_NO_AUTH_ACTION_COUNT", 0.0)
    with pytest.raises(StoreError, match=r"InvalidAccessKeyId|AccessDenied|SignatureDoesNotMatch") as told:
        objects_of(address).get("one")

    assert SECRET not in str(told.value)
    assert Exit.STORE_FAILED is exit_for(told.value)


def test_no_secret_is_logged_even_when_everything_is(objects: Objects, caplog: pytest.LogCaptureFixture):
    """`--debug` is for our events; the libraries would tell headers of requests."""
    with caplog.at_level(logging.DEBUG):
        objects.put_if("one", b"1", None)
        objects.get("one")

    assert not [
        record for record in caplog.records if KEY in record.getMessage() or SECRET in record.getMessage()
    ]
    assert not [record for record in caplog.records if "Signature" in record.getMessage()]


def test_a_fault_of_this_disk_is_no_fault_of_the_server(objects: Objects, tmp_path: Path):
    """A full disk has an exit code of its own."""
    objects.put_if("one", b"1", None)

    with pytest.raises(FileNotFoundError):
        objects.download("one", tmp_path / "no-such-folder" / "one")


@pytest.mark.parametrize(
    "text", ["s3://", "s3://b", "s3://Bucket/x", "s3://bucket//x", "s3://bucket/a/../b", "s3://bucket/a b"]
)
def test_what_is_no_address_is_refused(text: str):
    """Before anything is asked."""
    with pytest.raises(StoreError, match="expected s3://BUCKET/PREFIX"):
        address_of(text)
