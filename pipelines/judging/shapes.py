"""What a page shows by its shape rather than by its words: forms, inputs, languages, media, files.

Each shape is a function from a page and the values asked for to proofs, each of which can be quoted.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from pipelines.records import Form, Page

_LONGEST_QUOTE = 280
_LONGEST_LANGUAGE_CODE = 3  # letters: /ky/ and /eng/ say nothing of where on a site a page is
_SENTENCE_ENDS = (".", "!", "。", "।")


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """A place on a page that shows something, in the page's own words."""

    quote: str
    place: str  # "text", or an attribute as tag@attribute
    offset: int  # characters into Page.text, -1 for an attribute
    region: str
    weight: float = 1.0  # how squarely it shows it
    button: str = ""  # what the button of a form says


def proofs_of_shape(shape: str, page: Page, values: tuple[str, ...]) -> Iterator[Proof]:
    """Yield where `page` shows `shape` with any of `values`.

    Raises:
        KeyError: there is no such shape; the knowledge is checked against `SHAPES` at its door.
    """
    return SHAPES[shape](page, values)


def _form_proof(form: Form, page: Page) -> Proof:
    for words in (form.submit_text, *(field.label for field in form.fields)):
        at = page.text.find(words, max(form.offset, 0)) if words else -1
        if at >= 0:
            return Proof(quote=words, place="text", offset=at, region=form.region, button=form.submit_text)
    for field in form.fields:
        if field.name:
            return Proof(
                quote=field.name, place="input@name", offset=-1, region=form.region, button=form.submit_text
            )
    return Proof(quote=form.action_url, place="form@action", offset=-1, region=form.region)


def _form(page: Page, values: tuple[str, ...]) -> Iterator[Proof]:
    for form in page.forms:
        if form.purpose in values:
            yield _form_proof(form, page)


def _field(page: Page, values: tuple[str, ...]) -> Iterator[Proof]:
    for form in page.forms:
        if any(field.kind in values for field in form.fields):
            yield _form_proof(form, page)


def _fields_at_least(page: Page, values: tuple[str, ...]) -> Iterator[Proof]:
    for form in page.forms:
        if form.purpose not in values[1:] and len(form.fields) >= int(values[0]):
            yield _form_proof(form, page)


def _alternate(page: Page, values: tuple[str, ...]) -> Iterator[Proof]:
    for alternate in page.alternates:
        if alternate.language.split("-")[0] not in {page.language, "x", *values}:
            yield Proof(quote=alternate.url, place="link@hreflang", offset=-1, region="header")


def _media(page: Page, values: tuple[str, ...]) -> Iterator[Proof]:
    for url in page.media_urls:
        if not any(value in url for value in values):
            yield Proof(quote=url, place="media@src", offset=-1, region="main")


def _file(page: Page, values: tuple[str, ...]) -> Iterator[Proof]:
    for link in page.links:
        if link.file_type in values:
            at = link.offset if link.text and page.text.startswith(link.text, max(link.offset, 0)) else -1
            quote, place = (link.text, "text") if at >= 0 else (link.url, "a@href")
            yield Proof(quote=quote, place=place, offset=at, region=link.region)


def _schema(page: Page, values: tuple[str, ...]) -> Iterator[Proof]:
    for name in page.schema_types:
        if name in values:
            yield Proof(quote=name, place="schema@type", offset=-1, region="main")


def _outcome(page: Page, values: tuple[str, ...]) -> Iterator[Proof]:
    if page.outcome in values:
        yield Proof(quote=page.outcome, place="capture@outcome", offset=-1, region="main")


def _words_below(page: Page, values: tuple[str, ...]) -> Iterator[Proof]:
    if len(main_text(page).split()) < int(values[0]):
        yield Proof(quote="", place="text", offset=0, region="main")


def _words_above(page: Page, values: tuple[str, ...]) -> Iterator[Proof]:
    if len(main_text(page).split()) > int(values[0]):
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


def main_text(page: Page) -> str:
    """Return the text of the page's main content, all of it where no main region is known."""
    parts = [page.text[region.start : region.end] for region in page.regions if region.name == "main"]
    return "\n".join(parts) if parts else page.text


SHAPES: dict[str, Callable[[Page, tuple[str, ...]], Iterator[Proof]]] = {
    "form": _form,
    "field": _field,
    "fields_at_least": _fields_at_least,
    "alternate": _alternate,
    "media": _media,
    "file": _file,
    "schema": _schema,
    "outcome": _outcome,
    "words_below": _words_below,
    "words_above": _words_above,
    "prose": _prose,
    "links_above": _links_above,
    "link_share_above": _link_share_above,
    "path_depth_below": _path_depth_below,
}
