"""What Dagster remembers, in SQLite as its own storage has it, with one engine a database.

Dagster's storage makes an engine of SQLAlchemy for each event, and with it compiles each statement anew: most
of what an event costs (`benchmarks/orchestration.py`). `dagster.yaml` names this one instead; the files are
the same, so either reads what the other wrote.
"""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from functools import lru_cache
from threading import Lock
from typing import Any

from dagster._core.storage.event_log.sqlite.sqlite_event_log import INDEX_SHARD_NAME, SqliteEventLogStorage
from dagster._core.storage.sqlite import SQLITE_BUSY_TIMEOUT_SECONDS
from dagster._core.storage.sqlite_storage import DagsterSqliteStorage
from sqlalchemy import Connection, Engine, NullPool, QueuePool, create_engine

_MOST_ENGINES = 32  # the page of Dagster opens the database of any run that somebody looks at


class EventLog(SqliteEventLogStorage):
    """Dagster's event log, whose engines are kept."""

    def __init__(self, base_dir: str) -> None:
        """Open the log in the folder `base_dir`, and make it where it is not."""
        self._one_at_a_time = Lock()
        self._engine = lru_cache(_MOST_ENGINES)(self._made)
        super().__init__(base_dir)

    def run_connection(self, run_id: str | None = None) -> Any:
        """Return a connection to the database of a run, within a transaction."""
        return self._opened(str(run_id))

    def index_connection(self) -> AbstractContextManager[Connection]:
        """Return a connection to the database of all runs, within a transaction."""
        return self._opened(INDEX_SHARD_NAME)

    def wipe(self) -> None:
        """Forget everything; the databases of runs are removed, and so made anew."""
        self._engine.cache_clear()
        super().wipe()

    @contextmanager
    def _opened(self, shard: str) -> Iterator[Connection]:
        with self._one_at_a_time, self._engine(shard).begin() as connection:
            yield connection

    def _made(self, shard: str) -> Engine:
        """Return the engine of a database, whose tables are there from now on.

        Connections to the database of a run are not kept: its page learns of an event by the change of its
        file, which SQLite writes when the last connection is closed.
        """
        with self._connect(shard):  # makes the tables, as Dagster does
            pass
        return create_engine(
            self.conn_string_for_shard(shard),
            poolclass=QueuePool if shard == INDEX_SHARD_NAME else NullPool,
            connect_args={"timeout": SQLITE_BUSY_TIMEOUT_SECONDS},
        )


class SqliteStorage(DagsterSqliteStorage):
    """Dagster's storage, with that event log."""

    def __init__(self, base_dir: str, inst_data: Any = None) -> None:
        """Open what is remembered in the folder `base_dir`."""
        super().__init__(base_dir, inst_data)
        self._event_log_storage = EventLog(self._event_log_storage._base_dir)  # noqa: SLF001 - its own

    @classmethod
    def from_config_value(cls, inst_data: Any, config_value: Any) -> "SqliteStorage":
        """Open what `dagster.yaml` names."""
        return cls(inst_data=inst_data, **config_value)
