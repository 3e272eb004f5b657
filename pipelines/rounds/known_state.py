"""The services that a round may recognise: read from one file, however many rounds came before.

The state after a round is all that is known of each service by then (`known_so_far`), in
`core/known_services/round=R/<country>.parquet`. It says of which rounds it was made, and of which files of
theirs: only a state that was made of rounds which this round knows, as they are now, counts. What it lacks
is added from the rounds' own files, and it is written for the next round; where none counts, it is made of
all rounds once more. Nobody need tell a state that a round was concluded again, removed or filled in.
"""

from collections.abc import Iterator, Mapping, Sequence
from heapq import merge
from operator import attrgetter
from pathlib import Path
from typing import Any, TypeVar

import structlog
from pydantic import TypeAdapter, ValidationError

from pipelines.errors import RecordsError
from pipelines.records import Service, ServiceAlias, ServiceFact, ServiceName
from pipelines.records_io import RowWriter, read_batches, read_note
from pipelines.rounds.concluded_rounds import concluded_rounds
from pipelines.rounds.core_files import core_file
from pipelines.rounds.order import known_rounds
from pipelines.services.identify_words import IdentifyWords
from pipelines.services.known_rows import KnownRow
from pipelines.services.known_services import KnownService, known_services
from pipelines.services.known_so_far import known_rows

STATE = "known_services"
_MADE_OF = "baskych:made_of:1"  # one more where rows, or what they mean, change: then no older state counts
_ROUNDS = TypeAdapter(dict[str, str])  # as `concluded_rounds`
_ROWS_AT_ONCE = 2_000  # a service has many names, addresses and facts
_READ_AT_ONCE = 200  # rows, of each file
_ROUNDS_AT_ONCE = 6  # of which four files each are open
_ADDED: Mapping[str, type] = {
    "services": Service,
    "service_names": ServiceName,
    "service_aliases": ServiceAlias,
    "service_facts": ServiceFact,
}

Row = TypeVar("Row")
Rounds = Mapping[str, str]  # round -> digest

log = structlog.get_logger()


def services_before(
    data: Path, country_id: str, round_id: str, words: IdentifyWords
) -> Iterator[KnownService]:
    """Yield the services of the rounds that `round_id` knows, as they can be known again, by their ids.

    Raises:
        RecordsError: a state, or a file of a round that no state has yet, cannot be read; names the file.
    """
    rounds = concluded_rounds(data, country_id, known_rounds(data, country_id, round_id))
    if not rounds:
        return
    newest, found = [*rounds][-1], _newest_state(data, country_id, rounds)
    path = _state(data, country_id, newest)
    if found != newest or _made_of(path) != rounds:
        yield from known_services(_made(data, country_id, rounds, found), words)
        return
    for batch in read_batches(path, KnownRow, _READ_AT_ONCE):
        yield from known_services(batch, words)


def _newest_state(data: Path, country_id: str, rounds: Rounds) -> str | None:
    """The newest of `rounds` after which there is a state made of nothing but `rounds`, as they are."""
    for round_id in reversed([*rounds]):
        path = _state(data, country_id, round_id)
        if path.exists() and _made_of(path).items() <= rounds.items():
            return round_id
    return None


def _made_of(path: Path) -> Rounds:
    """The rounds that a state was made of; one that cannot be, where its form is not ours.

    Raises:
        RecordsError: the file is broken.
    """
    note = read_note(path).get(_MADE_OF)
    try:
        return _ROUNDS.validate_json(note) if note is not None else {"": ""}
    except ValidationError as failure:
        raise RecordsError(f"{path}: {_MADE_OF} is {note!r:.200}; expected rounds and digests") from failure


def _made(data: Path, country_id: str, rounds: Rounds, base: str | None) -> Iterator[KnownRow]:
    """Write, and yield, the state after the last of `rounds`: the state after `base`, and what it lacks.

    Where much is lacking there are states in between, so that few files are open at once.
    """
    done = set(_made_of(_state(data, country_id, base))) if base is not None else set[str]()
    lacking = [round_id for round_id in rounds if round_id not in done]
    while len(lacking) > _ROUNDS_AT_ONCE:
        some, lacking = lacking[:_ROUNDS_AT_ONCE], lacking[_ROUNDS_AT_ONCE:]
        done.update(some)
        known = {round_id: digest for round_id, digest in rounds.items() if round_id in done}
        for _ in _with(data, country_id, known, base, some):
            pass  # it is written
        base = [*known][-1]
    yield from _with(data, country_id, rounds, base, lacking)


def _with(
    data: Path, country_id: str, rounds: Rounds, base: str | None, added: Sequence[str]
) -> Iterator[KnownRow]:
    """Write, and yield, the state of `rounds`: that after `base`, with the rounds that are added to it."""
    sources: list[Iterator[Any]] = []
    if base is not None:
        sources.append(_rows(data, STATE, base, country_id, KnownRow))
    for round_id in added:
        sources += [_rows(data, table, round_id, country_id, kind) for table, kind in _ADDED.items()]
    path = _state(data, country_id, [*rounds][-1])
    note = {_MADE_OF: _ROUNDS.dump_json(dict(rounds)).decode()}
    with RowWriter(path, KnownRow, _ROWS_AT_ONCE, note=note) as writer:
        for row in known_rows(merge(*sources, key=attrgetter("service_id"))):
            writer.write((row,))
            yield row
    log.info("known_services_written", country_id=country_id, base=base, added=list(added))


def _rows(data: Path, table: str, round_id: str, country_id: str, row_type: type[Row]) -> Iterator[Row]:
    """The rows of a table, which are in the order of services."""
    path = core_file(data, table, round_id, country_id)
    if path.exists():
        for batch in read_batches(path, row_type, _READ_AT_ONCE):
            yield from batch


def _state(data: Path, country_id: str, round_id: str) -> Path:
    return core_file(data, STATE, round_id, country_id)
