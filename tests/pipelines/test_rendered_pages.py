"""A rendered page is read instead of its shell, and what is quoted from it is found again."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from small_archive import ROUND, archived, registry_in

from crawlers.captures import ERRAND_DEPTH, Capture, RenderMode
from crawlers.captures_io import read_captures, write_captures
from crawlers.outcomes import Outcome
from crawlers.rendering.conversion import conversion_of
from crawlers.rendering.trial import Gain
from crawlers.storing.journal import read_journal
from crawlers.storing.recorder import Recorder, Whose
from pipelines.checking.quote_check import Quote, check_quotes
from pipelines.records import Finding, PageRow
from pipelines.records_io import read_rows
from pipelines.rounds.core_files import captures_folder, core_file
from pipelines.understand import understand_round

URL = "https://registry.example.org/ru/birth"
SHELL = '<title>ЗАГС</title><div id="root"></div><script src="/app.js"></script>'
DOM = """<html lang="ru"><head><title>ЗАГС</title></head><body><main><h1>Регистрация рождения</h1>
<h2>Необходимые документы</h2><ul><li>Паспорт</li></ul><h2>Стоимость</h2><p>Бесплатно</p>
<h2>Срок</h2><p>3 рабочих дня</p></main><script src="/app.js"></script></body></html>"""


@pytest.fixture(scope="module", params=[True, False], ids=["rendered", "not rendered"])
def understood(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A round of one page that scripts fill, understood; `rendered`: its browser's version lies beside it."""
    folder = tmp_path_factory.mktemp("scripts")
    registry = registry_in(folder)
    data = archived(folder / "data", registry, {URL: SHELL, "https://registry.example.org/app.js": "1;"})
    if request.param:
        _render(captures_folder(data, ROUND, "xy-registry"))
    understand_round(data, ROUND, registry)
    return data


def _render(folder: Path) -> None:
    """Add what a browser would have made of the page, as a visit does."""
    page, script = sorted(read_captures(folder), key=lambda one: one.url.endswith(".js"))
    whose = Whose(country_id="xy", round_id=ROUND, site_id="xy-registry")
    with Recorder(folder, whose, "") as recorder:
        recorder.count = 2
        recorder.record_version(page, conversion_of(page, DOM, Gain(before=0, after=90), "chromium/1"))
    errand = Capture(**{name: getattr(script, name) for name in Capture.__slots__} | {"depth": ERRAND_DEPTH})
    write_captures(folder, [page, errand, *read_journal(folder)])


def _pages(data: Path) -> list[PageRow]:
    return list(read_rows(core_file(data, "pages", ROUND, "xy-registry"), PageRow))


@pytest.mark.parametrize("understood", [True], indirect=True)
def test_a_rendered_page_is_read_instead_of_its_shell(understood: Path):
    """One address is one page, and what it asked for on the way is none."""
    (page,) = _pages(understood)

    assert (URL, Outcome.OK, True) == (page.url, page.outcome, "Регистрация рождения" in page.text)


@pytest.mark.parametrize("understood", [True], indirect=True)
def test_quotes_from_a_rendered_page_are_found_again_in_its_own_record(understood: Path):
    """They rest on the conversion: the capture that a finding names has those bytes."""
    found = read_rows(core_file(understood, "findings", ROUND, "xy-registry"), Finding)
    quotes = [
        Quote(
            row=one.finding_id, capture_id=one.capture_id, words=one.quote, place=one.place, offset=one.offset
        )
        for one in found
    ]
    modes = {
        one.capture_id: one.render_mode
        for one in read_captures(captures_folder(understood, ROUND, "xy-registry"))
    }

    assert {RenderMode.RENDERED} == {modes[one.capture_id] for one in found}
    assert [] == list(check_quotes(quotes, understood))


@pytest.mark.parametrize("understood", [False], indirect=True)
def test_d10_a_page_that_could_not_be_rendered_needs_scripts_and_proves_nothing(understood: Path):
    """Without a browser the shell is all that there is: no finding, no stage, and the outcome says why."""
    outcomes = {page.url: page.outcome for page in _pages(understood)}
    found = read_rows(core_file(understood, "findings", ROUND, "xy-registry"), Finding)

    assert (Outcome.NEEDS_JS, []) == (outcomes[URL], [one for one in found if one.page_url == URL])
