"""The process that reads documents: bodies come on standard input, texts go out on standard output.

A frame is a line of JSON with the sizes, then the bytes. The process limits its own memory, and may die:
`documents` starts another.
"""

import json
import logging
import resource
import sys
from dataclasses import asdict

from pipelines.pages.document_rules import document_rules
from pipelines.pages.document_text import read_text


def main() -> None:
    """Read documents until standard input ends."""
    limit = document_rules().limits.memory_bytes
    resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
    logging.disable(logging.CRITICAL)  # the libraries' remarks on crooked files; the outcome says it
    while header := sys.stdin.buffer.readline():
        asked = json.loads(header)
        document = read_text(asked["kind"], sys.stdin.buffer.read(asked["size"]))
        answer = json.dumps(asdict(document), ensure_ascii=True).encode("ascii")
        sys.stdout.buffer.write(answer + b"\n")
        sys.stdout.buffer.flush()


if __name__ == "__main__":
    main()
