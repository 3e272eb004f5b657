"""Read any capture: documents in a process apart, everything else here."""

from crawlers.captures import Capture
from pipelines.clean import clean
from pipelines.pages.documents import DocumentReader
from pipelines.pages.media import media_rules, sniff
from pipelines.records import Page


def read_page(capture: Capture, body: bytes, reader: DocumentReader) -> Page:
    """Return the page that `capture` gave, whether it is HTML, text, or a document that `reader` opens."""
    kind = media_rules().document_types.get(sniff(body, capture.content_type)) if body else None
    return clean(capture, body, reader.read(kind, body) if kind else None)
