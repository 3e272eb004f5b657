"""From bytes to text: byte order mark, then header, then the page's own label, then a detector.

A label is believed only as far as the bytes bear it out: windows-1251 under the label of UTF-8 is a
page full of replacement signs, and whole UTF-8 under another label is still UTF-8.
"""

import codecs
import re
from dataclasses import dataclass
from functools import cache

from charset_normalizer import from_bytes
from pydantic import BaseModel, ConfigDict

from pipelines.pages.html_rules import load_yaml

_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_HEADER = re.compile(r"charset\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)
_META = re.compile(rb"<meta[^>]{0,400}?charset\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)
_XML = re.compile(rb"<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([\w.:-]+)", re.IGNORECASE)
_COMMENTS = re.compile(rb"<!--.*?-->", re.DOTALL)
_TAGS = re.compile(rb"<[^>]{0,2000}>")
_REPLACED = "\ufffd"


class EncodingRules(BaseModel):
    """Everything in `knowledge/encodings.yml`; each field is explained there."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    labels: dict[str, str]
    replaced_share: float
    utf8_proof: int
    wide_share: float
    candidates: tuple[str, ...]
    meta_bytes: int
    sample_bytes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Decoded:
    """A body as text, with what was said of its encoding and what it really was."""

    text: str
    declared: str | None
    used: str


@cache
def encoding_rules() -> EncodingRules:
    """Return the rules of `knowledge/encodings.yml`.

    Raises:
        pydantic.ValidationError: a key is unknown, missing, or not what it should be.
    """
    return EncodingRules.model_validate(load_yaml("encodings.yml"))


def decode(body: bytes, content_type: str | None) -> Decoded:
    """Return the text of `body`. `content_type`: the server's header, with its charset if it has one."""
    declared = _declared(body, content_type)
    said = declared[0] if declared else None
    for bom, name in _BOMS:
        if body.startswith(bom):
            return Decoded(text=body[len(bom) :].decode(name, "replace"), declared=said, used=name)
    wide = _without_bom(body)
    if wide:
        return Decoded(text=body.decode(wide, "replace"), declared=said, used=wide)
    for name in _attempts(body, declared):
        text = _whole(body, name)
        if text is not None:
            return Decoded(text=text, declared=said, used=name)
    text = body.decode("utf-8", "replace")
    if text.count(_REPLACED) <= encoding_rules().replaced_share * len(text):
        return Decoded(text=text, declared=said, used="utf-8")
    used = _detected(body)
    return Decoded(text=body.decode(used, "replace"), declared=said, used=used)


def _declared(body: bytes, content_type: str | None) -> list[str]:
    """Return every label that was given, the server's first; labels inside comments are none."""
    head = _COMMENTS.sub(b"", body[: encoding_rules().meta_bytes])
    labels = _HEADER.findall(content_type or "")[:1]
    labels += [label.decode("ascii", "replace") for label in (*_META.findall(head), *_XML.findall(head)[:1])]
    return [label.lower().strip() for label in labels]


def _attempts(body: bytes, declared: list[str]) -> list[str]:
    """Return the encodings to try, best first; each must fit without a single fault."""
    known = [name for name in map(_codec, declared) if name]
    text = _whole(body, "utf-8")
    if text is not None and (not known or len(body) - len(text) >= encoding_rules().utf8_proof):
        return ["utf-8"]
    return [name for name in known if not name.startswith("utf-16")]


def _codec(label: str) -> str | None:
    name = encoding_rules().labels.get(label, label)
    try:
        codecs.lookup(name)
    except LookupError:
        return None
    return name if _is_text_codec(name) else None


def _is_text_codec(name: str) -> bool:
    """Tell text encodings from Python's other codecs, such as zip and rot13."""
    try:
        return isinstance(b"a".decode(name), str)
    except (LookupError, UnicodeError):
        return False


def _whole(body: bytes, name: str) -> str | None:
    try:
        return body.decode(name)
    except UnicodeDecodeError:
        return None


def _without_bom(body: bytes) -> str | None:
    """Return UTF-16's byte order where every other byte is a NUL: markup is ASCII in any language."""
    start = body[:512]
    if start.count(0) <= encoding_rules().wide_share * len(start):
        return None
    return "utf-16-le" if start[1::2].count(0) > start[0::2].count(0) else "utf-16-be"


def _detected(body: bytes) -> str:
    rules = encoding_rules()
    sample = b" ".join(_TAGS.sub(b" ", body[: rules.sample_bytes * 10]).split())[: rules.sample_bytes]
    best = from_bytes(sample, cp_isolation=list(rules.candidates)).best()
    return best.encoding.replace("_", "-").replace("cp125", "windows-125") if best else "windows-1251"
