"""What a data folder on a store consists of: which file is which object, group by group.

A file's object never changes: another content is another object. So the list of a group's files is all that
has to change when something new takes its place, and that is one small object, written only if nobody wrote
it meanwhile. A reader who has the list has one whole state, whatever is uploaded beside; what was uploaded
and is on no list, because its writer was killed, is nothing.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from pydantic import BaseModel, ConfigDict, Field

from crawlers.stores.errors import StoreDamagedError

FOLDER = "index"
BY_HAND = ("corrections.yml",)  # written by people, not by runs: lie on the store as they are, on no list
REST = "rest"  # the group of what belongs to no round of a country
_ROUND = r"(?P<round>\d{4}-\d{2})"
_COUNTRY = r"(?P<country>[a-z]+)"
_OF_A_ROUND = re.compile(
    rf"captures/{_ROUND}/{_COUNTRY}-[^/]+/.+|core/[^/]+/round={_ROUND.replace('round', 'of')}"
    rf"/{_COUNTRY.replace('country', 'place')}(-[^/]+)?\.parquet"
)
_RELEASE = re.compile(r"publish/(?P<version>[^/]+)/.+")


class Entry(BaseModel):
    """One file: the object that has its bytes, and what these must be."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    key: str
    size: int = Field(ge=0)  # bytes
    sha256: str = Field(pattern=r"^[0-9a-f]{64}$")


class Index(BaseModel):
    """The files of one group, by their paths in the data folder."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    files: Mapping[str, Entry] = {}
    by: str = ""  # unlike any other writing: tells who wrote it


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """An index as it was found on the store."""

    index: Index
    etag: str | None  # None: there was none


def group_of(path: str) -> str:
    """Return the group that a file of a data folder belongs to: what changes in one step with it."""
    if found := _OF_A_ROUND.fullmatch(path):
        return f"{found['round'] or found['of']}/{found['country'] or found['place']}"
    if found := _RELEASE.fullmatch(path):
        return f"publish/{found['version']}"
    return REST


def key_of(path: str, sha256: str) -> str:
    """Return the object for a file of this content; files of releases keep their names, for web servers."""
    return path if path.startswith("publish/") else f"files/{path}.{sha256[:16]}"


def name_of(group: str) -> str:
    """Return the object that lists a group's files."""
    return f"{FOLDER}/{group}.json"


def index_from(name: str, body: bytes) -> Index:
    """Return the index that an object holds.

    Raises:
        StoreDamagedError: it holds none.
    """
    try:
        return Index.model_validate_json(body)
    except ValueError as failure:
        raise StoreDamagedError(
            f"{name}: {failure}; expected a list of files, as Baskych writes it"
        ) from failure
