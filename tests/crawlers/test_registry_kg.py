"""The registry of the Kyrgyz Republic: complete, in three languages, and honest about its sources."""

import csv
import re
from pathlib import Path

import pytest

from crawlers.network.addresses import parse_address
from crawlers.sites import Registry, SiteState, load_registry

MINISTRIES = Path(__file__).parents[2].parent / "shared" / "reference" / "ministries.csv"


@pytest.fixture(scope="module")
def registry() -> Registry:
    """The registry as everybody reads it."""
    return load_registry("kg")


def listed_hosts() -> set[str]:
    """Every host that the founding list names."""
    if not MINISTRIES.exists():
        pytest.skip(f"{MINISTRIES.name} is not beside this repository")
    with MINISTRIES.open(encoding="utf-8") as file:
        domains = " ".join(row["domain"] for row in csv.DictReader(file))
    return set(re.findall(r"[a-z0-9.-]+\.kg", domains))


def test_every_listed_host_belongs_to_a_site(registry: Registry) -> None:
    """No site of the founding list was forgotten."""
    addresses = {host: parse_address(f"https://{host}/") for host in listed_hosts()}
    homeless = {
        host for host, address in addresses.items() if address is None or registry.site_of(address) is None
    }

    assert set() == homeless


def test_every_institution_is_named_in_three_languages(registry: Registry) -> None:
    """A portal in ky, ru and en shows no gap."""
    assert {frozenset({"ky", "ru", "en"})} == {frozenset(body.name) for body in registry.institutions}


def test_kyrgyz_names_are_not_russian_ones(registry: Registry) -> None:
    """A name copied from Russian is no translation."""
    assert [] == [body.id for body in registry.institutions if body.name["ky"] == body.name["ru"]]


def test_a_ministry_is_a_ministry_in_all_three_languages(registry: Registry) -> None:
    """A slipped row would give one body another's name."""
    words = {"ky": "министрлиги", "ru": "Министерство", "en": "Ministry"}
    ministries = [body for body in registry.institutions if body.kind == "ministry"]

    assert len(ministries) == 18
    assert [] == [
        (body.id, language)
        for body in ministries
        for language, word in words.items()
        if word not in body.name[language]
    ]


def test_a_translated_name_says_so_in_its_source(registry: Registry) -> None:
    """What we wrote ourselves is told from what a source has."""
    translated = [
        body for body in registry.institutions if "ky: translated, not yet confirmed" in body.source
    ]

    assert len(translated) > 30


def test_every_source_says_more_than_the_name_of_a_list(registry: Registry) -> None:
    """A reader can look up where a row comes from."""
    sources = [*(body.source for body in registry.institutions), *(site.source for site in registry.sites)]

    assert [] == [source for source in sources if not re.match(r"ministries\.csv(, “[^”]+”)?: .{8}", source)]


def test_the_joint_portals_are_two(registry: Registry) -> None:
    """Services on these keep their provider."""
    assert ["kg-egov", "kg-portal-tunduk"] == [site.id for site in registry.sites if site.is_joint_portal]


def test_a_merged_site_says_where_it_went(registry: Registry) -> None:
    """The Ministry of Construction moved to the joint portal."""
    merged = {site.id: site.merged_into for site in registry.sites if site.state is SiteState.MERGED}

    assert {"kg-minstroy": "kg-egov"} == merged


def test_an_institution_without_a_known_site_is_kept(registry: Registry) -> None:
    """Not online is a finding too."""
    with_sites = {site.institution for site in registry.sites}
    without = {body.id for body in registry.institutions} - with_sites

    assert {"kg-defence", "kg-kyzmat", "kg-taza-koom"} <= without


def test_the_section_of_a_ministry_on_the_portal_is_its_own(registry: Registry) -> None:
    """The science ministry's pages on egov.kg are not the portal's."""
    address = parse_address("https://egov.kg/ru/ministry/science/news/1")
    assert address is not None
    site = registry.site_of(address)

    assert site is not None
    assert "kg-science" == site.id


def test_the_contact_is_nobody_elses(registry: Registry) -> None:
    """An operator sets their own; until then it is a reserved name (RFC 2606)."""
    assert "https://baskych.example/bot" == registry.crawler.contact


def test_no_address_in_the_registry_is_private(registry: Registry) -> None:
    """A country's sites are on the open web."""
    assert () == registry.allow_private
