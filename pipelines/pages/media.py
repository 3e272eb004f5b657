"""What a body is, by its bytes: servers send PDF as HTML, block pages as PDF, and Word files as anything."""

import re
from functools import cache

from pipelines.pages.encoding_wide import wide_order
from pipelines.pages.html_rules import load_yaml
from pipelines.strict import Strict

_CONTROLS = bytes(set(range(32)) - {9, 10, 12, 13, 27})


class Signature(Strict):
    """Bytes that a kind of file begins with."""

    media_type: str
    starts: tuple[str, ...]
    within: int

    def fits(self, body: bytes) -> bool:
        """Whether `body` begins so."""
        return any(
            body[: self.within + len(start) - 1].find(start.encode("latin-1")) > -1 for start in self.starts
        )


class MediaRules(Strict):
    """Everything in `knowledge/media.yml`; each field is explained there."""

    signatures: tuple[Signature, ...]
    zip_members: dict[str, str]
    html_start: str
    html_within: int
    markup: re.Pattern[str]
    xml_start: str
    xhtml: str
    binary_share: float
    page_types: frozenset[str]
    document_types: dict[str, str]


@cache
def media_rules() -> MediaRules:
    """Return the rules of `knowledge/media.yml`.

    Raises:
        pydantic.ValidationError: a key is unknown, missing, or not what it should be.
    """
    return MediaRules.model_validate(load_yaml("media.yml"))


def sniff(body: bytes, content_type: str | None) -> str:
    """Return the media type of `body`; `content_type` decides only between kinds of text."""
    rules = media_rules()
    for signature in rules.signatures:
        if signature.fits(body):
            found = signature.media_type
            return _zip_type(body) if found == "application/zip" else found
    start = body[: rules.html_within]
    wide = start.startswith((b"\xff\xfe", b"\xfe\xff")) or wide_order(start) is not None
    controls = len(start) - len(start.translate(None, _CONTROLS))
    if not wide and controls > rules.binary_share * len(start):
        return "application/octet-stream"
    return _text_type(body, start.replace(b"\0", b"").decode("latin-1"), content_type)


def _text_type(body: bytes, start: str, content_type: str | None) -> str:
    rules = media_rules()
    declared = (content_type or "").partition(";")[0].strip().lower()
    if re.search(rules.xml_start, start, re.IGNORECASE) and not re.search(rules.xhtml, start, re.IGNORECASE):
        return "application/xml"
    if re.search(rules.html_start, start, re.IGNORECASE) or rules.markup.search(
        body[:200_000].decode("latin-1")
    ):
        return "text/html"
    if declared.endswith("json") or (declared != "text/html" and start.lstrip().startswith(("{", "["))):
        return "application/json"
    return declared if declared in rules.page_types else "text/plain"


def _zip_type(body: bytes) -> str:
    """Tell office files by the names of their members, without unpacking anything."""
    names = re.findall(
        rb"PK[\x01\x03][\x02\x04].{26,44}?((?:word|xl|ppt)/|content\.xml)",
        body[:60_000] + body[-60_000:],
        re.DOTALL,
    )
    found = {media_rules().zip_members[name.decode("ascii")] for name in names}
    return min(found) if found else "application/zip"
