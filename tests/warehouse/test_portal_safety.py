"""Crawled text stays text: whatever it says, a page has the elements and attributes that we gave it."""

import json
import shutil
from collections.abc import Sequence
from pathlib import Path

import pytest
from portal_reading import Page, html_files

from warehouse.engine import connect, name
from warehouse.portal import atoms
from warehouse.portal.render import render

SHARED = Path(__file__).parents[3] / "shared" / "vectors" / "injection"
PAYLOADS = (
    "<script>alert(1)</script>",
    "</script><script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "' onmouseover='alert(1)",
    '" onfocus="alert(1)" autofocus="',
    "</title><svg/onload=alert(1)>",
    "</bdi></blockquote></main><h1>owned</h1>",
    "<!--",
    "-->",
    "]]>",
    "{{ 7 * 7 }}",
    "{% raw %}",
    "%(count)s",
    "&lt;b&gt;",
    "\u202egnp.exe",
    "\u2028\u2029",
    "\x00\x07\ud7ff",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
    "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
)
ADDRESSES = (
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    " java\nscript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "vbscript:x",
    "file:///etc/passwd",
    "//evil.example/x",
    "http://",
    "blob:http://x/y",
    "\x01javascript:alert(1)",
)
# Crawled or sent by a server: words, and addresses.
WORDS = {
    "out_services": ("name", "name_ky", "name_ru", "name_en", "quote"),
    "out_service_names": ("name",),
    "out_service_pages": ("title",),
    "out_service_facts": ("value", "quote"),
    "out_service_findings": ("quote",),
    "out_service_rounds": ("name",),
    "out_changes": ("name", "before"),
    "out_failures": ("outcome_detail",),
    "out_coverage": ("host",),
    "out_sites": ("host",),
    "out_openness": ("quote",),
    "out_institution_indicators": ("quote",),
}
PLACES = {
    "out_services": ("url", "evidence_url"),
    "out_service_names": ("page_url",),
    "out_service_pages": ("url",),
    "out_service_facts": ("page_url",),
    "out_service_findings": ("page_url",),
    "out_changes": ("before_url", "after_url"),
    "out_failures": ("url",),
    "out_coverage": ("seed_url",),
    "out_openness": ("evidence_url",),
    "out_institution_indicators": ("evidence_url",),
}


def portal_with(
    built: Path, folder: Path, columns: dict[str, tuple[str, ...]], values: Sequence[str]
) -> Path:
    """Render the tiny country with `values`, in turn, in every row of `columns`."""
    folder.mkdir()
    copy = folder / "copy.duckdb"
    shutil.copy(built / "warehouse.duckdb", copy)
    with connect(copy) as connection:
        turn = 0
        for table, named in columns.items():
            for column in named:
                turn += 1
                turned = f"list_extract($values, 1 + (rowid + {turn}) % len($values))"
                connection.execute(
                    f"update {name(table)} set {name(column)} = {turned}"  # noqa: S608 - names of this file
                    f" where {name(column)} is not null",
                    {"values": list(values)},
                )
        render(connection, folder / "portal")
    return folder / "portal"


def shapes(portal: Path) -> dict[Path, list[tuple[str, tuple[str, ...]]]]:
    """Return the elements and attribute names of each page."""
    return {path.relative_to(portal): Page.read(path).shape for path in html_files(portal)}


def harmless_like(values: Sequence[str]) -> list[str]:
    """Return harmless words, as many that differ and as long as `values`: pages count both."""
    numbered = {value: f"word {place} " for place, value in enumerate(dict.fromkeys(values))}
    return [numbered[value].ljust(len(value), "x") for value in values]


def shapes_with(
    built: Path, folder: Path, values: Sequence[str]
) -> tuple[dict[Path, list[tuple[str, tuple[str, ...]]]], list[str]]:
    """Return the shapes of pages whose crawled words are `values`, and the faults in them."""
    portal = portal_with(built, folder, WORDS, values)
    return shapes(portal), [fault for path in html_files(portal) for fault in Page.read(path).faults]


def test_f1_markup_in_crawled_words_adds_no_element_and_no_attribute(built: Path, tmp_path: Path):
    """The pages of hostile words have exactly the shape of the pages of harmless ones."""
    harmless = shapes_with(built, tmp_path / "harmless", harmless_like(PAYLOADS))

    assert (harmless[0], []) == shapes_with(built, tmp_path / "hostile", PAYLOADS)


@pytest.mark.soak
def test_f1_the_public_payloads_add_no_element_and_no_attribute(built: Path, tmp_path: Path):
    """Every tenth of a public list of cross-site scripting payloads, and the big list of naughty strings."""
    if not SHARED.is_dir():
        pytest.skip("the shared injection vectors are not beside the project")
    scripts = (SHARED / "xss_payloads_every_tenth.txt").read_text(encoding="utf-8").splitlines()
    naughty = json.loads((SHARED / "naughty_strings.json").read_text(encoding="utf-8"))
    storable = [text for text in naughty if text.strip() and text.isprintable()]
    words = [*(line for line in scripts if line.strip()), *storable]
    harmless = shapes_with(built, tmp_path / "harmless", harmless_like(words))

    assert harmless[0] == shapes_with(built, tmp_path / "hostile", words)[0]


def test_f1_addresses_that_are_no_web_addresses_lead_nowhere(built: Path, tmp_path: Path):
    """They are shown as text; every link of a page is relative or http(s)."""
    portal = portal_with(built, tmp_path / "x", PLACES, ADDRESSES)
    schemes = {
        link.split(":", 1)[0].strip().lower()
        for path in html_files(portal)
        for link in Page.read(path).links
        if ":" in link
    }

    assert schemes <= {"https"}
    assert not [link for path in html_files(portal) for link in Page.read(path).links if "evil" in link]


@pytest.mark.parametrize("payload", PAYLOADS)
def test_f1_words_are_escaped(payload: str):
    """What a browser reads back is what was crawled."""
    page = Page()
    page.feed(atoms.bdi(payload.replace("\x00", ""), payload))

    assert ["bdi"] == [element.tag for element in page.elements]
    assert payload.replace("\x00", "") == "".join(page.elements[0].text)


@pytest.mark.parametrize("address", ADDRESSES)
def test_f1_only_web_addresses_become_links(address: str):
    """Only http and https, absolute, as a browser reads them."""
    assert "<a " not in atoms.web(address)


def test_a_web_address_is_kept_letter_by_letter():
    """Also with Cyrillic and an ampersand."""
    page = Page()
    page.feed(atoms.web("https://мин.example/кызмат?a=1&b=<2>"))

    assert "https://мин.example/кызмат?a=1&b=<2>" == page.elements[0].attributes["href"]
