"""What is known of web archives as a source: the numbers and interfaces of `archives.yml`."""

from collections.abc import Mapping
from enum import StrEnum, unique
from functools import cache
from pathlib import Path
from typing import Annotated

from pydantic import Field

from crawlers.errors import CrawlersError
from crawlers.registry.fields import Positive, RegularExpression, Strict
from crawlers.strict_yaml import load_model


@unique
class Interface(StrEnum):
    """The ways in which archives let programs look into their indexes."""

    WAYBACK = "wayback"
    COMMON_CRAWL = "common_crawl"
    PYWB = "pywb"


class InterfaceRule(Strict):
    """How one interface is recognised, and where it has its copies."""

    path: RegularExpression
    copy_at: Annotated[str, Field(alias="copy")]


class ArchiveRules(Strict):
    """The whole of `archives.yml`."""

    tolerance_days: Annotated[int, Field(ge=0)]
    delay_seconds: Annotated[float, Field(ge=0)]
    max_pages: Positive
    max_retries: Annotated[int, Field(ge=0)]
    retry_seconds: Annotated[float, Field(ge=0)]
    rows_at_once: Positive
    max_index_parts: Positive
    interfaces: Mapping[Interface, InterfaceRule]
    origins_of_files: Mapping[str, str]


@cache
def archive_rules() -> ArchiveRules:
    """Return the rules that ship with the crawler."""
    return load_model(Path(__file__).with_name("archives.yml"), ArchiveRules, CrawlersError)
