"""Twins of pages for programs: feeds, the list of pages, the JSON API, and what pages say of themselves."""

import json
import re
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from lxml import etree
from markupsafe import Markup
from openapi_spec_validator import OpenAPIV31SpecValidator
from portal_reading import html_files
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012

from warehouse.engine import connect
from warehouse.exports import LICENCE_URL
from warehouse.portal.atoms import xml
from warehouse.portal.citation import bibtex
from warehouse.portal.machines import markup
from warehouse.portal.render import render
from warehouse.portal.site import Site
from warehouse.portal.speech import LANGUAGES

SITE = Site(
    latest_url="https://portal.example/sub/latest/", version="2026-11-abcdef12", newest_round="2026-11"
)
ATOM = "{http://www.w3.org/2005/Atom}"
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


@pytest.fixture(scope="module")
def portal(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The portal of the tiny country, as it will be served."""
    folder = tmp_path_factory.mktemp("machines")
    with connect(built / "warehouse.duckdb", read_only=True) as connection:
        render(connection, folder, (), SITE)
    return folder


def feeds(portal: Path) -> Iterator[tuple[Path, Any]]:
    """Each feed, parsed."""
    for path in sorted(portal.rglob("feed.atom")):
        yield path, etree.parse(path).getroot()


def test_country_institution_service_and_dataset_have_a_feed_in_each_language(portal: Path):
    """Beside the page that they tell of, which names them."""
    beside = {path.parent for path, _ in feeds(portal)}
    naming = {path.parent for path in html_files(portal) if 'href="feed.atom"' in path.read_text("utf-8")}

    assert beside == naming
    assert set(LANGUAGES) == {path.relative_to(portal).parts[0] for path in beside}
    for kind in ("services", "institutions", "datasets"):
        assert any(kind in path.parts for path in beside)


def test_f8_every_feed_has_what_atom_asks_for(portal: Path):
    """RFC 4287, sections 4.1.1 and 4.1.2: an id, a title, a moment; who wrote it; entries with the same."""
    for _, feed in feeds(portal):
        assert feed.find(f"{ATOM}author/{ATOM}name").text
        for part in (feed, *feed.findall(f"{ATOM}entry")):
            assert part.find(f"{ATOM}title").text
            assert part.find(f"{ATOM}id").text.startswith(SITE.latest_url)
            assert datetime.fromisoformat(part.find(f"{ATOM}updated").text)


def test_no_two_entries_or_feeds_share_an_id(portal: Path):
    """By its id a reader knows that it has seen an entry; the same one may stand in two feeds."""
    ids = [feed.find(f"{ATOM}id").text for _, feed in feeds(portal)]

    assert len(ids) == len(set(ids))
    for path, feed in feeds(portal):
        entries = [entry.find(f"{ATOM}id").text for entry in feed.findall(f"{ATOM}entry")]

        assert len(entries) == len(set(entries)), path


def test_f8_links_of_feeds_lead_to_pages(portal: Path):
    """Of this portal, in the feed's own language."""
    for path, feed in feeds(portal):
        for link in feed.iter(f"{ATOM}link"):
            place = link.get("href").removeprefix(SITE.latest_url)
            name = "" if link.get("rel") == "self" else "index.html"

            assert (portal / place / name).is_file(), path


def test_f8_the_list_of_pages_names_every_page_once(portal: Path):
    """By the address under which a host serves it, each with its versions in all languages."""
    named = [
        entry.find(f"{SITEMAP}loc").text.removeprefix(SITE.latest_url)
        for path in (portal / "sitemaps").iterdir()
        for entry in etree.parse(path).getroot()
    ]
    pages = {path.relative_to(portal).as_posix().removesuffix("index.html") for path in html_files(portal)}

    assert len(named) == len(set(named))
    assert pages - {""} == set(named)  # but for the door, where one chooses a language


def test_the_list_of_lists_names_each_list(portal: Path):
    """And nothing else."""
    places = [entry.find(f"{SITEMAP}loc").text for entry in etree.parse(portal / "sitemap.xml").getroot()]

    assert [f"{SITE.latest_url}sitemaps/{n}.xml" for n in range(len(places))] == places
    assert len(places) == len(list((portal / "sitemaps").iterdir()))


def api(portal: Path, name: str) -> dict[str, Any]:
    """A file of the API."""
    found: dict[str, Any] = json.loads((portal / "api" / "v1" / name).read_text(encoding="utf-8"))
    return found


def test_the_description_of_the_api_is_valid(portal: Path):
    """By a validator that we did not write."""
    assert [] == list(OpenAPIV31SpecValidator(api(portal, "openapi.json")).iter_errors())


def test_every_file_of_the_api_is_as_described(portal: Path):
    """Each address that is described has files, and each file fits what is said of its address."""
    described = api(portal, "openapi.json")
    whole = Resource.from_contents(described, DRAFT202012)
    registry = Registry().with_resource("urn:api", whole)
    root = portal / "api" / "v1"
    files = {path.relative_to(root).as_posix() for path in root.rglob("*.json")} - {"openapi.json"}
    for address, said in described["paths"].items():
        shape = re.sub(r"\{\w+\}", "[^/]+", address.removeprefix("/"))
        mine = {name for name in files if re.fullmatch(shape, name)}
        schema = said["get"]["responses"]["200"]["content"]["application/json"]["schema"]
        named = json.loads(json.dumps(schema).replace('"#/', '"urn:api#/'))
        validator = Draft202012Validator(named, registry=registry)

        assert mine, address
        for name in mine:
            validator.validate(api(portal, name))
        files -= mine

    assert set() == files


def test_the_lists_of_the_api_hold_every_service(portal: Path, built: Path):
    """One after the other, as `next` says; each has a file of its own."""
    with connect(built / "warehouse.duckdb", read_only=True) as connection:
        known = connection.execute("select country_id, service_id from out_services").fetchall()
    listed = []
    for country in api(portal, "countries.json")["countries"]:
        following: str | None = "1.json"
        while following:
            part = api(portal, f"countries/{country['country_id']}/services/{following}")
            listed += [(service["country_id"], service["service_id"]) for service in part["services"]]
            following = part["next"]

    assert sorted(known) == sorted(listed)
    assert all(len(list(portal.glob(f"api/v1/services/{service}.json"))) == 1 for _, service in known)


def blocks(portal: Path, kind: str) -> list[dict[str, Any]]:
    """What pages say of themselves, of one kind."""
    found = []
    for path in html_files(portal):
        for text in re.findall(
            r'<script type="application/ld\+json">(.*?)</script>', path.read_text("utf-8")
        ):
            said = json.loads(text)
            found += [said] if said["@type"] == kind else []
    return found


def test_pages_of_services_and_datasets_say_what_they_are(portal: Path, built: Path):
    """In the words of schema.org, once in each language."""
    with connect(built / "warehouse.duckdb", read_only=True) as connection:
        [[services]] = connection.execute("select count(*) from out_services").fetchall()
    told = blocks(portal, "GovernmentService")

    assert 3 * services == len(told)
    assert len(told) == len({said["@id"] for said in told})
    assert all(said["license"] == LICENCE_URL for said in blocks(portal, "Dataset"))


def test_f2_crawled_words_cannot_end_the_block_that_holds_them():
    """Whatever a service is called."""
    row = {"language": "en", "url": "https://a.example/", "service_id": "x", "is_free": False}
    block = markup.service(row, "</script><script>alert(1)</script>", "b", "https://p.example/")

    assert isinstance(block, Markup)
    assert 1 == block.count("</script>")


def test_characters_that_no_xml_file_may_hold_are_left_out():
    """A feed with one of them would be no feed."""
    assert "ab" == xml("a\x0b\ufffe\ud800b")


def test_the_text_for_programs_names_data_and_method(portal: Path):
    """With addresses that are there."""
    text = (portal / "llms.txt").read_text(encoding="utf-8")
    addresses = re.findall(r"\]\((\S+)\)", text)
    pages = [address.removeprefix(SITE.latest_url) for address in addresses if address.endswith("/")]

    assert text.startswith("# Baskych")
    assert pages
    assert all((portal / place / "index.html").is_file() for place in pages)


def test_a_citation_names_what_stays():
    """The release's own address, not that under which the next one will be found."""
    entry = bibtex(SITE, "out_services")

    assert entry.startswith("@misc{baskych-2026-11-abcdef12-out_services,")
    assert "url = {https://portal.example/sub/2026-11-abcdef12/}" in entry
    assert "month = nov" in entry
    assert entry.count("{") == entry.count("}")
