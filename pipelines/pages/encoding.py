"""From bytes to text: byte order mark, then header, then the page's own label, then what reads best.

A label is believed only as far as the text bears it out: windows-1251 under the label of UTF-8 is a page
full of replacement signs, koi8-r under that of windows-1251 is a page of no language, and whole UTF-8 under
another label is still UTF-8.
"""

import codecs
import re
from collections.abc import Sequence
from dataclasses import dataclass

from pipelines.pages.encoding_repair import repaired
from pipelines.pages.encoding_rules import encoding_rules
from pipelines.pages.encoding_score import plausibility
from pipelines.pages.encoding_wide import wide_order

_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_HEADER = re.compile(r"charset\s*+=\s*+[\"']?+\s*+([\w.:-]+)", re.IGNORECASE)
_META = re.compile(rb"<meta[^>]{0,400}?charset\s*+=\s*+[\"']?+\s*+([\w.:-]+)", re.IGNORECASE)
_XML = re.compile(rb"<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([\w.:-]+)", re.IGNORECASE)
_COMMENTS = re.compile(rb"<!--.*?-->", re.DOTALL)
_TAGS = re.compile(rb"<[^>]{0,2000}>")
_WORDS = re.compile(rb"[A-Za-z']{0,40}[\x80-\xff][A-Za-z'\x80-\xff-]{0,80}")
_WHOLE_LETTERS = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_FAULT = "\ufffd"


@dataclass(frozen=True, slots=True, kw_only=True)
class Decoded:
    """A body as text, with what was said of its encoding and what it really was."""

    text: str
    declared: str | None
    used: str  # an encoding; "utf-8 twice over …" where a double encoding was undone


def decode(body: bytes, content_type: str | None) -> Decoded:
    """Return the text of `body`. `content_type`: the server's header, with its charset if it has one."""
    declared = _declared(body, content_type)
    said = declared[0] if declared else None
    for bom, name in _BOMS:
        if body.startswith(bom):
            return Decoded(text=body[len(bom) :].decode(name, "replace"), declared=said, used=name)
    known = [name for name in map(_codec, declared) if name and not name.startswith("utf-16")]
    whole = _whole(body, "utf-8")
    wide = wide_order(body) if whole is None or "\0" in whole[:512] else None
    if wide:
        return Decoded(text=body.decode(wide, "replace"), declared=said, used=wide)
    if whole is not None and (not known or len(body) - len(whole) >= encoding_rules().utf8_proof):
        return _utf8(whole, body, said)
    if whole is None and _is_faulty_utf8(body):
        return _utf8(body.decode("utf-8", "replace"), body, said)
    used = known[0] if known and body.isascii() else _likeliest(body, known)
    return Decoded(text=body.decode(used, "replace"), declared=said, used=used)


def _utf8(text: str, body: bytes, declared: str | None) -> Decoded:
    meant, over = repaired(text, body)
    return Decoded(text=meant, declared=declared, used=f"utf-8 twice over {over}" if over else "utf-8")


def _declared(body: bytes, content_type: str | None) -> list[str]:
    """Return every label that was given, the server's first; labels inside comments are none."""
    head = _COMMENTS.sub(b"", body[: encoding_rules().meta_bytes])
    labels = _HEADER.findall(content_type or "")[:1]
    labels += [label.decode("ascii", "replace") for label in (*_META.findall(head), *_XML.findall(head)[:1])]
    return [label.lower().strip() for label in labels]


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


def _is_faulty_utf8(body: bytes) -> bool:
    """Say whether a body is UTF-8 but for a few bytes: cut in the middle of a letter, or spoilt in places."""
    letters = len(_WHOLE_LETTERS.findall(body))
    faults = body.decode("utf-8", "replace").count(_FAULT)
    return letters >= encoding_rules().utf8_proof and faults <= max(
        1, encoding_rules().faults_share * letters
    )


def _likeliest(body: bytes, labels: Sequence[str]) -> str:
    """Return the encoding in which `body` reads best; a label must be beaten clearly."""
    rules = encoding_rules()
    sample = b" ".join(_WORDS.findall(_TAGS.sub(b" ", body))[: rules.sample_words])
    scores = {
        name: plausibility(sample.decode(name, "replace"))
        for name in dict.fromkeys((*labels, *rules.candidates))
    }
    best = max(scores, key=lambda name: scores[name] + rules.label_margin * (name in labels))
    return best if scores[best] >= rules.least_plausible else _rare(body) or best


def _rare(body: bytes) -> str | None:
    """Return what a detector of all encodings says of a body that reads well in none of ours."""
    size = encoding_rules().sample_bytes
    from charset_normalizer import from_bytes  # noqa: PLC0415 - most pages say what they are

    found = from_bytes(b" ".join(_TAGS.sub(b" ", body[: size * 10]).split())[:size]).best()
    return found.encoding.replace("_", "-") if found else None
