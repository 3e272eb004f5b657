"""A single file on a server is read by its address, whole or in part."""

import boto3
import pytest
from s3_server import led_to, new_store

from crawlers.stores.address import address_of
from crawlers.stores.errors import StoreError
from crawlers.stores.files import here, part_of, size_and_time


@pytest.fixture
def file() -> str:
    """The address of a file of ten bytes, whose name no store would give."""
    bucket = address_of(new_store()).bucket
    for name, rights in (("a,b~1.warc.gz", "public-read"), ("closed.warc.gz", "private")):
        boto3.client("s3").put_object(Bucket=bucket, Key=f"crawl-data/{name}", Body=b"0123456789", ACL=rights)
    return f"s3://{bucket}/crawl-data/a,b~1.warc.gz"


def test_a_file_is_here_under_its_own_name_for_as_long_as_it_is_needed(file: str):
    """Nothing of it is left."""
    with here(file) as copy:
        assert ("a,b~1.warc.gz", b"0123456789") == (copy.name, copy.read_bytes())

    assert not copy.parent.exists()


def test_of_a_file_a_part_can_be_read_and_its_size_told(file: str):
    """Neither fetches the file."""
    size, _ = size_and_time(file) or (0, 0)

    assert b"345" == part_of(file, 3, 3)
    assert 10 == size
    assert size_and_time(f"{file}.none") is None


def test_22_a_file_that_is_not_there_is_named(file: str):
    """With the server's own word."""
    with (
        pytest.raises(StoreError, match=r"crawl-data/a,b~1.warc.gz.none: NoSuchKey|404"),
        here(f"{file}.none"),
    ):
        pass


@pytest.mark.parametrize("address", ["s3://bucket", "s3://bucket/folder/", "s3:///name"])
def test_22_an_address_of_no_file_is_refused(address: str):
    """Before any server is asked."""
    with pytest.raises(StoreError, match="expected the address of a file"):
        part_of(address, 0, 1)


def test_what_is_open_to_all_is_read_without_credentials(
    file: str, endpoint: str, monkeypatch: pytest.MonkeyPatch
):
    """As web archives are published; nothing signs the question."""
    with led_to(endpoint, FSSPEC_S3_ANON="true"):
        for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
            monkeypatch.delenv(name)

        with pytest.raises(StoreError, match="Forbidden"):
            part_of(f"{file.rpartition('/')[0]}/closed.warc.gz", 3, 3)

        assert b"345" == part_of(file, 3, 3)
