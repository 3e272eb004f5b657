"""Write a run's digest to `DATA/digests/`, send it where the environment says, and note what came of that.

One name, four files: JSON for programs, text in three languages. `sent.log` has a line for each sending.
"""

import logging
import os
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

import duckdb
import structlog

from crawlers.errors import CrawlersError
from pipelines.desk.digest import Digest, Story, as_json, gather
from pipelines.desk.errors import DigestError
from pipelines.desk.sending import send
from pipelines.desk.telling import as_text
from pipelines.desk.words import LANGUAGES
from pipelines.errors import PipelineError
from pipelines.scope import Scope
from warehouse.errors import WarehouseError

FOLDER, LOG = "digests", "sent.log"
# What a run that failed may leave behind it. Arrow's errors are ValueErrors.
_UNREADABLE = (OSError, ValueError, CrawlersError, PipelineError, WarehouseError, duckdb.Error)

log = structlog.get_logger(__name__)


def tell(scope: Scope, story: Story, environment: Mapping[str, str]) -> Path:
    """Write and send the digest of the run of `story`; return the path of its JSON.

    Raises:
        DigestError: what the run left cannot be read, or the folder cannot be written to. What cannot be
            sent is only told.
    """
    try:
        digest = gather(scope, story)
        written = write(digest, scope.data / FOLDER)
    except _UNREADABLE as problem:
        raise DigestError(f"{scope.data / FOLDER}: no digest of run {story.run_id} ({problem})") from problem
    for sent in send(digest, environment):
        result = f"failed: {sent.problem}" if sent.problem else "sent"
        with (scope.data / FOLDER / LOG).open("a", encoding="utf-8") as lines:
            lines.write(f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}  {story.name}  {sent.way}  {result}\n")
        level = logging.WARNING if sent.problem else logging.INFO
        log.log(level, "digest_sent", way=sent.way, result=result)
    return written


def write(digest: Digest, folder: Path) -> Path:
    """Write the four files of `digest`, the JSON last and each at once; return its path."""
    folder.mkdir(parents=True, exist_ok=True)
    texts = {f"{language}.md": as_text(digest, language) for language in LANGUAGES}
    for ending, text in (*texts.items(), ("json", as_json(digest))):
        path = folder / f"{digest.story.name}.{ending}"
        part = path.with_name(path.name + ".part")
        part.write_text(text, encoding="utf-8")
        os.replace(part, path)  # noqa: PTH105 - the atomic switch, by the name that says so
    return path
