"""What a page declares of itself in the words of schema.org: services, providers, questions."""

import pytest

from pipelines.clean import page_from_html
from pipelines.records import Page, SchemaThing

SERVICE = SchemaThing(
    type="GovernmentService", name="Паспорт", provider="ГРС", audience="Граждане", area_served="Кыргызстан",
    channel="https://srs.kg/apply", fee="200 KGS",
)  # fmt: skip
JSON = """{"@context": "https://schema.org", "@graph": [
  {"@type": "GovernmentService", "name": "Паспорт", "provider": {"@id": "#srs"},
   "audience": {"@type": "Audience", "audienceType": "Граждане"}, "areaServed": {"name": "Кыргызстан"},
   "availableChannel": {"@type": "ServiceChannel", "serviceUrl": {"@id": "https://srs.kg/apply"}},
   "offers": {"price": 200, "priceCurrency": "KGS"}},
  {"@type": "Organization", "@id": "#srs", "name": "ГРС"}]}"""
MICRODATA = """<div itemscope itemtype="https://schema.org/GovernmentService"><h1 itemprop="name">Паспорт</h1>
  <div itemprop="provider" itemscope itemtype="https://schema.org/Organization">
  <b itemprop="name">ГРС</b>
  </div><div itemprop="audience" itemscope><i itemprop="audienceType">Граждане</i></div>
  <meta itemprop="areaServed" content="Кыргызстан">
  <div itemprop="availableChannel" itemscope>
  <a itemprop="serviceUrl" href="https://srs.kg/apply">Подать</a></div>
  <div itemprop="offers" itemscope><b itemprop="price">200</b>
  <b itemprop="priceCurrency">KGS</b></div></div>"""
RDFA = (
    MICRODATA.replace("itemscope itemtype=", "typeof=")
    .replace("itemscope", 'typeof="Thing"')
    .replace("itemprop", "property")
    .replace("https://schema.org/", "")
)


def page(body: str) -> Page:
    """Return a page with `body`."""
    return page_from_html(f"<html><body>{body}</body></html>".encode(), None)


@pytest.mark.parametrize(
    "body",
    [
        f'<script type="application/ld+json">{JSON}</script>',
        f'<script type="application/ld+json; charset=utf-8">{JSON}</script>',
        MICRODATA,
        f'<main vocab="https://schema.org/">{RDFA}</main>',
    ],
    ids=["json", "json with its encoding", "microdata", "rdfa"],
)
def test_a_declared_service_is_read_with_what_is_said_of_it(body: str):
    """In whichever of the three ways: name, provider, audience, area, channel and fee."""
    found = page(body)

    assert ((SERVICE,), True) == (found.schema_things, "GovernmentService" in found.schema_types)


def test_answered_questions_are_declared():
    """A page of questions and answers says so, and which."""
    found = page(
        '<script type="application/ld+json">{"@type":"FAQPage","mainEntity":[{"@type":"Question","name":'
        '"Сколько стоит?","acceptedAnswer":{"@type":"Answer","text":"Бесплатно"}}]}</script>'
    )

    assert (SchemaThing(type="Question", name="Сколько стоит?"),) == found.schema_things


@pytest.mark.parametrize(
    "code",
    ['{"@type":"GovernmentService","name":{"a":1}}', "[1, null]", '{"@type": "Service", "name":', "[" * 9000],
)
def test_a_declaration_that_says_nothing_is_none(code: str):
    """Broken or strange JSON is met on real pages and stops nothing."""
    assert () == page(f'<script type="application/ld+json">{code}</script>').schema_things


def test_a_type_without_its_vocabulary_is_none():
    """`typeof` is also other people's: only a vocabulary makes it a declaration of type."""
    assert () == page('<div typeof="GovernmentService">Паспорт</div>').schema_types
