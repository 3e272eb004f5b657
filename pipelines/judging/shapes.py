"""What a page shows by its shape rather than by its words: forms, inputs, languages, media, files.

Each shape is a function from a page and the values asked for to proofs, each of which can be quoted.
"""

import re
from collections.abc import Callable, Iterator
from functools import lru_cache

from pipelines.judging.proof import Proof, form_proof
from pipelines.judging.site_shapes import SITE_SHAPES
from pipelines.pages.document_rules import naming_words
from pipelines.records import Page

_LONGEST_QUOTE = 280
_LONGEST_LANGUAGE_CODE = 3  # letters: /ky/ and /eng/ say nothing of where on a site a page is
_UNPARTED = re.compile("[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff]+")
_SENTENCE_ENDS = (".", "!", "。", "।")


def proofs_of_shape(shape: str, page: Page, values: tuple[str, ...]) -> Iterator[Proof]:
    """Yield where `page` shows `shape` with any of `values`.

    Raises:
        KeyError: there is no such shape; the knowledge is checked against `SHAPES` at its door.
    """
    return SHAPES[shape](page, values)


def _form(page: Page, values: tuple[str, ...]) -> Iterator[Proof]:
    for form in page.forms:
        if form.purpose in values:
            yield form_proof(form, page)


def _field(page: Page, values: tuple[str, ...]) -> Iterator[Proof]:
    for form in page.forms:
        if any(field.kind in values for field in form.fields):
            yield form_proof(form, page)


def _fields_at_least(page: Page, values: tuple[str, ...]) -> Iterator[Proof]:
    for form in page.forms:
        if form.purpose not in values[1:] and len(form.fields) >= int(values[0]):
            yield form_proof(form, page)


def _fields_below(page: Page, values: tuple[str, ...]) -> Iterator[Proof]:
    asked = sum(len(form.fields) for form in page.forms if form.purpose not in values[1:])
    if asked < int(values[0]):
        yield Proof(quote="", place="text", offset=0, region="main")


def _alternate(page: Page, values: tuple[str, ...]) -> Iterator[Proof]:
    for alternate, written in zip(page.alternates, page.alternates_written, strict=True):
        if alternate.language.split("-")[0] not in {page.language, "x", *values}:
            yield Proof(quote=written, place="link@hreflang", offset=-1, region="header")


def _media(page: Page, values: tuple[str, ...]) -> Iterator[Proof]:
    for url, written in zip(page.media_urls, page.media_written, strict=True):
        if not any(value in url for value in values):
            yield Proof(quote=written, place="media@src", offset=-1, region="main")


def _file(page: Page, values: tuple[str, ...]) -> Iterator[Proof]:
    for link in page.links:
        if link.file_type in values:
            at = link.offset if link.text and page.text.startswith(link.text, max(link.offset, 0)) else -1
            quote, place = (link.text, "text") if at >= 0 else (link.written, "a@href")
            yield Proof(quote=quote, place=place, offset=at, region=link.region)


def _schema(page: Page, values: tuple[str, ...]) -> Iterator[Proof]:
    for name in page.schema_types:
        if name in values:
            yield Proof(quote=name, place="schema@type", offset=-1, region="main")


def _blank_form(page: Page, values: tuple[str, ...]) -> Iterator[Proof]:  # noqa: ARG001 - it has no kinds
    """Yield the words by which a document that is a form calls itself one or asks, else its title."""
    if not page.is_blank_form:
        return
    start, end = naming_words(page.text) or (0, page.text.find("\n"))
    quote = page.text[start : end if end >= 0 else None][:_LONGEST_QUOTE]
    yield Proof(quote=quote, place="text", offset=start, region="main")


def _outcome(page: Page, values: tuple[str, ...]) -> Iterator[Proof]:
    if page.outcome in values:
        yield Proof(quote=page.outcome, place="capture@outcome", offset=-1, region="main")


def _words_below(page: Page, values: tuple[str, ...]) -> Iterator[Proof]:
    if word_count(main_text(page)) < int(values[0]):
        yield Proof(quote="", place="text", offset=0, region="main")


def _words_above(page: Page, values: tuple[str, ...]) -> Iterator[Proof]:
    if word_count(main_text(page)) > int(values[0]):
        yield Proof(quote="", place="text", offset=0, region="main")


def _prose(page: Page, values: tuple[str, ...]) -> Iterator[Proof]:
    """Yield the lines of the main content that have as many words as sentences have."""
    for region in page.regions:
        offset = region.start
        for line in page.text[region.start : region.end].split("\n") if region.name == "main" else ():
            if (
                len(line.split()) >= int(values[0])
                and "*" not in line
                and line.rstrip().endswith(_SENTENCE_ENDS)
            ):
                yield Proof(quote=line[:_LONGEST_QUOTE], place="text", offset=offset, region="main")
            offset += len(line) + 1


def _links_above(page: Page, values: tuple[str, ...]) -> Iterator[Proof]:
    if sum(link.region == "main" for link in page.links) > int(values[0]):
        yield Proof(quote="", place="text", offset=0, region="main")


def _link_share_above(page: Page, values: tuple[str, ...]) -> Iterator[Proof]:
    in_links = sum(len(link.text) for link in page.links if link.region == "main")
    if in_links > float(values[0]) * max(1, len(main_text(page))):
        yield Proof(quote="", place="text", offset=0, region="main")


def _path_depth_below(page: Page, values: tuple[str, ...]) -> Iterator[Proof]:
    if ".invalid" in page.url:  # RFC 2606: nobody knows where the page was
        return
    path = page.url.partition("://")[2].partition("?")[0].partition("/")[2]
    parts = [part.partition(".")[0].lower() for part in path.split("/") if part]
    parts += [pair.partition("=")[2].lower() for pair in page.url.partition("?")[2].split("&")]
    telling = [part for part in parts if part not in values and len(part) > _LONGEST_LANGUAGE_CODE]
    if len(telling) < int(values[0]):
        yield Proof(quote=page.url, place="page@url", offset=-1, region="header")


@lru_cache(maxsize=1)  # one page's main content is asked for by several cues
def word_count(text: str) -> int:
    """Return how many words a text has; Chinese, Japanese and Thai part no words, two signs count as one."""
    unparted = sum(len(run) for run in _UNPARTED.findall(text))
    return len(_UNPARTED.sub(" ", text).split()) + unparted // 2 if unparted else len(text.split())


def main_text(page: Page) -> str:
    """Return the text of the page's main content, all of it where no main region is known."""
    parts = [page.text[region.start : region.end] for region in page.regions if region.name == "main"]
    return "\n".join(parts) if parts else page.text


SHAPES: dict[str, Callable[[Page, tuple[str, ...]], Iterator[Proof]]] = {
    "form": _form,
    "field": _field,
    "fields_at_least": _fields_at_least,
    "fields_below": _fields_below,
    "alternate": _alternate,
    "media": _media,
    "file": _file,
    "schema": _schema,
    "outcome": _outcome,
    "blank_form": _blank_form,
    "words_below": _words_below,
    "words_above": _words_above,
    "prose": _prose,
    "links_above": _links_above,
    "link_share_above": _link_share_above,
    "path_depth_below": _path_depth_below,
    **SITE_SHAPES,
}
