"""What a service can be known by: one of earlier rounds, and one that is seen in this round."""

from collections.abc import Iterable
from dataclasses import dataclass

from pipelines.services.identify_words import IdentifyWords
from pipelines.services.known_rows import KnownRow
from pipelines.services.same_content import Content, content_of


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownService:
    """A service of earlier rounds, with all by which it can be known again."""

    service_id: str
    institution_id: str
    names: tuple[tuple[str, str], ...]  # (language, name)
    aliases: tuple[tuple[str, str], ...]  # (kind, alias): url without language, or an earlier id
    content: Content = frozenset()  # what its pages stated


@dataclass(frozen=True, slots=True, kw_only=True)
class Sight:
    """What a service of this round can be known by."""

    country_id: str
    institution_id: str
    addresses: tuple[str, ...]  # language-neutral; the first is the one that makes a new id
    names: tuple[tuple[str, str], ...]
    content: Content = frozenset()  # what its pages state


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """The id of a service, and every alias that it has now."""

    service_id: str
    aliases: tuple[tuple[str, str], ...]


def known_services(rows: Iterable[KnownRow], words: IdentifyWords) -> tuple[KnownService, ...]:
    """Return the services of earlier rounds, as they can be known again."""
    return tuple(
        KnownService(
            service_id=row.service_id,
            institution_id=row.institution_id,
            names=tuple(sorted({(one.language, one.name) for one in (*row.names, row.head)})),
            aliases=tuple((one.kind, one.alias) for one in row.aliases),
            content=content_of(row.stated, words.content),
        )
        for row in rows
    )
