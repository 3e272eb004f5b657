"""A registry is read whole or refused with the place of each fault."""

from pathlib import Path

import pytest
import yaml

from crawlers.archives.unlisted import unlisted_site
from crawlers.crawling.ownership import lanes, ownership
from crawlers.errors import RegistryError, UnknownCountryError, UnknownSiteError
from crawlers.init_country import init_country
from crawlers.network.addresses import parse_address
from crawlers.registry.contact import is_placeholder
from crawlers.sites import Registry, load_registry

GOOD = {
    "country": {
        "id": "tt",
        "iso3": "TTT",
        "name": {"en": "Testland"},
        "time_zone": "Asia/Bishkek",
        "currency": "KGS",
        "languages": ["ky", "ru"],
    },
    "crawler": {"contact": "https://example.org/bot"},
    "institutions": [{"id": "tt-body", "kind": "ministry", "name": {"en": "Body"}, "source": "test"}],
    "sites": [
        {
            "id": "tt-main",
            "institution": "tt-body",
            "seeds": ["https://www.main.tt/"],
            "stay_under": ["main.tt"],
            "source": "test",
        },
        {
            "id": "tt-part",
            "institution": "tt-body",
            "seeds": ["https://main.tt/part/"],
            "stay_under": ["main.tt/part"],
            "source": "test",
        },
    ],
}

NORTH = {"id": "tt-n", "name": {"en": "North"}, "tile": {"column": 0, "row": 2}, "source": "invented"}


def written(folder: Path, **changes: object) -> Path:
    """Write the good registry with changes: place (with __ for a dot) -> value; None takes it away."""
    content = yaml.safe_load(yaml.safe_dump(GOOD))
    for place, value in changes.items():
        *keys, last = (int(key) if key.isdigit() else key for key in place.split("__"))
        part = content
        for key in keys:
            part = part[key]
        if value is None:
            del part[last]
        else:
            part[last] = value
    path = folder / "tt.yml"
    path.write_text(yaml.safe_dump(content), encoding="utf-8")
    return path


