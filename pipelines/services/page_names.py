"""Name the service that a page speaks of: by its label, headings, title, or the links to it.

A step of a form ("Your details"), a public body ("Ministry of Justice") and a part of a site ("Home") are no
names of services; where the page's heading is one of them, its title or next heading may hold the name.
"""

from collections.abc import Iterator, Mapping, Sequence

from pipelines.judging.phrases import fold
from pipelines.records import Page, PageSummary
from pipelines.services.atlas import Atlas
from pipelines.services.content_lines import Line, without_numbering
from pipelines.services.facts import NAME
from pipelines.services.identify_words import IdentifyWords
from pipelines.services.labels import label_of
from pipelines.services.names import clean_name, is_doing, title_parts
from pipelines.services.service_words import ServiceWords

_FEWEST_WORDS = 2  # "GOV" alone names no service


def page_name(page: PageSummary, atlas: Atlas, rules: IdentifyWords) -> str:
    """Return the service's name as the page gives it: by label, heading, title, or links to it."""
    site_names = atlas.site_names(page.site_id)
    labelled = [fact.quote for fact in page.facts if fact.fact == NAME]
    anchors = _by_use(atlas.anchors(page.canonical_url))
    parts = [part for part in title_parts(page.title) if fold(part).strip() not in site_names]
    headings = [*_headings(page, parts, rules), *_titles(page.title, parts, rules)]
    headings = [text for text in headings if fold(text).strip() not in site_names]
    if page.is_document:
        candidates = [*labelled, *anchors, page.h1, page.title]
    else:
        candidates = [*labelled, *headings, *parts, *anchors]
    cleaned = (clean_name(text, rules.names, site_names) for text in candidates)
    named = (name for name in cleaned if name and _names(name, rules))
    return next((name for name in named if not _is_question_of_step(name, page, rules)), "")


def main_heading(page: Page, lines: Sequence[Line], words: ServiceWords) -> str:
    """Return the heading that names what the page is about: the one that its title begins with, or the first.

    A heading around the content is likely the site's: a heading in it that begins as services do goes before.
    """
    rules = words.identify
    shown = {line.text for line in lines if line.is_heading}
    firsts = [text for level, text in page.headings if level == 1]
    named = [text for text in firsts if _names(text, rules)]
    inside = [text for text in named if without_numbering(text).strip() in shown]
    outside = [text for text in named if text not in inside]
    titled = [text for text in named if fold(page.title).startswith(fold(text))]
    seconds = list(_seconds(page, lines, words))
    if seconds and not inside and not any(is_doing(text, rules.names) for text in outside):
        return seconds[0]
    others = [part for part in title_parts(page.title) if part not in firsts and _names(part, rules)]
    return next(iter([*titled, *inside, *others, *outside, *firsts]), "")


def _seconds(page: Page, lines: Sequence[Line], words: ServiceWords) -> Iterator[str]:
    """Headings of the second level in the content that announce no fact."""
    seconds = {without_numbering(text).strip() for level, text in page.headings if level == 2}  # noqa: PLR2004 - h2
    for line in lines:
        is_title = line.is_heading and line.text in seconds and label_of(line, words.facts) is None
        if is_title and is_doing(line.text, words.identify.names) and _names(line.text, words.identify):
            yield line.text


def _names(text: str, rules: IdentifyWords) -> bool:
    is_body = rules.bodies.is_named(text) and not is_doing(text, rules.names)
    return bool(clean_name(text, rules.names)) and not is_body


def _headings(page: PageSummary, parts: Sequence[str], rules: IdentifyWords) -> list[str]:
    """The page's heading; on a step first the part of its title that names the service."""
    is_step = page.kind in rules.roles.step and fold(page.h1) in {fold(part) for part in parts[:1]}
    services = [part for part in parts[1:] if is_doing(part, rules.names) and _names(part, rules)]
    if is_step and not is_doing(page.h1, rules.names):
        return [*services, page.h1]
    return [page.h1]


def _titles(title: str, parts: Sequence[str], rules: IdentifyWords) -> list[str]:
    """The title as a whole; where some of its parts name no service, the first of the others."""
    all_parts = title_parts(title)
    kept = [part for part in parts if _names(part, rules)]
    if len(kept) == len(all_parts):
        return [title]
    long_enough = [part for part in kept if len(part.split()) >= _FEWEST_WORDS]
    return [*long_enough, *kept]


def _is_question_of_step(name: str, page: PageSummary, rules: IdentifyWords) -> bool:
    return page.kind in rules.roles.step and name.endswith("?")


def _by_use(texts: Mapping[str, int]) -> list[str]:
    return sorted(texts, key=lambda text: (-texts[text], text))
