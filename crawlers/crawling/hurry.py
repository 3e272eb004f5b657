"""Let no silent server keep a person waiting who told us to stop."""

import asyncio
import contextlib
from collections.abc import AsyncIterator

from crawlers.network.fetch import Fetcher


@contextlib.asynccontextmanager
async def hurried_by(stop: asyncio.Event, fetcher: Fetcher) -> AsyncIterator[None]:
    """Hurry `fetcher`, inside the block, from the moment that `stop` is set."""

    async def hurry() -> None:
        await stop.wait()
        fetcher.hurry()

    waiting = asyncio.ensure_future(hurry())
    try:
        yield
    finally:
        waiting.cancel()
