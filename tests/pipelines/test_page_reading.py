"""What is met on a page beside its text: regions, files, films, language switches, addresses."""

import pytest

from pipelines.clean import page_from_html
from pipelines.find import find
from pipelines.judging.quotes import is_found_again
from pipelines.knowledge import load_knowledge
from pipelines.records import Page

KNOWLEDGE = load_knowledge()
SWITCH = '<html lang="ky"><head><link rel="alternate" hreflang="ru" href="/ru"></head><body>{}</body></html>'
FILE = '<main><h1>Бланктар</h1><p><a href="../form.docx">Арыздын бланкы</a></p></main>'


def page(html: str, url: str | None = None) -> Page:
    """Return the page that `html` gives."""
    return page_from_html(html.encode(), url)


@pytest.mark.parametrize(
    ("name", "region"),
    [
        ("footer__copyright", "footer"),
        ("page-footer-v2", "footer"),
        ("elementor-location-footer", "footer"),
        ("ftr", "footer"),
        ("top", "header"),
        ("site-header__inner", "header"),
        ("header-v3", "header"),
        ("b-header", "header"),
        ("top-panel", "header"),
        ("top-10", "main"),
        ("modal-footer", "main"),
        ("article__header", "main"),
    ],
)
def test_a_block_is_told_by_its_name_also_with_an_element_or_a_version(name: str, region: str):
    """`block__element` (BEM) belongs to its block; a dialogue's footer is not the page's."""
    assert region == page(f'<body><div class="{name}">Байланыш</div></body>').regions[0].name


@pytest.mark.parametrize(
    "link", ['<a href="/d?file=1.docx">Бланк</a>', '<a href="/d/1" type="application/msword">Бланк</a>']
)
def test_a_file_is_known_by_its_query_or_by_its_type(link: str):
    """Many systems serve all files from one address."""
    assert page(link).links[0].file_type in {"doc", "docx"}


@pytest.mark.parametrize(
    "film",
    [
        '<lite-youtube videoid="abcdefghijk"></lite-youtube>',
        '<iframe data-lazy-src="https://www.youtube.com/embed/abcdefghijk"></iframe>',
        '<iframe src="about:blank" data-src="https://www.youtube.com/embed/abcdefghijk"></iframe>',
    ],
)
def test_a_film_that_is_loaded_when_it_is_met_is_a_film(film: str):
    """Its address waits in another attribute."""
    assert "abcdefghijk" in page(film).media_urls[0]


def test_an_option_of_a_language_switch_is_the_page_in_another_language():
    """A switch may be a list."""
    html = "<select><option value='/uz/x'>O'zbekcha</option><option value='5'>Русский</option></select>"

    assert [("uz", "https://x.kg/uz/x")] == [
        (one.language, one.url) for one in page(html, "https://x.kg/").alternates
    ]


@pytest.mark.parametrize("url", [None, "https://x.kg/a/b"])
@pytest.mark.parametrize(
    ("html", "quote"),
    [(SWITCH.format("<p>Кызмат</p>"), "/ru"), (FILE, "../form.docx")],
    ids=["hreflang", "href"],
)
def test_a_quote_of_an_address_is_the_attribute_as_it_is_written(html: str, quote: str, url: str | None):
    """So that anyone finds it in the source; an address that nobody knows is never made up."""
    given = page(html, url)
    quotes = [one for one in find(given, KNOWLEDGE) if one.place != "text"]

    assert all(is_found_again(one, given) for one in quotes)
    assert [] == [one.quote for one in quotes if one.place != "page@url" and one.quote not in html]
    assert not any("unknown.invalid" in one.quote for one in quotes)
    assert quote == (given.alternates_written[0] if given.alternates else given.links[0].written)


def test_a_form_that_says_nothing_is_quoted_by_nothing_made_up():
    """Without words, names and action there is no attribute to repeat."""
    given = page('<main><form method="post"><input type="password"></form></main>')

    assert not any("invalid" in one.quote for one in find(given, KNOWLEDGE))
