"""One page explained: to a program as JSON, to a person in words."""

import json
import re
from pathlib import Path

import pytest
from rich.console import Console
from small_pages import passport
from tiny_site import served

from crawlers.sites import load_registry
from pipelines.inspect import inspect_all, inspect_batch, inspect_page
from pipelines.inspecting.record import Inspection, as_json
from pipelines.inspecting.sources import InspectError
from pipelines.inspecting.view import view
from pipelines.inspecting.words import Voice, inspect_words
from pipelines.knowledge import load_knowledge
from pipelines.services.facts import FACTS

pytestmark = pytest.mark.usefixtures("warm")  # no test here is about how a process begins

PAGE = (
    '<html lang="ru"><head><title>Регистрация брака — Министерство юстиции</title></head><body><main>'
    f"<h1>Регистрация брака</h1><p>Услуга предоставляется гражданам.</p>{passport()}"
    '<p><a href="/zayavlenie.docx">Скачать бланк заявления</a></p></main></body></html>'
)
WALL = "<html><head><title>Attention Required! | Cloudflare</title></head><body></body></html>"
KEYS = [
    "file",
    "url",
    "outcome",
    "language",
    "kind",
    "title",
    "stage",
    "confidence",
    "findings",
    "missing",
    "service",
]  # fmt: skip - the order of the contract


@pytest.fixture
def page(tmp_path: Path) -> Path:
    """A page of a service, in a file."""
    file = tmp_path / "page.html"
    file.write_text(PAGE, encoding="utf-8")
    return file


def test_a_page_is_told_as_json_with_the_promised_keys(page: Path):
    """Other programs rely on these keys, in this order."""
    told = as_json(inspect_page(str(page), "https://justice.kg/s/1"))

    assert KEYS == list(told)[: len(KEYS)]
    assert (str(page), "https://justice.kg/s/1", "ok", "ru") == tuple(told[key] for key in KEYS[:4])
    assert {"indicator", "quote", "where"} <= told["findings"][0].keys()


def test_the_service_of_a_page_has_its_facts(page: Path):
    """In the page's words, and as a machine reads them."""
    service = as_json(inspect_page(str(page)))["service"]

    assert ("Регистрация брака", "Министерство юстиции") == (service["name"], service["provider"])
    assert ("200 сомов", "200 KGS") == (service["fee"], service["fee_value"])
    assert ("3 рабочих дня", 3) == (service["processing_time"], service["processing_days"])
    assert ["заявление", "паспорт"] == service["documents_required"]


@pytest.mark.parametrize(
    ("title", "provider"),
    [
        ("Регистрация брака - How to apply", None),
        ("Регистрация брака | Poncho", None),
        ("Регистрация брака - GOV", None),
        ("Регистрация брака | Департамент ЗАГС | Портал", "Департамент ЗАГС"),
    ],
)
def test_a_title_names_the_provider_only_where_it_names_a_public_body(
    page: Path, title: str, provider: str | None
):
    """A wrong provider is worse than none."""
    text = page.read_text(encoding="utf-8")
    page.write_text(text.replace("Регистрация брака — Министерство юстиции", title), encoding="utf-8")

    assert provider == as_json(inspect_page(str(page)))["service"]["provider"]


def test_every_proof_of_the_stage_is_among_the_findings(page: Path):
    """A verdict without words that prove it is worth nothing."""
    seen = inspect_page(str(page))

    assert seen.stage is not None
    assert seen.proofs <= {finding.finding_id for finding in seen.findings}
    assert seen.missing


def test_a_batch_keeps_the_order_of_its_manifest_and_never_stops(page: Path, tmp_path: Path):
    """A missing file, an empty one and a broken line each give a line that says so."""
    (tmp_path / "empty.html").write_bytes(b"")
    manifest = tmp_path / "manifest.jsonl"
    rows = [
        {"file": "nowhere.html", "url": None},
        {"file": "page.html", "url": None, "more": 1},
        {"file": "empty.html"},
    ]
    manifest.write_text(
        "\n".join([*map(json.dumps, rows), "no json", "[]", "[" * 9999, r'{"file": "a\u0000"}']),
        encoding="utf-8",
    )
    seen = list(inspect_batch(manifest))

    assert ["nowhere.html", "page.html", "empty.html", None, None, None, "a\0"] == [one.file for one in seen]
    assert [True, False, True, True, True, True, True] == [bool(one.error) for one in seen]
    assert ["bad_content", "ok"] == [one.outcome for one in seen[:2]]