def test_a_good_registry_is_read(tmp_path: Path):
    """Defaults fill what the file leaves open."""
    registry = load_registry(written(tmp_path))

    assert (5.0, "live", ("tt-main", "tt-part")) == (
        registry.crawler.delay_seconds,
        registry.sites[0].state,
        tuple(site.id for site in registry.live_sites),
    )


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"sites__0__colour": "red"}, ("sites[0].colour: 'red'", "unknown key")),
        ({"country__currency": "som"}, ("country.currency: 'som'", "should match pattern")),
        ({"country__time_zone": "Asia/Nowhere"}, ("country.time_zone", "expected a zone")),
        ({"country__time_zone": "Asia"}, ("country.time_zone", "'Asia'", "expected a zone")),
        ({"country__time_zone": "A" * 300}, ("country.time_zone", "expected a zone")),
        ({"crawler__contact": "me"}, ("crawler.contact: 'me'", "expected an https:// or mailto:")),
        ({"sites__0__expect": {"pages": {"min": 9, "max": 1}}}, ("sites[0].expect.pages", "min <= max")),
        (
            {"sites__0__expect": {"pages": {"min": -1, "max": 1}}},
            ("sites[0].expect.pages.min: -1", "greater"),
        ),
        ({"sites__0__seeds": ["ftp://main.tt/"]}, ("sites[0].seeds[0]: 'ftp://main.tt/'", "http or https")),
        ({"sites__0__seeds": ["https://other.tt/"]}, ("sites[0].seeds[0]", "under stay_under: main.tt")),
        ({"sites__0__seeds": []}, ("sites[0].seeds", "at least one address")),
        ({"sites__0__stay_under": ["https://main.tt"]}, ("sites[0].stay_under[0]", "without scheme")),
        ({"sites__1__institution": "tt-none"}, ("sites[1].institution: 'tt-none'", "tt-body")),
        (
            {"institutions__0__region": "tt-n"},
            ("institutions[0].region: 'tt-n'", "none, for the registry has no regions"),
        ),
        ({"regions": [NORTH, NORTH]}, ("regions[1].id: 'tt-n'", "regions[0]")),
        ({"regions": [NORTH, NORTH | {"id": "tt-s"}]}, ("regions[1].tile: (0, 2)", "is that of 'tt-n' too")),
        ({"sites__1__id": "tt-main"}, ("sites[1].id: 'tt-main'", "sites[0]")),
        ({"sites__1__id": "xx-part"}, ("sites[1].id: 'xx-part'", "begin with 'tt-'")),
        ({"sites__1__id": "tt-../x"}, ("sites[1].id: 'tt-../x'", "pattern")),
        ({"sites__1__merged_into": "tt-none"}, ("sites[1].merged_into: 'tt-none'", "another site")),
        ({"sites__1__state": "merged"}, ("sites[1].merged_into: None", "where state is merged")),
        ({"sites__1__state": "unlisted"}, ("sites[1].state", "live, lapsed, merged or historical")),
        ({"sites__0__source": None}, ("sites[0].source: is missing", "expected a value")),
        ({"allow_private": ["127.0.0.1"]}, ("allow_private[0]: '127.0.0.1'", "expected host:port")),
    ],
)
def test_a_fault_is_said_with_file_place_value_and_expectation(
    tmp_path: Path, changes: dict[str, object], words: tuple[str, ...]
):
    """A person can mend the file from the message alone."""
    path = written(tmp_path, **changes)
    with pytest.raises(RegistryError) as caught:
        load_registry(path)
    message = str(caught.value)

    assert [] == [word for word in (str(path), *words) if word not in message]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("country: {id: tt\nsites: [", "line 2"),
        ("a: 1\nb: 2\na: 3\n", "line 3, column 1: the key 'a' stands twice"),
        ("", "expected keys with their values: country, crawler"),
        ("a: 1\nname: {{x}}\n", "line 2, column 8: .*expected a word"),
        ("a: 1\nsince: 2026-02-30\n", "line 2, column 8: '2026-02-30': day"),
    ],
)
def test_broken_yaml_is_said_with_its_line(tmp_path: Path, text: str, words: str):
    """Syntax and repeated keys have a line number."""
    path = tmp_path / "tt.yml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(RegistryError, match=words):
        load_registry(path)


def test_an_unknown_country_names_those_that_are_known():
    """A typing error is easily seen."""
    with pytest.raises(UnknownCountryError, match=r"known: .*kg"):
        load_registry("kgz")


def test_an_unknown_site_names_those_that_are_known(tmp_path: Path):
    """A typing error is easily seen."""
    with pytest.raises(UnknownSiteError, match="nearest of 2: tt-main, tt-part"):
        load_registry(written(tmp_path)).site("tt-mian")


@pytest.mark.parametrize(
    ("url", "site_id"),
    [
        ("https://main.tt/x", "tt-main"),
        ("http://www.main.tt/", "tt-main"),
        ("https://sub.main.tt/", "tt-main"),
        ("https://main.tt/part/x", "tt-part"),
        ("https://main.tt/particle", "tt-main"),
        ("https://main.tt:8443/", None),
        ("https://notmain.tt/", None),
    ],
)
def test_an_address_is_of_the_site_with_the_most_exact_scope(tmp_path: Path, url: str, site_id: str | None):
    """A path of a host can be another institution's site."""
    registry = load_registry(written(tmp_path))
    address = parse_address(url)
    assert address
    owners = {site.id for site in registry.sites if ownership(site, registry)(address)}

    assert ({site_id} if site_id else set()) == owners
    assert site_id == (found.id if (found := registry.site_of(address)) else None)


