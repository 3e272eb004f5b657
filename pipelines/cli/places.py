"""Where a command works: a folder of this machine, or the workplace of a store, for as long as it runs."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from crawlers.stores.address import address_of, is_address
from pipelines.operating.failures import UsageError

# The others look at more of a data folder at once than a workplace has.
ON_STORES = frozenset(
    {"run", "crawl", "import", "understand", "build", "publish", "verify", "serve", "report"}
)


@contextmanager
def placed(command: str, data: str) -> Iterator[Path]:
    """Give the folder that `command` works in: `data` itself, or the workplace of the store that it names.

    Raises:
        UsageError: the command knows folders only. StoreError: the store cannot be used.
    """
    if not is_address(data):
        yield Path(data)
        return
    if command not in ON_STORES:
        raise UsageError(
            f"--data {data}: `baskych {command}` works in a folder of this machine; expected one:"
            f" `baskych copy {data} FOLDER` brings all of it here"
        )
    from crawlers.politeness.state import state_folder  # noqa: PLC0415 - `--help` must not wait for it
    from crawlers.stores.folders import WORKPLACES  # noqa: PLC0415 - nor for this
    from crawlers.stores.session import session  # noqa: PLC0415 - nor for this

    with session(address_of(data), state_folder() / WORKPLACES) as folder:
        yield folder
