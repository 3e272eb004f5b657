"""Read the sample republic's content: YAML files beside this module, each checked as it is read."""

from functools import cache
from pathlib import Path
from typing import Any

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from crawlers.plain_yaml import parsed

_FOLDER = Path(__file__).parent / "content"


class ContentError(ValueError):
    """A content file holds something that the sample republic cannot be built from."""


class _Entry(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class ServiceEntry(_Entry):
    """One service in `content/services/*.yml`."""

    id: str
    name: dict[str, str]
    about: dict[str, str]
    recipients: str = Field(alias="for")
    needs: tuple[str, ...]
    fee: int | None
    time: str | None  # an amount and a unit: "3 working_days"
    gives: str | None
    event: str | None = None
    offers: tuple[str, ...] = ()
    portal: str | None = None
    portal_name: dict[str, str] | None = None  # what the joint portal calls it, where that differs
    own_page: bool = True  # False: it stands on the joint portal only
    stage: int
    since: int = 0
    until: int = 9999
    languages: tuple[str, ...] | None = None  # None: all of its site's
    earlier: tuple[dict[str, Any], ...] = ()  # how it was: {until: YEAR, and what differed}

    def in_year(self, year: int) -> "ServiceEntry":
        """Return this service as it was in `year`."""
        past = [change for change in self.earlier if year < change["until"]]
        if not past:
            return self
        first = min(past, key=lambda change: int(change["until"]))
        differing = {key: value for key, value in first.items() if key != "until"}
        now = self.model_dump(by_alias=True, exclude={"earlier"})
        return ServiceEntry.model_validate({**now, **differing})


class SiteEntry(_Entry):
    """One site in `content/republic.yml`, its defaults filled in."""

    id: str
    title: dict[str, str] | None = None
    outcome: str
    state: str
    merged_into: str | None
    is_joint_portal: bool
    languages: tuple[str, ...]
    codes: dict[str, str]
    layout: str
    facts: str
    addresses: str
    encoding: str
    charset: str | None
    quirks: tuple[str, ...]
    extras: tuple[str, ...]
    robots: str | None


class InstitutionEntry(_Entry):
    """One public body in `content/republic.yml`, with its sites."""

    id: str
    kind: str
    region: str | None = None
    name: dict[str, str]
    short: dict[str, str]
    sites: tuple[SiteEntry, ...]


@cache
def content(name: str) -> Any:
    """Return what `content/<name>.yml` holds, as YAML gives it.

    Raises:
        ContentError: there is no such file, or it is no YAML.
    """
    path = _FOLDER / f"{name}.yml"
    try:
        return parsed(path.read_text(encoding="utf-8"))
    except (OSError, yaml.YAMLError) as error:
        raise ContentError(f"{path.name}: cannot be read: {error}") from error


@cache
def institutions() -> tuple[InstitutionEntry, ...]:
    """Return the public bodies of the default republic, with their sites."""
    republic = content("republic")
    filled = [
        {**body, "sites": [{**republic["defaults"], **site} for site in body["sites"]]}
        for body in republic["institutions"]
    ]
    return tuple(_checked(InstitutionEntry, entry, "republic.yml") for entry in filled)


@cache
def services(institution_id: str) -> tuple[ServiceEntry, ...]:
    """Return the services of a public body; none when it has no file in `content/services/`."""
    name = f"services/{institution_id}"
    if not (_FOLDER / f"{name}.yml").exists():
        return ()
    return tuple(_checked(ServiceEntry, entry, f"{name}.yml") for entry in content(name))


def _checked(model: type[Any], entry: dict[str, Any], where: str) -> Any:
    try:
        return model.model_validate(entry)
    except ValidationError as error:
        raise ContentError(f"{where}: entry {entry.get('id')!r}: {error}") from error