def test_bytes_that_are_no_page_are_no_stage(tmp_path: Path):
    """A picture with a page's name cannot be judged."""
    (tmp_path / "page.html").write_bytes(bytes(range(256)) * 20)
    seen = inspect_page(str(tmp_path / "page.html"))

    assert seen.stage is None


def test_a_manifest_that_is_not_there_is_said(tmp_path: Path):
    """The message names the file."""
    with pytest.raises(InspectError, match=r"manifest\.jsonl"):
        list(inspect_batch(tmp_path / "manifest.jsonl"))


def test_an_address_is_fetched_by_the_crawlers_own_rules(tmp_path: Path):
    """One page, with the registry's leave to ask a private address; nothing else is asked."""
    with served(tmp_path) as file:
        registry = load_registry(file)
        seen = inspect_page(f"{registry.sites[0].seeds[0]}birth", registry=registry)

    assert ("ok", "en") == (seen.outcome, seen.language)
    assert seen.service is not None
    assert "Issue of a birth certificate" == seen.service.name


def test_a_private_address_without_leave_is_refused(tmp_path: Path):
    """What no registry allows is not asked, by inspect either."""
    with served(tmp_path) as file:
        url = f"{load_registry(file).sites[0].seeds[0]}birth"
        seen = inspect_page(url, registry=load_registry("kg"))

    assert ("policy_refused", None) == (seen.outcome, seen.stage)


def test_a_web_archive_gives_each_of_its_pages():
    """The corpus as WARC gives the same verdicts as its files."""
    corpus = Path(__file__).parents[2].parent / "shared" / "corpus"
    if not corpus.is_dir():
        pytest.skip("the labelled pages are not here: they lie beside the project, not in it")
    first = next(iter(inspect_all(str(corpus / "pages.warc.gz"))))

    assert first.outcome
    assert first.url is not None
    assert first.url.startswith("http")


def shown(seen: Inspection, language: str = "en", width: int = 80) -> str:
    """Return what a person reads, without colours."""
    console = Console(width=width, no_color=True)
    with console.capture() as captured:
        console.print(view(seen, load_knowledge(), language))
    return captured.get()


def test_a_person_reads_verdict_ladder_evidence_and_the_next_step(page: Path):
    """In this order, without colours too."""
    text = shown(inspect_page(str(page)))
    places = [text.find(words) for words in ("Stage 2 of 4", "Evidence", "The service", "make it stage 3")]

    assert -1 not in places
    assert sorted(places) == places


@pytest.mark.parametrize("language", ["ru", "ky"])
def test_no_english_is_left_between_the_words_of_the_page(page: Path, language: str):
    """Headings, facts, places, outcomes and advice are in the language that was asked for."""
    wall = page.with_name("wall.html")
    wall.write_text(WALL)
    for file in (page, wall):
        seen = inspect_page(str(file))
        text = re.sub(r"«[^»]*»|\(= [^)]*\)", "", shown(seen, language, width=400))

        assert [] == re.findall(r"[A-Za-z]{2,}", text.replace(seen.title, "").replace(str(file), ""))


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("en", ": “Стоимость”, with “200 сомов”"),
        ("ru", ": «Стоимость», значение «200 сомов»"),
        ("ky", ": «Стоимость», мааниси «200 сомов»"),
    ],
)
def test_a_label_is_shown_with_the_value_beside_it(page: Path, language: str, expected: str):
    """The finding's own quote stays as it stands on the page; the fact says what it is the label of."""
    seen = inspect_page(str(page))

    assert expected in shown(seen, language)
    assert "Стоимость" in [one.quote for one in seen.findings if one.indicator_id == "fee"]


def test_the_service_is_shown_with_places_life_event_and_function_of_government(page: Path):
    """What the tables say of a service, a single page says too."""
    text = shown(inspect_page(str(page)), "ru")

    assert "Изменение семейного положения" in text
    assert "Государственные услуги общего назначения" in text
    assert re.search(r"срок +3 рабочих дня \(= 3 дня\)\s+знак \d+", text)


def test_the_json_of_a_service_has_life_event_function_and_places(page: Path):
    """New keys beside those of the contract."""
    service = as_json(inspect_page(str(page)))["service"]

    assert ("changing-relationship-status", "01") == (service["life_event"], service["cofog_division"])
    assert 2 == len(service["where"]["documents_required"])
    assert all(place.startswith("text:") for place in service["where"]["fee"])