def test_a_public_suffix_does_not_own_the_hosts_below_it(tmp_path: Path):
    """The cabinet's gov.kg is one site; a ministry's minfin.gov.kg is another."""
    registry = load_registry(
        written(tmp_path, sites__0__stay_under=["gov.kg"], sites__0__seeds=["https://www.gov.kg/"])
    )
    ministry, cabinet = parse_address("https://minfin.gov.kg/"), parse_address("https://www.gov.kg/ru")
    assert ministry
    assert cabinet

    assert (False, True) == (registry.sites[0].covers(ministry), registry.sites[0].covers(cabinet))


def test_sites_of_one_host_are_visited_one_after_the_other(tmp_path: Path):
    """Two visits at once would be two requests at once for the same machine."""
    registry: Registry = load_registry(written(tmp_path))

    assert [["tt-main", "tt-part"]] == [[site.id for site in lane] for lane in lanes(registry.sites)]


@pytest.mark.parametrize(
    ("host", "site_id"),
    [
        ("gov.kg", "zz-gov.kg"),
        ("a.gov.kg:8080", "zz-a.gov.kg-8080"),
        ("xn--e1afmkfd.xn--p1ai", "zz-xn--e1afmkfd.xn--p1ai"),
    ],
)
def test_an_unlisted_site_is_named_after_its_host(host: str, site_id: str):
    """So that people recognise it."""
    assert site_id == unlisted_site(host, "zz").id


@pytest.mark.parametrize("host", ["[::1]:80", "a_b.kg", "x" * 300])
def test_an_unlisted_sites_id_is_a_safe_folder_name(host: str):
    """Whatever the host looks like, and no two hosts share one."""
    one, other = (
        unlisted_site(host, "zz").id,
        unlisted_site(host.replace("x", "y").replace("a", "b"), "zz").id,
    )

    assert len(one) <= 120
    assert not set(one) - set("abcdefghijklmnopqrstuvwxyz0123456789.-")
    assert one != other or "x" not in host


@pytest.mark.parametrize("country", ["uz", "no", "ci", "aq"])
def test_a_new_countrys_skeleton_works(tmp_path: Path, country: str):
    """It can be loaded as it is written, also where YAML would read the country's code as `false`."""
    path = init_country(country, tmp_path)

    assert country == load_registry(path).country.id


def test_a_country_without_a_name_in_kyrgyz_has_a_skeleton_all_the_same(tmp_path: Path):
    """Unicode's names of young codes (Sark is CQ since 2023) come to some languages later."""
    registry = load_registry(init_country("cq", tmp_path))

    assert "Sark" == registry.country.name["en"]


def test_a_registry_is_never_written_over(tmp_path: Path):
    """What a person filled in stays."""
    init_country("uz", tmp_path)
    with pytest.raises(RegistryError, match="is there already"):
        init_country("uz", tmp_path)


def test_a_country_that_is_none_is_refused(tmp_path: Path):
    """Only ISO 3166-1 codes."""
    with pytest.raises(UnknownCountryError, match="'qx'"):
        init_country("qx", tmp_path)


@pytest.mark.parametrize(
    "contact",
    [
        "https://baskych.example/bot",
        "https://EXAMPLE.org/",
        "mailto:crawl@example.com",
        "mailto:me@mail.example.net?subject=bot",
        "mailto:a@b.invalid.",
        "https://bot.test:8443/",
        "http://localhost:8000/",
        "mailto:FILL-IN@stat.uz",
    ],
)
def test_a_contact_for_examples_is_nobody_s(contact: str):
    """RFC 2606 and RFC 6761 keep such names for examples; and what `baskych init` wrote was not filled in."""
    assert is_placeholder(contact)


@pytest.mark.parametrize(
    "contact", ["https://stat.kg/bot", "mailto:bot@counterexample.org", "mailto:example.org@stat.kg"]
)
def test_a_contact_of_somebody_s_is_no_placeholder(contact: str):
    """Only whole labels of the name count, and only those of its host."""
    assert not is_placeholder(contact)
