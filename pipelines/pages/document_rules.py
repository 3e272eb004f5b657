"""How far documents are read and how forms among them are told, from `knowledge/documents.yml`."""

import re
from functools import cache

from pydantic import BaseModel, ConfigDict, field_validator

from pipelines.pages.html_rules import load_yaml


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Limits(_Strict):
    """What one document may cost: seconds, bytes, pages, characters."""

    seconds: float
    memory_bytes: int
    pages: int
    characters: int
    unpacked_bytes: int
    ratio: float
    members: int


class FormMark(_Strict):
    """A mark of a form to fill in."""

    name: str
    pattern: re.Pattern[str]
    weight: int
    at_most: int

    @field_validator("pattern", mode="before")
    @classmethod
    def _ignores_case(cls, pattern: str) -> re.Pattern[str]:
        return re.compile(pattern, re.IGNORECASE)


class DocumentRules(_Strict):
    """Everything in `knowledge/documents.yml`; each field is explained there."""

    limits: Limits
    blank_form_score: int
    blank_form: tuple[FormMark, ...]


@cache
def document_rules() -> DocumentRules:
    """Return the rules of `knowledge/documents.yml`.

    Raises:
        pydantic.ValidationError: a key is unknown, missing, or not what it should be.
    """
    return DocumentRules.model_validate(load_yaml("documents.yml"))


def is_blank_form(text: str) -> bool:
    """Whether a document is a form to fill in: by lines for answers, captions and the words of forms."""
    rules = document_rules()
    score = sum(mark.weight * min(len(mark.pattern.findall(text)), mark.at_most) for mark in rules.blank_form)
    return score >= rules.blank_form_score
