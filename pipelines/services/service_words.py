"""All words by which services and their facts are recognised, from `knowledge/`, checked and made ready once.

An unknown or missing key in one of the files is refused with its place.
"""

from functools import cache

from pipelines.pages.html_rules import load_yaml
from pipelines.services.fact_words import FactWords
from pipelines.services.identify_words import IdentifyWords
from pipelines.services.topic_words import Cofog, LifeEvents
from pipelines.strict import Strict


class ServiceWords(Strict):
    """All files together."""

    facts: FactWords
    identify: IdentifyWords
    life_events: LifeEvents
    cofog: Cofog


@cache
def service_words() -> ServiceWords:
    """Return the words that ship with the package.

    Raises:
        pydantic.ValidationError: a key is unknown, missing, or not what it should be.
    """
    return ServiceWords(
        facts=FactWords.model_validate(
            {
                **load_yaml("facts.yml"),
                "money": load_yaml("money.yml"),
                "time": load_yaml("times.yml"),
                "number_words": load_yaml("number_words.yml"),
            }
        ),
        identify=IdentifyWords.model_validate(load_yaml("identify.yml")),
        life_events=LifeEvents.model_validate(load_yaml("life_events.yml")),
        cofog=Cofog.model_validate(load_yaml("cofog.yml")),
    )
