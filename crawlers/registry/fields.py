"""The forms that single values of a registry may have, each with what was expected when it has another."""

import re
from datetime import time
from typing import Annotated
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PlainSerializer,
    StringConstraints,
)

from crawlers.network.addresses import parse_address, parse_scope

CountryId = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9]{1,19}$")]
# Dots, because the id of an unlisted site is made of its host; no part is empty, so none is "..".
Id = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+([._-]+[a-z0-9]+)*$", max_length=120)]
Names = Annotated[dict[str, Annotated[str, StringConstraints(min_length=1)]], Field(min_length=1)]
Count = Annotated[int, Field(ge=0)]
Positive = Annotated[int, Field(gt=0)]
Seconds = Annotated[float, Field(ge=0, le=3600)]
_HOUR = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9]")


def _hour(hour: object) -> object:
    """An hour as people write it; an unquoted 22:00 is a number to YAML, which nobody means."""
    if isinstance(hour, time):
        return hour
    if not isinstance(hour, str) or not _HOUR.fullmatch(hour):
        raise ValueError('expected an hour and minutes in quotes, such as "22:00"')
    return time.fromisoformat(hour)


def _regular_expression(text: str) -> str:
    re.compile(text)
    return text


def _time_zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):  # OSError: of a folder of zones, or a name too long
        raise ValueError("expected a zone such as Asia/Bishkek") from None
    return name


class Strict(BaseModel):
    """What all parts of a registry have in common: no unknown key, and no change after reading."""

    model_config = ConfigDict(extra="forbid", frozen=True)


def _web_address(url: str) -> str:
    if parse_address(url) is None:
        raise ValueError("expected an http or https address without user name")
    return url


def _scope(entry: str) -> str:
    if parse_scope(entry) is None:
        raise ValueError("expected host, host:port or host/path, without scheme")
    return entry


def _private(entry: str) -> str:
    scope = parse_scope(entry)
    if scope is None or scope.port is None or scope.path != "/":
        raise ValueError("expected host:port, for example 127.0.0.1:8001")
    return entry


def _contact(contact: str) -> str:
    if not contact.startswith(("https://", "http://", "mailto:")) or any(map(str.isspace, contact)):
        raise ValueError("expected an https:// or mailto: address at which sites' owners reach the crawler's")
    return contact


HourOfDay = Annotated[time, BeforeValidator(_hour), PlainSerializer(lambda hour: f"{hour:%H:%M}")]
RegularExpression = Annotated[str, AfterValidator(_regular_expression)]
TimeZone = Annotated[str, AfterValidator(_time_zone)]
WebAddress = Annotated[str, AfterValidator(_web_address)]
HostEntry = Annotated[str, AfterValidator(_scope)]
PrivateAddress = Annotated[str, AfterValidator(_private)]
Contact = Annotated[str, AfterValidator(_contact)]
Code = Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}$")]
Words = Annotated[str, StringConstraints(min_length=1)]
