"""The services that a round may recognise: read from one file, however many rounds came before.

The state after a round is all that is known of each service by then (`known_so_far`), in
`core/known_services/round=R/<country>.parquet`. It says of which rounds it was made, and of which files of
theirs: only a state that was made of rounds which this round knows, as they are now, counts. What it lacks
is added from the rounds' own files, and it is written for the next round; where none counts, it is made of
all rounds once more. Nobody need tell a state that a round was concluded again, removed or filled in.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TypeVar

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
from pipelines.services.known_so_far import KnownSoFar

STATE = "known_services"
_MADE_OF = "baskych:made_of:1"  # one more where rows, or what they mean, change: then no older state counts
_ROUNDS = TypeAdapter(dict[str, str])  # as `concluded_rounds`
_ROWS_AT_ONCE = 2_000  # a service has many names, addresses and facts

Row = TypeVar("Row")
Rounds = Mapping[str, str]  # round -> digest

log = structlog.get_logger()


def services_before(
    data: Path, country_id: str, round_id: str, words: IdentifyWords
) -> tuple[KnownService, ...]:
    """Return the services of the rounds that `round_id` knows, as they can be known again.

    Raises:
        RecordsError: a state, or a file of a round that no state has yet, cannot be read; names the file.
    """
    rounds = concluded_rounds(data, country_id, known_rounds(data, country_id, round_id))
    if not rounds:
        return ()
    newest, found = [*rounds][-1], _newest_state(data, country_id, rounds)
    path = _state(data, country_id, newest)
    if found != newest or _made_of(path) != rounds:
        return known_services(_made(data, country_id, rounds, found), words)
    return tuple(
        one for batch in read_batches(path, KnownRow, _ROWS_AT_ONCE) for one in known_services(batch, words)
    )


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


def _made(data: Path, country_id: str, rounds: Rounds, base: str | None) -> list[KnownRow]:
    """Write, and return, the state after the last of `rounds`: the state after `base`, and what it lacks."""
    known = KnownSoFar()
    done: Rounds = {}
    if base is not None:
        path = _state(data, country_id, base)
        done = _made_of(path)
        for batch in read_batches(path, KnownRow, _ROWS_AT_ONCE):
            known.add_known(batch)
    lacking = [round_id for round_id in rounds if round_id not in done]
    for round_id in lacking:
        known.add_round(
            _rows(data, "services", round_id, country_id, Service),
            _rows(data, "service_names", round_id, country_id, ServiceName),
            _rows(data, "service_aliases", round_id, country_id, ServiceAlias),
            _rows(data, "service_facts", round_id, country_id, ServiceFact),
        )
    note = {_MADE_OF: _ROUNDS.dump_json(dict(rounds)).decode()}
    with RowWriter(_state(data, country_id, [*rounds][-1]), KnownRow, _ROWS_AT_ONCE, note=note) as writer:
        writer.write(rows := [*known.rows()])
    log.info("known_services_written", country_id=country_id, base=base, added=lacking)
    return rows


def _rows(data: Path, table: str, round_id: str, country_id: str, row_type: type[Row]) -> Iterator[Row]:
    path = core_file(data, table, round_id, country_id)
    if path.exists():
        for batch in read_batches(path, row_type):
            yield from batch


def _state(data: Path, country_id: str, round_id: str) -> Path:
    return core_file(data, STATE, round_id, country_id)
