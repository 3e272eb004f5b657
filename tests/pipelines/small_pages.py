"""Summaries of small pages, made from HTML as the pipeline makes them: for tests of services."""

from dataclasses import replace

from pipelines.clean import clean, loose_capture
from pipelines.find import Reading
from pipelines.records import Page, PageFact, PageSummary
from pipelines.services.content_lines import content_lines
from pipelines.services.facts import read_facts
from pipelines.services.names import name_key
from pipelines.services.providers import known_by
from pipelines.services.service_words import service_words
from pipelines.services.summary import SiteContext, summarise

WORDS = service_words()
JUSTICE = "Министерство юстиции"
PROVIDERS = known_by(
    keys={
        name_key(JUSTICE, WORDS.identify.names): "justice",
        name_key("Ministry of Justice", WORDS.identify.names): "justice",
        name_key("Министерство транспорта", WORDS.identify.names): "transport",
    },
    hosts={"justice.kg": "justice", "transport.kg": "transport"},
    words=WORDS.identify.names,
)
PASSPORT = """<h2>Получатели</h2><p>Граждане</p>
<h2>Необходимые документы</h2><ul><li>заявление</li><li>паспорт</li></ul>
<h2>Стоимость</h2><p>{fee}</p><h2>Срок</h2><p>{time}</p>"""


def page_of(html: str, url: str = "https://justice.kg/") -> Page:
    """Return the page that `html` gives."""
    body = html.encode()
    return clean(loose_capture(body, url), body)


def facts_of(html: str) -> dict[str, list[PageFact]]:
    """Return the facts that `html` states, by fact."""
    found: dict[str, list[PageFact]] = {}
    for fact in read_facts(content_lines(page_of(html)), WORDS.facts):
        found.setdefault(fact.fact, []).append(fact)
    return found


def summary(  # noqa: PLR0913 - each says one thing about the page
    url: str,
    kind: str = "service",
    title: str = "",
    main: str = "",
    *,
    language: str = "ru",
    sure: float = 0.9,
    portal: bool = False,
    outcome: str = "ok",
    around: str = "",
) -> PageSummary:
    """Return the summary of a page with `title` as heading and `main` as content."""
    heading = f"<h1>{title}</h1>" if title else ""
    html = (
        f"<html><head><title>{title}</title></head><body>{around}<main>{heading}{main}</main></body></html>"
    )
    page = replace(
        page_of(html, url), outcome=outcome, language=language, country_id="xx", round_id="2026-11"
    )
    host = url.split("/")[2]
    page = replace(page, site_id=f"xx-{host}", page_id=f"page-{url}", capture_id=f"capture-{url}")
    reading = Reading(kind=kind, kind_confidence=sure, kind_shares={kind: sure}, findings=())
    institution = "digital" if portal else host.removeprefix("www.").partition(".")[0]
    context = SiteContext(institution_id=institution, is_joint_portal=portal, providers=PROVIDERS)
    return summarise(page, reading, context, WORDS)


def passport(fee: str = "200 сомов", time: str = "3 рабочих дня") -> str:
    """Return the facts of a service as HTML."""
    return PASSPORT.format(fee=fee, time=time)
