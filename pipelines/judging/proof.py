"""A place on a page that shows something, in words that can be found there again."""

from dataclasses import dataclass

from pipelines.records import Form, Page


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """A place on a page that shows something, in the page's own words."""

    quote: str
    place: str  # "text", or an attribute as tag@attribute
    offset: int  # characters into Page.text, -1 for an attribute
    region: str
    weight: float = 1.0  # how squarely it shows it
    button: str = ""  # what the button of a form says


def form_proof(form: Form, page: Page) -> Proof:
    """Return what shows a form: the words of its button or of a field, else a name or its address."""
    for words in (form.submit_text, *(field.label for field in form.fields)):
        at = page.text.find(words, max(form.offset, 0)) if words else -1
        if at >= 0:
            return Proof(quote=words, place="text", offset=at, region=form.region, button=form.submit_text)
    for field in form.fields:
        if field.name:
            return Proof(
                quote=field.name, place="input@name", offset=-1, region=form.region, button=form.submit_text
            )
    return Proof(quote=form.action_written, place="form@action", offset=-1, region=form.region)
