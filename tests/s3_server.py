"""An S3-compatible server on loopback (moto's), and a bucket of its own for whoever asks.

It shows the interface: conditional writes, ranges, uploads in parts. It cannot show durability, consistency
under load, throttling or real credentials: it is one process that keeps everything in memory.
"""

import itertools
import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

import boto3
import pytest
from moto.server import ThreadedMotoServer

from crawlers.stores.reach import objects_of
from crawlers.stores.server import server as the_server

KEY, SECRET = "AKIAINVENTED", "an-invented-secret-of-nobody"
_NUMBERS = itertools.count(1)


def environment(endpoint: str) -> dict[str, str]:
    """What the tools of AWS read to find a server."""
    return {
        "AWS_ENDPOINT_URL": endpoint,
        "AWS_ACCESS_KEY_ID": KEY,
        "AWS_SECRET_ACCESS_KEY": SECRET,
        "AWS_DEFAULT_REGION": "us-east-1",
        "AWS_EC2_METADATA_DISABLED": "true",
    }


@contextmanager
def served() -> Iterator[str]:
    """Serve S3 on loopback, and let the environment lead there; give the server's address."""
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    try:
        _, port = server.get_host_and_port()
        with led_to(f"http://127.0.0.1:{port}") as endpoint:
            yield endpoint
    finally:
        server.stop()


@contextmanager
def led_to(endpoint: str, **others: str) -> Iterator[str]:
    """Let the environment of this process lead to a server, as if it had begun so."""
    with pytest.MonkeyPatch.context() as patch:
        for name, value in {**environment(endpoint), **others}.items():
            patch.setenv(name, value)
        the_server.cache_clear()
        objects_of.cache_clear()
        try:
            yield endpoint
        finally:
            the_server.cache_clear()
            objects_of.cache_clear()


def new_store() -> str:
    """Make a bucket; return the address of a store in it."""
    bucket = f"baskych-{next(_NUMBERS)}"
    _client(os.environ["AWS_ENDPOINT_URL"]).create_bucket(Bucket=bucket)
    return f"s3://{bucket}/data"


@cache
def _client(endpoint: str) -> Any:
    """A client of the server: to make one takes longer than to make a bucket."""
    return boto3.client("s3", endpoint_url=endpoint)
