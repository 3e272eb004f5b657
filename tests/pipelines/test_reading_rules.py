"""The YAML of reading is checked at the door: a slip of the pen is refused, not passed over."""

import pytest
from pydantic import BaseModel, ValidationError

from pipelines.pages.dates_rules import DateRules
from pipelines.pages.document_rules import DocumentRules
from pipelines.pages.encoding_rules import EncodingRules
from pipelines.pages.form_rules import FormRules
from pipelines.pages.html_rules import HtmlRules, load_yaml
from pipelines.pages.language_rules import LanguageRules
from pipelines.pages.media import MediaRules
from pipelines.pages.recognise_rules import RecogniseRules
from pipelines.rounds.understand_rules import UnderstandRules

FILES = {
    "dates.yml": DateRules,
    "documents.yml": DocumentRules,
    "encodings.yml": EncodingRules,
    "forms.yml": FormRules,
    "html.yml": HtmlRules,
    "languages.yml": LanguageRules,
    "media.yml": MediaRules,
    "recognise.yml": RecogniseRules,
    "understand.yml": UnderstandRules,
}


@pytest.mark.parametrize(("name", "rules"), FILES.items())
def test_an_unknown_key_is_refused_by_name(name: str, rules: type[BaseModel]):
    """A misspelt key would otherwise leave a rule without effect."""
    with pytest.raises(ValidationError, match="slip_of_the_pen"):
        rules.model_validate(load_yaml(name) | {"slip_of_the_pen": 1})


@pytest.mark.parametrize(("name", "rules"), FILES.items())
def test_a_missing_key_is_refused_by_name(name: str, rules: type[BaseModel]):
    """Nothing is read with half of its rules."""
    first, *rest = load_yaml(name).items()

    with pytest.raises(ValidationError, match=first[0]):
        rules.model_validate(dict(rest))


def test_a_sign_without_marks_or_pattern_is_refused():
    """It would hold for every page."""
    rules = load_yaml("recognise.yml")
    sign = {"outcome": "blocked", "name": "nothing", "where": "html", "max_words": 9}

    with pytest.raises(ValidationError, match="nothing: expected `marks`"):
        RecogniseRules.model_validate(rules | {"rules": [sign]})


def test_a_sign_that_holds_for_pages_of_any_length_is_refused():
    """A page about captchas has the words of a captcha."""
    rules = load_yaml("recognise.yml")
    sign = {"outcome": "blocked", "name": "endless", "where": "text", "pattern": "captcha"}

    with pytest.raises(ValidationError, match="endless: expected `max_words` or `max_own`"):
        RecogniseRules.model_validate(rules | {"rules": [sign]})
