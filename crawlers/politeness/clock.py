"""The clock by which a visit is polite: tests give one of their own, so that nights pass in no time."""

import asyncio
import time

from crawlers.network.fetch import pause


class Clock:
    """The world's clock."""

    def now(self) -> float:
        """Return the seconds since 1970, which other processes count too."""
        return time.time()

    async def pause(self, seconds: float, stop: asyncio.Event) -> None:
        """Wait for `seconds`, or until `stop` is set."""
        await pause(seconds, stop)
