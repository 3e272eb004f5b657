"""One page explained: to a program as JSON, to a person in words."""

import json
from pathlib import Path

import pytest
from rich.console import Console
from small_pages import passport
from tiny_site import served

from crawlers.sites import load_registry
from pipelines.inspect import inspect_all, inspect_batch, inspect_page
from pipelines.inspecting.record import as_json
from pipelines.inspecting.sources import InspectError
from pipelines.inspecting.view import view
from pipelines.knowledge import load_knowledge

PAGE = (
    '<html lang="ru"><head><title>Регистрация брака — Министерство юстиции</title></head><body><main>'
    f"<h1>Регистрация брака</h1><p>Услуга предоставляется гражданам.</p>{passport()}"
    '<p><a href="/zayavlenie.docx">Скачать бланк заявления</a></p></main></body></html>'
)
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
    manifest.write_text("\n".join([*map(json.dumps, rows), "no json", "[]"]), encoding="utf-8")
    seen = list(inspect_batch(manifest))

    assert ["nowhere.html", "page.html", "empty.html", None, None] == [one.file for one in seen]
    assert [True, False, True, True, True] == [bool(one.error) for one in seen]
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


def test_a_person_reads_verdict_ladder_evidence_and_the_next_step(page: Path):
    """In this order, without colours too."""
    console = Console(width=120, record=True, no_color=True, file=None, quiet=False)
    with console.capture() as shown:
        console.print(view(inspect_page(str(page)), load_knowledge()))
    text = shown.get()
    places = [
        text.find(words) for words in ("Stage 2 of 4", "Evidence", "The service", "stage 3", "What to do")
    ]

    assert -1 not in places
    assert sorted(places) == places


def test_a_file_that_cannot_be_read_is_said_in_one_sentence(tmp_path: Path):
    """No traceback, no table: what is wrong with which file."""
    manifest = tmp_path / "manifest.jsonl"
    manifest.write_text('{"file": "nowhere.html", "url": null}', encoding="utf-8")
    console = Console(width=200, no_color=True)
    with console.capture() as shown:
        console.print(view(next(inspect_batch(manifest)), load_knowledge()))

    assert "could not be read" in shown.get()
