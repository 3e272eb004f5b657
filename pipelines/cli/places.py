"""Where a command works, and where what it is given lies: folders of this machine, or stores (`s3://…`)."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from crawlers.stores.address import address_of, is_address
from pipelines.operating.failures import UsageError


@contextmanager
def placed(data: str) -> Iterator[Path]:
    """Give the folder that a command works in: `data` itself, or the workplace of the store that it names.

    Raises:
        StoreError: the store cannot be used.
    """
    if not is_address(data):
        yield Path(data)
        return
    from crawlers.politeness.state import state_folder  # noqa: PLC0415 - `--help` must not wait for it
    from crawlers.stores.folders import WORKPLACES  # noqa: PLC0415 - nor for this
    from crawlers.stores.session import session  # noqa: PLC0415 - nor for this

    with session(address_of(data), state_folder() / WORKPLACES) as folder:
        yield folder


@contextmanager
def new_place(out: str) -> Iterator[Path]:
    """Give the new data folder `out`; where that is a store, one of this machine, which the store then gets.

    A store gets it whole at the end of the block, the pointer to its release last; after an error, nothing.

    Raises:
        UsageError: the store has something already. StoreError, StoreBusyError: it cannot be used.
    """
    if not is_address(out):
        yield Path(out)
        return
    from crawlers.stores.copying import take  # noqa: PLC0415 - `--help` must not wait for it
    from crawlers.stores.index import FOLDER  # noqa: PLC0415 - nor for this
    from crawlers.stores.reach import objects_of  # noqa: PLC0415 - nor for this

    address = address_of(out)
    if objects_of(address).listed(FOLDER):
        raise UsageError(f"--out {out}: holds something already; expected a new store")
    with TemporaryDirectory(prefix="baskych-out-") as name:
        yield Path(name) / "data"
        take(Path(name) / "data", address, Path(name) / "notes")


def release_at(data: Path, named: str | None, *files: str) -> Path:
    """Return the folder of a release: the one that is `named`, else the latest of `data`.

    Of a release on a store, its `files` are brought; all of them, where none are named.

    Raises:
        UsageError: the address that was given is of no release of this store. StoreError: it cannot be asked.
    """
    from crawlers.stores.reach import told  # noqa: PLC0415 - `--help` must not wait for it
    from crawlers.stores.releases import bring_release  # noqa: PLC0415 - nor for this

    if named is not None and not is_address(named):
        return Path(named)
    version = None
    if named is not None:
        folder, _, version = named.rstrip("/").rpartition("/")
        if folder != f"{told(data)}/publish" or not version:
            raise UsageError(
                f"{named}: expected a folder, or a release on the store of --data: {told(data)}/publish/…"
            )
    bring_release(data, version, files or ("*",))
    return data / "publish" / (version or "latest")
