"""How far documents are read and how forms among them are told, from `knowledge/documents.yml`."""

import re
from functools import cache

from pydantic import field_validator

from pipelines.pages.document_record import DocumentText
from pipelines.pages.html_rules import load_yaml
from pipelines.strict import Strict


class Limits(Strict):
    """What one document may cost: seconds, bytes, pages, characters."""

    seconds: float
    memory_bytes: int
    pages: int
    characters: int
    unpacked_bytes: int
    ratio: float
    members: int
    rows: int


class FormMark(Strict):
    """A mark of a form to fill in."""

    name: str
    pattern: re.Pattern[str]
    weight: int
    at_most: int
    is_place: bool = False
    names: bool = False

    @field_validator("pattern", mode="before")
    @classmethod
    def _ignores_case(cls, pattern: str) -> re.Pattern[str]:
        return re.compile(pattern, re.IGNORECASE)


class DocumentRules(Strict):
    """Everything in `knowledge/documents.yml`; each field is explained there."""

    limits: Limits
    blank_form_score: int
    blank_form_words: int
    fields_weight: int
    least_fields: int
    blank_rows_weight: int
    least_blank_rows: int
    blank_rows_share: float
    blank_form: tuple[FormMark, ...]


@cache
def document_rules() -> DocumentRules:
    """Return the rules of `knowledge/documents.yml`.

    Raises:
        pydantic.ValidationError: a key is unknown, missing, or not what it should be.
    """
    return DocumentRules.model_validate(load_yaml("documents.yml"))


def is_blank_form(document: DocumentText) -> bool | None:
    """Whether a document is a form to fill in: by places for answers, captions and the words of forms.

    Words alone make none: there must be a place to write. In a long text a form is an annex to it.
    None: its fields could not be looked at, and nothing else makes it a form.
    """
    return _shows_form(document) or (None if document.field_count is None else False)


def _shows_form(document: DocumentText) -> bool:
    rules, text = document_rules(), document.text
    if (document.field_count or 0) < rules.least_fields and len(text.split()) > rules.blank_form_words:
        return False
    counts = {mark: min(len(mark.pattern.findall(text)), mark.at_most) for mark in rules.blank_form}
    score = sum(mark.weight * count for mark, count in counts.items())
    beyond = _beyond_words(document)
    has_place = beyond > 0 or any(count and mark.is_place for mark, count in counts.items())
    return has_place and score + beyond >= rules.blank_form_score


def naming_words(text: str) -> tuple[int, int] | None:
    """Return where a form calls itself one, or asks: start and end; None where it does neither."""
    for mark in document_rules().blank_form:
        found = mark.pattern.search(text) if mark.names else None
        if found:
            start = found.end() - len(found.group().lstrip())
            end = text.find("\n", found.end())
            return start, end if end >= 0 else len(text)
    return None


def _beyond_words(document: DocumentText) -> int:
    """Return the weight of what the text does not show: fields, and empty cells beside labels."""
    rules = document_rules()
    weight = rules.fields_weight if (document.field_count or 0) >= rules.least_fields else 0
    share = rules.blank_rows_share * document.row_count
    if document.blank_rows >= max(rules.least_blank_rows, share):
        weight += rules.blank_rows_weight
    return weight
