"""The server that the environment names, as fsspec and DuckDB ask it.

Endpoint, region and credentials are those of the usual environment variables and files of AWS
(`AWS_ENDPOINT_URL`, `AWS_ACCESS_KEY_ID`, `AWS_PROFILE`…); none is kept, logged or passed on by us.
With fsspec's own `FSSPEC_S3_ANON=true` nothing is signed: so one reads what is open to all.
"""

import logging
import os
from functools import cache

from s3fs import S3FileSystem

ANONYMOUS = "FSSPEC_S3_ANON"
# A server that does not answer is told of within a minute; each try waits longer than the one before.
_PATIENCE = {"connect_timeout": 5, "read_timeout": 60, "retries": {"mode": "standard", "max_attempts": 3}}
# Their debugging tells headers of requests, and with them tokens.
_TALKERS = ("aiobotocore", "aiohttp", "asyncio", "botocore", "fsspec", "s3fs")


@cache
def server() -> S3FileSystem:
    """Return the server's files; nothing is asked yet."""
    for name in _TALKERS:
        logging.getLogger(name).setLevel(logging.WARNING)
    said = os.environ.get(ANONYMOUS, "").lower()
    return S3FileSystem(
        anon=said in {"1", "true"},  # any text would do for fsspec, "false" too
        config_kwargs=_PATIENCE,
        use_listings_cache=False,
        skip_instance_cache=True,
    )
