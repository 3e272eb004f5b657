"""The rows in which what is known of services is handed from round to round."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class KnownName:
    """A name that a service had in some round."""

    language: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class KnownAlias:
    """An address or an earlier id of a service."""

    kind: str  # url | id
    alias: str


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Statement:
    """What a service's pages stated."""

    fact: str
    language: str
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownRow:
    """All that is known of one service; in the file of its country, after a round."""

    service_id: str
    round_id: str  # the newest in which it was found; `institution_id` and `head` are of that round
    institution_id: str
    head: KnownName  # of its best description; it need not be among `names`
    names: tuple[KnownName, ...]  # of all rounds
    aliases: tuple[KnownAlias, ...]  # of all rounds
    stated_round_id: str | None  # the newest in which its pages stated anything
    stated: tuple[Statement, ...]  # in that round
