"""Write evidence as WACZ 1.1.1, the format of ReplayWeb.page: WARC, index and list of pages in one ZIP file.

Specification: https://specs.webrecorder.net/wacz/1.1.1/. The same captures give the same bytes: nothing in
the file tells of the moment or the machine at which it was written. Nothing is compressed twice, so that a
browser can read single records out of the file by their place.
"""

import gzip
import hashlib
import json
import os
import shutil
import tempfile
import uuid
import zipfile
from collections.abc import Sequence
from datetime import UTC, datetime
from importlib.metadata import version
from io import BytesIO
from pathlib import Path
from typing import IO, Any

from fastwarc.warc import WarcRecord, WarcRecordType

from crawlers.errors import CaptureError
from crawlers.storing.evidence_records import Kept, members_of
from crawlers.storing.warc import warc_time

WACZ_VERSION = "1.1.1"
_WARC, _INDEX, _PAGES = "archive/evidence.warc.gz", "indexes/index.cdx", "pages/pages.jsonl"
_PACKAGE, _DIGEST = "datapackage.json", "datapackage-digest.json"
_ZIP_BEGINS = (1980, 1, 1, 0, 0, 0)  # the earliest time that a ZIP file can tell
_UNIX = 3
_RIGHTS = 0o100644 << 16  # of each file, once unpacked


def write_wacz(path: Path, kept: Sequence[Kept], title: str) -> int:
    """Write the captures `kept` to `path`, replacing an earlier file whole; return the number of records.

    Raises:
        CaptureError: there is nothing to write, or a record is not where its capture says.
    """
    if not kept:
        raise CaptureError(f"{path}: no capture to keep; expected at least one")
    ordered = sorted(kept, key=lambda one: (one.capture.site_id, one.capture.round_id, one.capture.seq))
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f"{path.name}.part")
    try:
        count = _write(beside, ordered, title)
        os.replace(beside, path)  # noqa: PTH105 - the house's word for an atomic switch
    finally:
        beside.unlink(missing_ok=True)  # a disk that is full must not stay so by what it had no room for
    return count


def _write(path: Path, ordered: Sequence[Kept], title: str) -> int:
    """Write the file; return the number of records."""
    # A country's evidence may not fit into memory: records go to the disk one by one.
    with tempfile.TemporaryFile(dir=path.parent) as warc:
        lines, count = _write_records(ordered, warc)
        files = {_INDEX: "".join(sorted(lines)).encode(), _PAGES: _pages(ordered, title)}
        resources = [_resource(_WARC, warc), *(_resource(name, BytesIO(files[name])) for name in files)]
        package = _package(resources, title, _created(ordered))
        digest = _json({"path": _PACKAGE, "hash": f"sha256:{hashlib.sha256(package).hexdigest()}"})
        _zip(path, warc, files | {_PACKAGE: package, _DIGEST: digest})
    return count


def _created(kept: Sequence[Kept]) -> datetime:
    """When the last of the captures was made: the file is as old as what is in it."""
    return max(one.capture.captured_at for one in kept)


def _write_records(kept: Sequence[Kept], warc: IO[bytes]) -> tuple[list[str], int]:
    """Write each record once; return the lines of the index, and the number of records."""
    warc.write(_first_record(kept))
    lines: list[str] = []
    written: set[bytes] = set()  # digests
    for member in (member for one in kept for member in members_of(one)):
        digest = hashlib.sha256(member.raw).digest()
        if digest in written:
            continue
        written.add(digest)
        if member.key is not None:
            place = {"length": str(len(member.raw)), "offset": str(warc.tell())}
            fields = json.loads(member.about) | place | {"filename": Path(_WARC).name}
            lines.append(f"{member.key} {json.dumps(fields, ensure_ascii=False)}\n")
        warc.write(member.raw)
    return lines, len(written)


def _first_record(kept: Sequence[Kept]) -> bytes:
    """What the WARC file says of itself; its id follows from what is in it."""
    content = "\n".join(one.capture.capture_id for one in kept)
    fields = {
        "software": _software(),
        "format": "WARC File Format 1.1",
        "description": "records copied as they are",
    }
    info = WarcRecord()
    info.init_headers()
    info.record_type = WarcRecordType.warcinfo
    info.headers["WARC-Record-ID"] = f"<urn:uuid:{uuid.uuid5(uuid.NAMESPACE_OID, content)}>"
    info.headers["WARC-Date"] = warc_time(_created(kept))
    info.headers["WARC-Filename"] = Path(_WARC).name
    info.headers["Content-Type"] = "application/warc-fields"
    info.set_bytes_content("".join(f"{name}: {value}\r\n" for name, value in fields.items()).encode())
    buffer = BytesIO()
    info.write(buffer, checksum_data=True)
    return gzip.compress(buffer.getvalue(), mtime=0)


def _pages(kept: Sequence[Kept], title: str) -> bytes:
    """The pages that a person may look at (JSON lines, the first of which tells the format)."""
    head = {"format": "json-pages-1.0", "id": "pages", "title": title}
    rows = [
        {
            "id": one.capture.capture_id,
            "url": one.capture.url,
            "ts": f"{one.capture.captured_at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}",
            "title": one.title,
        }
        for one in kept
        if one.title is not None
    ]
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in [head, *rows]).encode()


def _resource(name: str, file: IO[bytes]) -> dict[str, Any]:
    """What the manifest says of a file."""
    size = file.seek(0, os.SEEK_END)
    file.seek(0)
    digest = hashlib.file_digest(file, "sha256").hexdigest()  # type: ignore[arg-type]  # any binary file will do
    return {"name": Path(name).name, "path": name, "hash": f"sha256:{digest}", "bytes": size}


def _package(resources: Sequence[dict[str, Any]], title: str, created: datetime) -> bytes:
    """The manifest, a data package of Frictionless."""
    return _json(
        {
            "profile": "data-package",
            "wacz_version": WACZ_VERSION,
            "title": title,
            "created": f"{created.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}",
            "software": _software(),
            "resources": resources,
        }
    )


def _zip(path: Path, warc: IO[bytes], files: dict[str, bytes]) -> None:
    """Write the ZIP file, with times and rights that are always the same."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as package:
        warc.seek(0)
        with package.open(_entry(_WARC), "w", force_zip64=True) as place:
            shutil.copyfileobj(warc, place)
        for name, content in files.items():
            package.writestr(_entry(name), content)


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, _ZIP_BEGINS)
    entry.external_attr = _RIGHTS
    entry.create_system = _UNIX  # whatever we run on
    return entry


def _json(value: object) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=2) + "\n").encode()


def _software() -> str:
    return f"baskych/{version('baskych')}"
