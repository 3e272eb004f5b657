"""Pages that mean no good, and what became of them: for the tests of hostile content."""

from dataclasses import replace

from crawlers.outcomes import Outcome
from pipelines.clean import clean, loose_capture
from pipelines.find import understand
from pipelines.judge import judge_page
from pipelines.knowledge import load_knowledge
from pipelines.records import Page, Verdict

KNOWLEDGE = load_knowledge()
SERVICE = """<main><h1>Регистрация рождения</h1><p>Услугу получают родители ребёнка.</p>
<h2>Необходимые документы</h2><ul><li>заявление</li><li>паспорт родителя</li></ul>
<h2>Стоимость</h2><p>Бесплатно</p><h2>Срок</h2><p>3 рабочих дня</p>
<form action="/apply" method="post"><label>ПИН <input name="pin" required></label>
<label>Свидетельство <input type="file" name="scan"></label><button>Подать заявление</button></form>
{more}</main>"""


def page_of(
    html: str | bytes, content_type: str | None = "text/html; charset=utf-8", outcome: Outcome = Outcome.OK
) -> Page:
    """Return the page that a server gives under `content_type`; the crawler noted `outcome`."""
    body = html.encode("utf-8", "replace") if isinstance(html, str) else html
    capture = replace(
        loose_capture(body, "https://justice.example.kg/birth"), content_type=content_type, outcome=outcome
    )
    return clean(capture, body)


def verdict_on(page: Page) -> Verdict:
    """Return what one page proves by itself, as a round would judge it."""
    reading = understand(page, KNOWLEDGE)
    return judge_page(page, reading.kind, reading.findings, KNOWLEDGE.rubric, reading.kind_shares)


def judged(html: str) -> tuple[int | None, tuple[str, ...]]:
    """Return the stage of a page, and the indicators that were found on it, in the alphabet's order."""
    page = page_of(html)
    found = {finding.indicator_id for finding in understand(page, KNOWLEDGE).findings}
    return verdict_on(page).stage, tuple(sorted(found))