def test_what_is_enough_only_together_is_told_to_programs_and_people(tmp_path: Path):
    """Two of the facts that are left, not any one of them."""
    file = tmp_path / "page.html"
    file.write_text(
        "<main><h1>Permit to fish</h1><p>The lake is closed in spring.</p>"
        "<h2>Documents required</h2><ul><li>Passport</li></ul><h2>Fee</h2><p>200 som</p></main>"
    )
    seen = inspect_page(str(file))
    [together] = [one for one in as_json(seen)["missing_together"] if one["stage"] == (seen.stage or 0) + 1]

    assert not set(together["indicators"]) & set(seen.missing)
    assert f"{together['needed']} of these would make it stage 2" in shown(seen)


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("en", ("Blocked", "What to do:", "No stage.")),
        ("ru", ("Что делать:", "Стадии нет.")),
        ("ky", ("Эмне кылуу керек:", "Баскычы жок.")),
    ],
)
def test_a_wall_is_named_with_what_to_do_and_no_empty_ladder(
    tmp_path: Path, language: str, expected: tuple[str, ...]
):
    """What was met, and what its owner can do, in the language that was asked for."""
    file = tmp_path / "wall.html"
    file.write_text(WALL)
    text = shown(inspect_page(str(file)), language)

    assert all(words in text for words in expected)
    assert 8 >= len(text.splitlines())


@pytest.mark.parametrize("url", ["notaurl", "ftp://example.org/", ""])
def test_what_is_no_address_is_refused_by_name(page: Path, url: str):
    """It would otherwise be taken for the page's place without a word."""
    with pytest.raises(InspectError, match=f"--url: {url!r}; expected a web address"):
        inspect_page(str(page), url)


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ('{"file": "page.html", "url": 5}', "manifest.jsonl, line 1: url: 5; expected a web address"),
        ('{"file": "page.html", "url": "notaurl"}', "line 1: url: 'notaurl'; expected a web address"),
        ('{"file": 5}', "manifest.jsonl, line 1: file: 5; expected"),
        ("[]", "manifest.jsonl, line 1: '[]'; expected"),
        ("no json", "manifest.jsonl, line 1: 'no json' is no JSON"),
    ],
)
def test_a_line_that_asks_for_nothing_real_says_file_line_value_and_what_was_expected(
    page: Path, row: str, expected: str
):
    """And the lines after it are answered."""
    manifest = page.with_name("manifest.jsonl")
    manifest.write_text(f'{row}\n{{"file": "page.html"}}', encoding="utf-8")
    first, second = inspect_batch(manifest)

    assert expected in str(first.error)
    assert second.error is None


def test_a_file_that_cannot_be_read_is_said_in_one_sentence(tmp_path: Path):
    """No traceback, no table: what is wrong with which file."""
    manifest = tmp_path / "manifest.jsonl"
    manifest.write_text('{"file": "nowhere.html", "url": null}', encoding="utf-8")

    assert "could not be read" in shown(next(inspect_batch(manifest)))


def test_every_fact_region_and_sentence_is_worded_with_the_same_places_for_values():
    """A fact that is read has a name in all three languages, and no value is lost in one of them."""
    words = inspect_words()
    for wording in words.say.values():
        fields = [sorted(re.findall(r"\{\w+\}", said)) for said in (wording.ky, wording.ru, wording.en)]

        assert fields[0] == fields[1] == fields[2]
    assert {*FACTS, "name", "provider", "life_event", "cofog_division"} == set(words.facts)
    assert {"header", "navigation", "main", "aside", "footer"} == set(words.regions)


def test_what_nobody_has_worded_yet_is_shown_by_its_code():
    """A new place on a page must not stop the explanation."""
    assert "img@alt" == Voice("ru").name_of(inspect_words().attributes, "img@alt")


@pytest.mark.parametrize(
    ("language", "count", "expected"),
    [
        ("ru", "1", "1 день"),
        ("ru", "3", "3 дня"),
        ("ru", "30", "30 дней"),
        ("ru", "0.5", "0,5 дня"),
        ("en", "1", "1 day"),
        ("en", "30", "30 days"),
        ("ky", "30", "30 күн"),
    ],
)  # fmt: skip - a table
def test_days_are_counted_as_each_language_counts(language: str, count: str, expected: str):
    """By CLDR's forms."""
    assert expected == Voice(language).days(count)
