"""Say what happened while the pipeline works: one event a line, to the terminal or to Dagster's run log.

Events are made with structlog and handed to Python's own logging, because that is what Dagster and
Scrapy listen to. Standard output is left to results.
"""

import logging
import re
import signal
import sys
from collections.abc import MutableMapping
from typing import Any

_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")
_FORMAT = "%(asctime)s %(levelname)-7s %(name)s: %(message)s"


def configure(level: int = logging.WARNING) -> None:
    """Send events at `level` and above to standard error."""
    without_structlog(level)
    through_logging()


def without_structlog(level: int) -> None:
    """The same for work that tells none before it calls `through_logging`: importing structlog takes time."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setLevel(level)  # Dagster lets loggers say more than this, for its own log
    logging.basicConfig(level=level, format=_FORMAT, datefmt="%H:%M:%S", handlers=[handler], force=True)


def in_worker(level: int) -> None:
    """Prepare a process that works for another: its events go to standard error too.

    It leaves Ctrl-C to the process that it works for, which ends it; both would only talk at once.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    configure(level)


def through_logging() -> None:
    """Hand structlog's events to Python's logging, so that Dagster's run log shows them too."""
    import structlog  # noqa: PLC0415 - with Twisted and Rich, which `--help` must not wait for

    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            structlog.processors.format_exc_info,
            _as_line,
        ],
        wrapper_class=structlog.stdlib.BoundLogger,
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=False,
    )


def _as_line(_logger: object, _method: str, event: MutableMapping[str, Any]) -> str:
    """Return `event` as one line: its name, then each detail; only our own traceback has lines of its own."""
    name, traced = str(event.pop("event", "")), event.pop("exception", None)
    told = " ".join([name, *(f"{key}={_on_a_line(str(value))}" for key, value in event.items())])
    return f"{told} exception={traced}" if traced else told


def _on_a_line(value: str) -> str:
    """A detail without ends of lines and the like: sites' words must not pass for lines of ours."""
    return _CONTROLS.sub(lambda found: found[0].encode("unicode_escape").decode(), value)
