"""A body is what its bytes say."""

import io
import zipfile

import docx
import openpyxl
import pytest

from pipelines.pages.media import sniff

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def _saved(document: object) -> bytes:
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def _zipped(name: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr(name, "x")
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("body", "content_type", "expected"),
    [
        (b"%PDF-1.7\n", "text/html", "application/pdf"),
        (b"\n\n%PDF-1.4\n", "text/html; charset=utf-8", "application/pdf"),
        (b"<!doctype html><p>blocked", "application/pdf", "text/html"),
        (b"<p>blocked</p>", "application/octet-stream", "text/html"),
        ("﻿<html>".encode(), None, "text/html"),
        ("<html><p>Кызмат".encode("utf-16"), None, "text/html"),
        (b'<?xml version="1.0"?><urlset></urlset>', "text/html", "application/xml"),
        (b'<?xml version="1.0"?><!DOCTYPE html><html></html>', "application/xhtml+xml", "text/html"),
        (b'{"a": 1}', "application/json", "application/json"),
        (b"User-agent: *", "text/plain", "text/plain"),
        (b"\x00\x01\x02\x03", "text/html", "application/octet-stream"),
        (b"\x89PNG\r\n\x1a\n", "text/html", "image/png"),
        (_saved(docx.Document()), "application/zip", WORD),
        (_saved(openpyxl.Workbook()), "text/html", SHEET),
        (_zipped("a.txt"), WORD, "application/zip"),
    ],
)
def test_d4_the_bytes_tell_what_a_body_is(body: bytes, content_type: str | None, expected: str):
    """Servers send PDF as HTML, and block pages as PDF."""
    assert expected == sniff(body, content_type)
