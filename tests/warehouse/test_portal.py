"""The portal: complete, linked, in three languages, and true to the tables."""

import shutil
from pathlib import Path

import duckdb
import pytest
from portal_reading import Page, dead_links, html_files

from warehouse.engine import connect
from warehouse.portal import addresses, presses
from warehouse.portal.errors import PortalError
from warehouse.portal.files import DataFile
from warehouse.portal.knowledge import read_knowledge
from warehouse.portal.pages import countries, coverage, institutions, lists
from warehouse.portal.reader import Reader
from warehouse.portal.render import render
from warehouse.portal.site import nowhere
from warehouse.portal.speech import LANGUAGES, speech
from warehouse.portal.surroundings import environment

FIRST_PAGE_LIMIT = 100_000
PAGE_LIMIT = 500_000
FILES = [
    DataFile(
        path="data/out_services.parquet",
        format="parquet",
        byte_count=2048,
        sha256="ab" * 32,
        table="out_services",
        row_count=7,
    ),
    DataFile(path="data/baskych.duckdb", format="duckdb", byte_count=3_000_000, sha256="cd" * 32),
]


@pytest.fixture(scope="module")
def portal(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the portal of the tiny country, with its data files beside it."""
    folder = tmp_path_factory.mktemp("portal")
    with connect(built / "warehouse.duckdb", read_only=True) as connection:
        render(connection, folder, FILES)
    for file in FILES:
        (folder / file.path).parent.mkdir(exist_ok=True)
        (folder / file.path).write_bytes(b"data")
    return folder


def page(portal: Path, place: str, language: str = "en") -> Page:
    """Return a page of the portal."""
    return Page.read(portal / addresses.file_of(language, place))


def words(portal: Path, place: str, language: str = "en") -> str:
    """Return the words in a page's main part."""
    [main] = page(portal, place, language).all("main")
    return main.words


def test_every_page_is_well_formed(portal: Path):
    """Each element is closed where it should be, and no attribute stands twice."""
    faults = {path: Page.read(path).faults for path in html_files(portal)}

    assert {} == {path: found for path, found in faults.items() if found}


def test_every_page_has_one_title_one_heading_and_no_id_twice(portal: Path):
    """Screen readers and links rest on them."""
    wrong = []
    for path in html_files(portal):
        read = Page.read(path)
        ids = [element.attributes["id"] for element in read.elements if "id" in element.attributes]
        if len(read.all("title")) != 1 or len(read.all("h1")) != 1 or len(ids) != len(set(ids)):
            wrong.append(path)

    assert [] == wrong


def test_f8_every_internal_link_leads_somewhere(portal: Path):
    """Also when the portal is opened from a disk: links name their file."""
    assert [] == dead_links(portal)


def test_f8_no_internal_link_starts_at_the_root(portal: Path):
    """So the portal works below any path."""
    rooted = [link for path in html_files(portal) for link in Page.read(path).links if link.startswith("/")]

    assert [] == rooted


def test_the_three_languages_have_the_same_pages(portal: Path):
    """A reader who changes the language stays on the same thing."""
    pages = [
        {path.relative_to(portal / language) for path in html_files(portal / language)}
        for language in LANGUAGES
    ]

    assert pages[0] == pages[1] == pages[2] != set()


def test_every_page_names_its_language_and_its_translations(portal: Path):
    """With `lang` on the page and `hreflang` on the links to the others."""
    for language in LANGUAGES:
        for path in html_files(portal / language):
            read = Page.read(path)
            offered = [
                element.attributes["hreflang"]
                for element in read.all("link")
                if element.attributes.get("rel") == "alternate" and "hreflang" in element.attributes
            ]

            assert (language, list(LANGUAGES)) == (read.all("html")[0].attributes["lang"], offered)


def test_the_door_offers_three_languages(portal: Path):
    """Without asking a script."""
    door = Page.read(portal / "index.html")
    ways = [element.attributes["href"] for element in door.all("a")]

    assert ["ky/index.html", "ru/index.html", "en/index.html"] == ways


def test_nothing_is_loaded_from_elsewhere_and_nothing_runs_inline(portal: Path):
    """Style and script are the portal's own files; the policy allows nothing else."""
    for path in html_files(portal):
        read = Page.read(path)
        # A block of data is no script, whatever it is called (WHATWG HTML, "data block").
        scripts = [one for one in read.all("script") if one.attributes.get("type") != "application/ld+json"]
        loaded = [element.attributes.get("src") for element in scripts]
        policy = next(
            element.attributes["content"]
            for element in read.all("meta")
            if "http-equiv" in element.attributes
        )

        assert not read.all("style")
        assert all(source and "://" not in source for source in loaded)
        assert not any(
            name.startswith("on") or name == "style"
            for element in read.elements
            for name in element.attributes
        )
        assert "default-src 'none'" in str(policy)
        is_console = path.parent.name == addresses.CONSOLE  # DuckDB there is WebAssembly
        assert is_console == ("'wasm-unsafe-eval'" in str(policy))
        assert "unsafe" not in str(policy).replace("'wasm-unsafe-eval'", "")


def test_links_to_the_web_pass_on_neither_referrer_nor_rank(portal: Path):
    """And are plain http(s)."""
    for path in html_files(portal):
        for element in Page.read(path).all("a"):
            if "://" in str(element.attributes["href"]):
                assert "noopener" in str(element.attributes["rel"])


def test_every_service_shows_its_stage_its_quotes_and_where_they_are_kept(
    portal: Path, warehouse: duckdb.DuckDBPyConnection
):
    """For each service: stage, words, page, time, archive file, offset and hash."""
    for service in Reader(warehouse).first_rows("out_services", 1000):
        place = addresses.service(service["country_id"], service["service_id"])
        for language in LANGUAGES:
            shown = words(portal, place, language)
            if service["stage"] is None:
                assert speech(language).text("Stage not determined").lower().split()[-1] in shown.lower()
                continue
            kept = (
                service["quote"],
                service["evidence_url"],
                service["evidence_warc_file"],
                service["evidence_sha256"],
            )

            assert all(
                str(fact) in shown for fact in (service["stage"], service["evidence_warc_offset"], *kept)
            )


def test_a_service_says_what_is_met_what_is_missing_and_why_it_is_not_further(portal: Path):
    """The ladder has every criterion; the list below it has the advice."""
    shown = words(portal, "sample/services/tax-registration")

    assert all(
        part in shown
        for part in ("apply-online (en) met", "one-stop (en) missing", "Why not stage 4", "Offer it (en)")
    )


def test_what_it_takes_together_is_said_apart_from_what_is_enough_alone(portal: Path):
    """Nobody is promised that half of a rule makes the stage."""
    shown = words(portal, "sample/services/tax-registration")
    alone, together = shown.split("Any one of them alone would prove stage 4:")[1].split(
        "All of these together"
    )

    assert "single-sign-on (en)" in alone
    assert together.startswith(" would prove stage 4: feedback-form (en)")
    assert "online-payment (en)" not in alone


@pytest.fixture(scope="module")
def compared(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a portal whose country has both an index and an OSI."""
    folder = tmp_path_factory.mktemp("compared")
    shutil.copy(built / "warehouse.duckdb", folder / "copy.duckdb")
    with connect(folder / "copy.duckdb") as connection:
        connection.execute(
            "update out_countries set index = 20.7, egdi_survey_year = 2024, osi = 0.607"
            " where country_id = 'sample'"
        )
        connection.execute("update out_egdi set country_id = 'sample'")
        render(connection, folder / "portal")
    return folder / "portal"


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("ky", "100дөн 20,7. 2024-жылдагы OSI 0,607, башкача айтканда 100дөн 60,7: биздики 40 упайга төмөн"),
        ("ru", "20,7 из 100. OSI за 2024 год — 0,607, то есть 60,7 из 100: наш ниже на 40."),
        ("en", "20.7 of 100. The OSI of 2024 is 0.607, which is 60.7 of 100: ours is lower by 40."),
    ],
)
def test_a_country_says_by_how_much_its_index_and_the_osi_differ(
    compared: Path, language: str, expected: str
):
    """With both numbers and their years, and that the one is not the other."""
    assert expected in words(compared, "sample", language)


def test_a_country_with_only_one_of_the_two_compares_nothing(portal: Path):
    """The tiny country has no OSI, the other one no index."""
    assert all("The index is not the OSI" not in words(portal, country) for country in ("sample", "kg"))


def test_could_not_look_is_shown_apart_from_missing(portal: Path):
    """A service with pages that could not be seen says "not observed", never "missing"."""
    shown = words(portal, "sample/services/tax-appeal")

    assert ("not observed" in shown, " missing" in shown) == (True, False)


def test_a_kept_service_says_that_it_is_kept(portal: Path):
    """The newest round met a block page; what was known stays."""
    assert "could not look at this service" in words(portal, "sample/services/vaccination")


def test_a_service_is_called_by_its_name_in_the_reader_s_language(portal: Path):
    """And by its main name where no page gives one."""
    place = "sample/services/birth-certificate"
    headings = [page(portal, place, language).all("h1")[0].words for language in LANGUAGES]

    assert ["Туулгандыгы тууралуу күбөлүк", "Свидетельство о рождении", "Birth certificate"] == headings


def test_the_country_counts_its_services_by_stage(portal: Path):
    """The table has a row for each stage, with number and share."""
    rows = [element.words for element in page(portal, "sample").all("tr")]

    assert "2 Stage 2 (en) 2 29%" in rows


@pytest.mark.parametrize(
    ("place", "said"),
    [
        ("sample", "64.5 between 34.4 and 88.8"),
        ("sample/institutions/tax", "47 between 42.9 and 74.9"),
        ("sample/institutions/down", "—"),
    ],
)
def test_e5_the_index_is_said_with_its_interval(portal: Path, place: str, said: str):
    """In words, below the number; nothing where there is no index."""
    assert said in [element.words for element in page(portal, place).all("dd")]


def test_e5_a_list_of_institutions_says_the_interval_of_each_index(portal: Path):
    """Below the figure, for the table has little room."""
    listed = [" ".join(row.words.split()) for row in page(portal, "sample/institutions").all("tr")]

    assert any(row.startswith("Ministry of tax") and "47 42.9–74.9" in row for row in listed)


@pytest.mark.parametrize("body", ["down", "untried", "siteless"])
def test_a_body_that_nobody_could_see_has_no_count_of_services(portal: Path, body: str):
    """A 0 would say that it has none: could not look is never absent."""
    figures = [element.words for element in page(portal, f"sample/institutions/{body}").all("dd")][:4]
    listed = [row.words for row in page(portal, "sample/institutions").all("tr")]

    assert ["—"] * 4 == figures
    assert any("— — — — — —" in row for row in listed)


@pytest.mark.parametrize(
    ("seen", "undetermined", "services", "expected"),
    [(1, 0, 0, "0"), (1, 0, 2, "0"), (1, 2, 2, "—"), (0, 0, 2, "0"), (0, 0, 0, "—")],
)
def test_a_0_is_said_where_one_looked_and_could_tell(
    warehouse: duckdb.DuckDBPyConnection, seen: int, undetermined: int, services: int, expected: str
):
    """None of the services done online is a finding; none of which a stage is known is not."""
    knowledge = read_knowledge(Reader(warehouse))
    parts = environment(speech("en"), knowledge, nowhere()).globals["parts"]
    body = {
        "seen_site_count": seen,
        "undetermined_count": undetermined,
        "service_count": services,
        "stage_3_count": 0,
        "stage_4_count": 0,
    }

    assert expected == parts.online_count(body).strip()


@pytest.mark.parametrize("place", ["sample/life-events", "sample/life-events/birth"])
def test_e5_a_life_event_says_between_which_shares_its_services_are_online(portal: Path, place: str):
    """Of those that were found: what nobody saw belongs to no life event."""
    assert "100% at stage 3 or above" in words(portal, place)


def test_the_coverage_page_names_every_site_and_whose_fault_it_was(portal: Path):
    """The site that is down is there, with what its owner can do."""
    rows = [element.words for element in page(portal, "sample/coverage").all("tr")]

    assert any("down.example" in row and "the site’s" in row and "Repair it" in row for row in rows)


def test_a_dataset_page_documents_every_column_in_the_reader_s_language(
    portal: Path, warehouse: duckdb.DuckDBPyConnection
):
    """The dictionary is the one of the warehouse."""
    columns = [
        row[0] for row in warehouse.execute("select column_name from (describe out_services)").fetchall()
    ]
    shown = words(portal, "datasets/out_services", "ky")

    assert all(column in shown for column in columns)
    assert "Кызматтын туруктуу идентификатору." in shown


def test_a_dataset_page_offers_its_files_with_size_rows_and_hash(portal: Path):
    """And how to open them."""
    shown = words(portal, "datasets/out_services")

    assert all(
        part in shown
        for part in ("out_services.parquet Parquet 2 kB 7 " + "ab" * 32, "/data/out_services.parquet')")
    )


def test_a_dataset_page_shows_rows_without_a_script(portal: Path):
    """As a plain table."""
    rows = [element.words for element in page(portal, "datasets/out_services").all("tr")]

    assert any(row.startswith("birth-certificate sample") for row in rows)


def test_the_method_page_is_made_of_the_tables(portal: Path, warehouse: duckdb.DuckDBPyConnection):
    """Every indicator, every stage, every outcome and every weight is on it."""
    shown = words(portal, "method")
    ids = [row["indicator_id"] for row in Reader(warehouse).first_rows("out_indicators", 1000)]
    outcomes = [row["outcome"] for row in Reader(warehouse).first_rows("out_outcomes", 1000)]

    assert all(named in shown for named in (*ids, *outcomes, "0.195"))


@pytest.mark.parametrize("place", ["method", "sample/indicators/apply-online"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_how_an_indicator_is_seen_is_said_in_the_reader_s_language(portal: Path, language: str, place: str):
    """Not in English to all."""
    said = [other for other in LANGUAGES if f"By its words ({other})" in words(portal, place, language)]

    assert [language] == said


def test_a_country_without_a_round_says_so(portal: Path):
    """It is no error, and shows no figures of ours."""
    assert "Nothing has been harvested yet." in words(portal, "kg")


def test_f10_pages_are_light(portal: Path):
    """The first page with its style and script stays below 100 kB, every page below 500 kB."""
    first = sum(
        (portal / name).stat().st_size
        for name in ("ky/sample/index.html", "static/portal.css", "static/portal.js", "static/icon.svg")
    )
    largest = max(path.stat().st_size for path in html_files(portal))

    assert first <= FIRST_PAGE_LIMIT
    assert largest <= PAGE_LIMIT


@pytest.mark.soak
def test_the_same_tables_give_the_same_bytes(portal: Path, built: Path, tmp_path: Path):
    """No clock, no chance and no order of threads is in a page."""
    with connect(built / "warehouse.duckdb", read_only=True, threads=4) as connection:
        render(connection, tmp_path, FILES)
    again = {path.relative_to(tmp_path): path.read_bytes() for path in html_files(tmp_path)}

    assert {path.relative_to(portal): path.read_bytes() for path in html_files(portal)} == again


def test_f10_long_lists_are_cut_into_pages(built: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Every service is linked once, on one page of the list, and the pages link to each other."""
    monkeypatch.setattr(lists, "SERVICES", 3)
    monkeypatch.setattr(institutions, "SERVICES", 2)
    monkeypatch.setattr(coverage, "SITES", 4)
    monkeypatch.setattr(countries, "INSTITUTIONS", 3)
    with connect(built / "warehouse.duckdb", read_only=True) as connection:
        render(connection, tmp_path)
        expected = sorted(row["service_id"] for row in Reader(connection).first_rows("out_services", 1000))
    pages = [
        tmp_path / "en/sample/services/index.html",
        *tmp_path.glob("en/sample/services/page-*/index.html"),
    ]
    linked = [link.split("/")[-2] for path in pages for link in Page.read(path).links if is_service(link)]

    assert expected == sorted(linked)
    assert 3 == len(pages)
    assert [] == dead_links(tmp_path)


def is_absolute(link: str) -> bool:
    """Return whether a link names its host."""
    return link.startswith("http")


def is_service(link: str) -> bool:
    """Return whether a link leads to a service's own page."""
    return (
        not is_absolute(link)
        and "/sample/services/" in link
        and "/page-" not in link
        and not link.endswith("services/index.html")
    )


@pytest.mark.soak
def test_a_missing_column_is_a_clear_error(built: Path, tmp_path: Path):
    """The message names the question and the column."""
    copy = tmp_path / "copy.duckdb"
    shutil.copy(built / "warehouse.duckdb", copy)
    with connect(copy) as connection:
        connection.execute("alter table out_services drop column unseen_count")
        with pytest.raises(PortalError, match="unseen_count"):
            render(connection, tmp_path / "portal")


def test_a_life_event_leads_to_its_services_and_back(portal: Path):
    """From the list to the event, from there to each of its services, whose page names the event."""
    event = "sample/life-events/birth"
    found = [Path(link).parts for link in page(portal, event).links]
    services = {parts[-2] for parts in found if parts[-3:-2] == ("services",)}

    assert any(link.endswith("birth/index.html") for link in page(portal, "sample/life-events").links)
    assert services
    for service in services:
        assert any("life-events/birth/" in link for link in page(portal, f"sample/services/{service}").links)


@pytest.mark.soak
def test_f10_many_processes_print_the_pages_that_one_would(
    portal: Path, built: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    """Whoever prints a page, it has the same bytes, and the list of pages names it once."""
    monkeypatch.setattr(presses, "ALONE", 0)
    with connect(built / "warehouse.duckdb", read_only=True) as connection:
        render(connection, tmp_path, FILES)

    assert contents(portal) == contents(tmp_path)


def contents(folder: Path) -> dict[str, bytes]:
    """Return every file of a portal but the data."""
    paths = (path for path in sorted(folder.rglob("*")) if path.is_file())
    named = {path.relative_to(folder).as_posix(): path for path in paths}
    return {
        name: path.read_bytes() for name, path in named.items() if name not in {file.path for file in FILES}
    }
